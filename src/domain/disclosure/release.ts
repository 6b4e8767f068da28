import { assert } from '../shared/assert.js';
import { sum, type Fraction } from '../money/fraction.js';
import { isOfLine, type Cell, type Line, type PayerPart } from './cell.js';
import { FEWEST, isShowable, rounded } from './count.js';
import { peopleBehind } from './people.js';

/** What a payer carried of a release, exact. */
export interface PayerAmount {
  readonly payer: string;
  readonly amountMinor: bigint;
}

/**
 * Figures that are published once and for ever: a line, over the cohorts and the statements that it joins. Releases never
 * overlap, and every other figure of a statement is a sum of releases; so no difference of two figures is of fewer people
 * than one release is.
 */
export interface Release extends Line {
  /** The cohort it is about; null where cohorts are joined. */
  readonly cohort: string | null;
  /** The first and last statement whose cells it joins: both this one's number unless something was carried forward. */
  readonly from: number;
  readonly through: number;
  /** Rounded to 5; null where the amount is about no one. */
  readonly people: number | null;
  /** Rounded to 5; null where the amount is for a group as a whole, or about no one. */
  readonly outcomes: number | null;
  /** Rounded to 5, as a count is: exact quantities are amounts over the tariff. */
  readonly quantity: number;
  /** Exact. */
  readonly amountMinor: bigint;
  /** null where fewer than 8 people stand behind the part of some payer: then only the whole is shown. */
  readonly payers: readonly PayerAmount[] | null;
}

export interface ReleaseInput {
  /** The statement that is being issued. */
  readonly statement: number;
  /** Cells of this statement and all before. */
  readonly cells: readonly Cell[];
  /** The cohorts of the terms. */
  readonly cohorts: readonly string[];
  /** What has been released in earlier statements. It stays as it is, whatever the cells say. */
  readonly history: readonly Release[];
}

/**
 * What a statement may publish. Of each line, everything that is not published yet is one pool. It is released by cohort
 * where every cohort of the terms is large enough to be shown, otherwise with the cohorts joined, and if even that is too
 * small it is held back and carried forward into a later statement. Pure: the same input gives the same releases. Stops at
 * a history that is later than the statement.
 */
export function releasesOf(input: ReleaseInput): Release[] {
  const { statement, cells, history } = input;
  assert(
    history.every(({ through }) => through < statement),
    `statement ${statement} has been issued already`,
  );
  return linesOf(cells).flatMap((line) => {
    const from = 1 + Math.max(0, ...history.filter(sameLine(line)).map(({ through }) => through));
    const pool = cells.filter(
      (cell) => isOfLine(cell, line) && cell.statement >= from && cell.statement <= statement,
    );
    return pool.length === 0 ? [] : releasesOfPool(line, pool, from, input);
  });
}

const sameLine = (line: Line) => (other: Line) => isOfLine(line, other);

function releasesOfPool(
  line: Line,
  pool: readonly Cell[],
  from: number,
  { statement, cohorts }: ReleaseInput,
): Release[] {
  const release = (cells: readonly Cell[], cohort: string | null): Release => ({
    ...line,
    cohort,
    from, // not that of the first cell: it would show which of the joined statements had none
    through: statement,
    ...figuresOf(cells, from),
  });
  const isEveryOneNamed = pool.every(({ cohort }) => cohorts.includes(cohort));
  const apart = cohorts.map((cohort) => pool.filter((cell) => cell.cohort === cohort));
  if (isEveryOneNamed && cohorts.length > 1 && apart.every((cells) => mayBeShown(cells, from)))
    return apart.map((cells, index) => release(cells, cohorts[index]!));
  return mayBeShown(pool, from) ? [release(pool, null)] : [];
}

/**
 * At least 8 people, a net of at least 8 outcomes where outcomes are counted, and at least 8 times the tariff, because an
 * amount divided by its tariff is a head-count. What is about no one may always be shown.
 */
export function mayBeShown(cells: readonly Cell[], from: number): boolean {
  if (cells.length === 0) return false;
  if (cells.every(({ behind }) => behind === null)) return true;
  const outcomes = outcomesOf(cells);
  const amountMinor = sumMinor(cells);
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  return (
    peopleBehind(cells, from) >= FEWEST &&
    (outcomes === null || isShowable(outcomes)) &&
    size >= BigInt(FEWEST) * cells[0]!.tariffMinor
  );
}

function figuresOf(
  cells: readonly Cell[],
  from: number,
): Pick<Release, 'people' | 'outcomes' | 'quantity' | 'amountMinor' | 'payers'> {
  const isAboutPeople = cells.some(({ behind }) => behind !== null);
  const outcomes = outcomesOf(cells);
  return {
    people: isAboutPeople ? rounded(peopleBehind(cells, from)) : null,
    outcomes: isAboutPeople && outcomes !== null ? rounded(outcomes) : null,
    quantity: nearestFive(sum(cells.map(({ quantity }) => quantity))),
    amountMinor: sumMinor(cells),
    payers: payersOf(cells, from, isAboutPeople),
  };
}

/** Every payer's part, exact, where at least 8 people stand behind each that has any; otherwise null. */
function payersOf(
  cells: readonly Cell[],
  from: number,
  isAboutPeople: boolean,
): PayerAmount[] | null {
  const names = [...new Set(cells.flatMap(({ payers }) => payers.map(({ payer }) => payer)))];
  const parts = names.sort().map((payer) => ({
    payer,
    own: cells.flatMap(({ payers }) => payers.filter((part) => part.payer === payer)),
  }));
  if (isAboutPeople && !parts.every(({ own }) => mayBeNamed(own, from))) return null;
  return parts.map(({ payer, own }) => ({ payer, amountMinor: sumMinor(own) }));
}

/** Whether a payer's part may stand beside the others: it is of at least 8 people, or there is none. */
function mayBeNamed(parts: readonly PayerPart[], from: number): boolean {
  if (parts.every(({ amountMinor, behind }) => amountMinor === 0n && behind.length === 0))
    return true;
  const outcomes = outcomesOf(parts);
  return peopleBehind(parts, from) >= FEWEST && (outcomes === null || isShowable(outcomes));
}

function linesOf(cells: readonly Cell[]): Line[] {
  const lines: Line[] = [];
  for (const { clause, tariffMinor } of cells)
    if (!lines.some(sameLine({ clause, tariffMinor }))) lines.push({ clause, tariffMinor });
  return lines.sort(
    (a, b) =>
      (a.clause < b.clause ? -1 : a.clause > b.clause ? 1 : 0) ||
      (a.tariffMinor < b.tariffMinor ? -1 : a.tariffMinor > b.tariffMinor ? 1 : 0),
  );
}

/** Net outcomes; null where any of the cells is for a group as a whole. */
const outcomesOf = (cells: readonly { readonly outcomes: number | null }[]): number | null =>
  cells.reduce<number | null>(
    (total, { outcomes }) => (total === null || outcomes === null ? null : total + outcomes),
    0,
  );

const sumMinor = (parts: readonly { readonly amountMinor: bigint }[]): bigint =>
  parts.reduce((total, { amountMinor }) => total + amountMinor, 0n);

/** A quantity to the nearest 5, halves away from nought. */
function nearestFive({ numerator, denominator }: Fraction): number {
  const size = numerator < 0n ? -numerator : numerator;
  const steps = (2n * size + 5n * denominator) / (10n * denominator);
  return Number((numerator < 0n ? -steps : steps) * 5n);
}
