/**
 * `npm run mutation [-- folder…]`: mutates the folders of src/domain one after another (all of them unless named) and
 * prints the score of each. A folder keeps its results in .local/mutation, so the next run tries only what changed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { countsOf, scoreOf, sum } from './score.mjs';

const LEAST = 85; // per cent of src/domain, the whole

const all = readdirSync('src/domain').sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((folder) => !all.includes(folder));
if (unknown.length > 0) {
  console.error(
    `There is no folder ${unknown.join(', ')} in src/domain. Folders: ${all.join(', ')}.`,
  );
  process.exit(2);
}
const results = (folder) => `.local/mutation/${folder}.json`;

for (const folder of asked.length > 0 ? asked : all) {
  const started = Date.now();
  console.log(`\nsrc/domain/${folder}`);
  const run = spawnSync(
    process.execPath,
    [
      'node_modules/@stryker-mutator/core/bin/stryker.js',
      'run',
      '--mutate',
      `src/domain/${folder}/**/*.ts,!src/domain/**/*.spec.ts`,
      '--incrementalFile',
      results(folder),
    ],
    { stdio: 'inherit' },
  );
  if (run.status !== 0) process.exit(run.status ?? 1);
  console.log(`${folder}: ${Math.round((Date.now() - started) / 1000)} s`);
}

const measured = all
  .filter((folder) => existsSync(results(folder)))
  .map((folder) => ({ folder, ...countsOf(JSON.parse(readFileSync(results(folder), 'utf8'))) }));
const total = { folder: 'src/domain', ...sum(measured) };
console.log('\nfolder                 score  caught  survived');
for (const row of [...measured, total])
  console.log(
    row.folder.padEnd(20),
    `${scoreOf(row).toFixed(1)} %`.padStart(8),
    String(row.caught).padStart(7),
    String(row.survived).padStart(9),
  );
const missing = all.filter((folder) => !existsSync(results(folder)));
if (missing.length > 0) console.log(`Not measured yet: ${missing.join(', ')}.`);
if (scoreOf(total) < LEAST) {
  console.error(`The score is below ${LEAST} %.`);
  process.exitCode = 1;
}
