/** How many digits stand after the point: "19.98" has two. */
export const placesOf = (number: string): number => number.split('.')[1]?.length ?? 0;
