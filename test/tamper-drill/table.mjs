import { markdownTable } from '../../scripts/markdown-table.mjs';

const HOW_MAX = 90;
const short = (text) => {
  const plain = text.replace(/[^\x20-\x7e\u00a3\u2019]/g, ' ').replaceAll('|', '/');
  return plain.length > HOW_MAX ? `${plain.slice(0, HOW_MAX - 3)}...` : plain;
};
const resultOf = ({ faults, isHonest }) => {
  if (faults.length > 0) return isHonest ? 'FALSE ALARM' : 'UNSEEN';
  return isHonest ? 'no alarm' : 'detected';
};

/** Prints every row and the counts; true where nothing passed unseen and nothing honest raised an alarm. */
export function printTable(rows) {
  const cells = rows.map((row) => [
    row.where,
    row.name,
    String(row.tried),
    resultOf(row),
    row.by,
    short(row.faults[0] ?? row.how),
  ]);
  console.log(markdownTable(['Where', 'What', 'Tried', 'Result', 'By', 'How'], cells, [2]));
  // a row without a try shows nothing
  const bad = rows.filter(({ faults, tried }) => faults.length > 0 || tried === 0);
  const tries = (some) => some.reduce((sum, { tried }) => sum + tried, 0);
  const altered = rows.filter(({ isHonest }) => !isHonest);
  const honest = rows.filter(({ isHonest }) => isHonest);
  console.log(
    `\n${altered.length} alterations tried ${tries(altered)} times, ${honest.length} honest rows tried ${tries(honest)} times.`,
  );
  for (const { where, name, faults } of bad)
    console.log(`NOT AS IT SHOULD BE: ${where}, ${name}: ${faults[0] ?? 'it was never tried'}`);
  console.log(
    bad.length === 0
      ? 'Everything was detected, and nothing honest raised an alarm.'
      : `${bad.length} rows are not as they should be.`,
  );
  return rows.length > 0 && bad.length === 0;
}
