/** Counts of a report in Stryker's format: caught by a test or by running into the time limit, or survived. */
export function countsOf(report) {
  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  return { caught: count('Killed', 'Timeout'), survived: count('Survived', 'NoCoverage') };
}

export const sum = (rows) => ({
  caught: rows.reduce((total, row) => total + row.caught, 0),
  survived: rows.reduce((total, row) => total + row.survived, 0),
});

/** Per cent of the mutants that were caught; a folder without any (types only) has nothing to miss. */
export const scoreOf = ({ caught, survived }) =>
  caught + survived === 0 ? 100 : (100 * caught) / (caught + survived);
