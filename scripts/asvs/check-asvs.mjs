// Checks docs/asvs.md: ids, and that each test it names exists. With the JSON of whole runs of Jest, that they passed.
//   node scripts/asvs/check-asvs.mjs [RESULTS.json …]
import fs from 'node:fs';
import { faultsOf, notShownBy, rowsOf, tallyOf } from './asvs.mjs';

const rows = rowsOf(fs.readFileSync('docs/asvs.md', 'utf8'));
const runs = process.argv.slice(2).map((file) => JSON.parse(fs.readFileSync(file, 'utf8')));
const run = runs.length === 0 ? null : { testResults: runs.flatMap((one) => one.testResults) };
const faults = [...faultsOf(rows), ...(run === null ? [] : notShownBy(rows, run))];
for (const fault of faults) console.error(fault);
const tally = Object.entries(tallyOf(rows)).map(([how, count]) => `${count} ${how}`);
console.log(
  `docs/asvs.md: ${rows.length} requirements (${tally.join(', ')}), ${faults.length} faults`,
);
process.exitCode = faults.length === 0 && rows.length > 0 ? 0 : 1;
