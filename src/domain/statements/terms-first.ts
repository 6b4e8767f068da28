/** What the terms list, in their order; then what only earlier terms had, by name. Each once. */
export const termsFirst = (listed: readonly string[], met: readonly string[]): string[] => [
  ...new Set([...listed, ...[...met].sort()]),
];
