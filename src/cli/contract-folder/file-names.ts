import { isCivilDate } from '../../domain/calendar/civil-date.js';
import { DomainError, type Fault } from '../../domain/shared/domain-error.js';

const READ = [
  'participants.csv',
  'measurements.csv',
  'figures.csv',
  'effects.csv',
  'corrections.csv',
  'figure-corrections.csv',
  'effect-corrections.csv',
] as const;
const EXPECTED_NAMES = `terms.yaml, amendment-YYYY-MM-DD.yaml (the day from which it is in force), ${READ.join(', ')} and expected.json`;

/** Thrown when a file of a contract folder would be left unread because of its name. */
export class FileMisnamed extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'FILE_MISNAMED',
      kind: 'invalid',
      detail: `Nothing was read, because files of the folder have names that would leave them out. What is read: ${EXPECTED_NAMES}.`,
      faults,
    });
  }
}

const AMENDMENT = /^amendment-(\d{4}-\d{2}-\d{2})\.ya?ml$/;

/** The day from which an amendment of the name is in force; null where it is the name of none. */
export function amendmentDay(name: string): string | null {
  const day = AMENDMENT.exec(name)?.[1];
  return day !== undefined && isCivilDate(day) ? day : null;
}

/**
 * Refuses FileMisnamed where a file looks as if it were meant to be read, and is not: any YAML or JSON that is neither the
 * terms, an amendment nor expected.json, and any table whose name differs from one that is read only in its case, in
 * hyphens or in a plural. Other files, such as a README or a source, may stand there.
 */
export function refuseMisnamed(folder: string, names: readonly string[]): void {
  const faults = names.filter(isMisnamed).map((name) => ({
    at: `${folder}/${name}`,
    code: 'FILE_MISNAMED',
    detail: `"${name}" would not be read. ${remedyFor(name)}`,
  }));
  if (faults.length > 0) throw new FileMisnamed(faults);
}

function isMisnamed(name: string): boolean {
  if (name === 'terms.yaml' || name === 'expected.json' || amendmentDay(name) !== null)
    return false;
  if (/\.(ya?ml|json)$/i.test(name)) return true;
  return closestOf(name) !== null;
}

/** The table that a name that is not read comes close to. */
function closestOf(name: string): string | null {
  if (READ.some((known) => known === name)) return null;
  return READ.find((known) => plain(known) === plain(name)) ?? null;
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.csv$/, '')
    .replace(/s\b/g, '')
    .replace(/[^a-z]/g, '');

function remedyFor(name: string): string {
  const table = closestOf(name);
  if (table !== null) return `Call it ${table}.`;
  if (/amend/i.test(name))
    return 'Call it amendment-YYYY-MM-DD.yaml, after the day from which it is in force, such as amendment-2024-09-01.yaml.';
  return 'Call it terms.yaml if it holds the terms, amendment-YYYY-MM-DD.yaml if it amends them, or move it elsewhere.';
}
