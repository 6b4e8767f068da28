/** "104 weeks", "1 day", "-1 day": what is avoided, counted as a number that is already written. */
export const unitsInWords = (count: string, unit: string): string =>
  `${count} ${unit}${count === '1' || count === '-1' ? '' : 's'}`;
