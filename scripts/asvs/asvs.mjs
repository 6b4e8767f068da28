// Reads docs/asvs.md and holds it against the tests: the page may name only what is there, and what ran.
import fs from 'node:fs';

const ROW = /^\| (\S+) +\| (.+?) +\| (.+?) +\|$/;
const ID = /^v5\.0\.0-([1-9]\d?)\.([1-9]\d?)\.([1-9]\d?)$/;
/** `path/of/the.spec.ts` › title, as it stands in the test file; a title of it.each keeps its %s. */
const PROOF = /`([^`]+\.spec\.ts)` › “([^”]+)”/g;

/** The rows of the page: id, a few words, and how it stands. */
export function rowsOf(page) {
  return page
    .split('\n')
    .map((line) => ROW.exec(line))
    .filter((found) => found !== null && found[1] !== 'Id' && !/^-+$/.test(found[1]))
    .map(([, id, about, answer]) => ({ id, about, answer, proofs: proofsIn(answer) }));
}

const proofsIn = (answer) =>
  [...answer.matchAll(PROOF)].map(([, file, title]) => ({ file, title }));

/** What is wrong with the page by itself, and with the tests that it names. */
export function faultsOf(rows, readFile = readIfThere) {
  const faults = [];
  const seen = new Set();
  for (const { id, answer, proofs } of rows) {
    if (!ID.test(id)) faults.push(`${id} is not an id such as v5.0.0-6.2.1`);
    if (seen.has(id)) faults.push(`${id} stands twice`);
    seen.add(id);
    if (proofs.length === 0 && !/^(open|n\/a|by design): \S/.test(answer))
      faults.push(`${id} names no test, and says neither "by design: …", "n/a: …" nor "open: …"`);
    for (const { file, title } of proofs) {
      const source = readFile(file);
      if (source === null) faults.push(`${id}: there is no ${file}`);
      else if (!hasTitle(source, title)) faults.push(`${id}: ${file} has no test “${title}”`);
    }
  }
  return faults;
}

/** What the page names and a run of Jest (its JSON) did not run, or saw fail. */
export function notShownBy(rows, run) {
  const faults = [];
  for (const { id, proofs } of rows) {
    for (const { file, title } of proofs) {
      const results = run.testResults
        .filter(({ name }) => name.endsWith(`/${file}`))
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ title: ran, ancestorTitles }) =>
          [ran, ...ancestorTitles].some((each) => isTitled(each, title)),
        );
      if (results.length === 0) faults.push(`${id}: ${file} › “${title}” did not run`);
      const failed = results.filter(({ status }) => status !== 'passed');
      if (failed.length > 0)
        faults.push(
          `${id}: ${file} › “${title}” did not pass (${failed.length} of ${results.length})`,
        );
    }
  }
  return faults;
}

/** How many rows stand how. */
export function tallyOf(rows) {
  const tally = { shown: 0, 'by design': 0, 'n/a': 0, open: 0 };
  for (const { answer, proofs } of rows) {
    const said = /^(open|n\/a|by design):/.exec(answer)?.[1];
    tally[said ?? (proofs.length > 0 ? 'shown' : 'open')] += 1;
  }
  return tally;
}

/** The title as a text of its own in the source, in whichever quotes. */
function hasTitle(source, title) {
  const plain = source.replace(/\\(['"`])/g, '$1');
  return ["'", '"', '`'].some((quote) => plain.includes(`${quote}${title}${quote}`));
}

/** %s and the like, $name and ${…} stand for whatever came there. */
function isTitled(ran, title) {
  const pattern = title
    .split(/%[sijdpo#]|\$\{[^}]*\}|\$[\w.]+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]*');
  return new RegExp(`^${pattern}$`).test(ran);
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}
