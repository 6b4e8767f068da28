// What the generators of example inputs share. Nothing here reads the clock or the machine: the same script always
// writes the same bytes, and test/worked-examples/library.spec.ts checks that the committed files are what it writes.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DAY_MS = 86_400_000;
const parse = (date) => Date.parse(`${date}T00:00:00Z`);
const format = (ms) => new Date(ms).toISOString().slice(0, 10);

/** The day that lies so many days after another. */
export const addDays = (date, days) => format(parse(date) + days * DAY_MS);

/** Whole days from one date to a later one. */
export const daysBetween = (from, to) => (parse(to) - parse(from)) / DAY_MS;

/** The corresponding date so many months later, or the last day of the month where it is too short. */
export function addMonths(date, months) {
  const [year, month, day] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return format(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

/** Rows as CSV text: a heading, then a line each; a value with a comma or a quote is quoted. */
export function toCsv(columns, rows) {
  const cell = (value) => {
    const text = String(value ?? '');
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))]
    .map((cells) => cells.map(cell).join(',') + '\n')
    .join('');
}

/** The rows of one of the small tables of counts that stand beside a generator. Lines that start with # say where it is from. */
export function readTable(path) {
  const [head, ...lines] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [names[index], value])),
  );
}

/** Writes the files of an example beside its generator, or into the folder named on the command line. */
export function writeFiles(generatorUrl, files) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('.', generatorUrl));
  for (const [name, text] of Object.entries(files))
    writeFileSync(`${folder.replace(/\/$/, '')}/${name}`, text);
}
