import type { Behind, Cell, PayerPart } from '../domain/disclosure/cell.js';
import type { Release } from '../domain/disclosure/release.js';
import type { Currency } from '../domain/money/currency.js';
import {
  add,
  fraction,
  multiply,
  parseFraction,
  subtract,
  ZERO,
} from '../domain/money/fraction.js';
import { formatAmount, money, parseMoney } from '../domain/money/money.js';
import { PAYERS_HELD_BACK } from '../domain/disclosure/in-words.js';
import type { IssuedStatement, ReleasedView } from './issued-document.js';

interface PlaceRow {
  readonly clause: string;
  readonly tariff_minor: string;
  readonly cohort: string;
  readonly statement: number;
}

export interface CellRow extends PlaceRow {
  readonly of_group: boolean;
  readonly unit: string;
  readonly paid_before: boolean;
  readonly paid_after: boolean;
  readonly quantity_before: string | null;
  readonly quantity: string;
  readonly lines: number;
  readonly amount_minor: string;
}

export interface BehindRow extends PlaceRow {
  /** null for the whole cell. */
  readonly payer: string | null;
  readonly last_in: number | null;
  readonly people: number;
}

export interface PartRow extends PlaceRow {
  readonly payer: string;
  readonly amount_minor: string;
  readonly outcomes: number;
  readonly of_group: boolean;
}

export interface StateRow {
  readonly state: 'unclaimed' | 'awaiting' | 'approved' | 'returned';
  readonly lines: number;
  readonly people: number;
}

export interface IssuedRow {
  readonly number: number;
  readonly period_id: string;
  readonly document: string;
}

const placeOf = ({ clause, tariff_minor, cohort, statement }: PlaceRow): string =>
  JSON.stringify([clause, tariff_minor, cohort, statement]);

/** Rows by the cell that they are about. */
function byPlace<T extends PlaceRow>(rows: readonly T[]): Map<string, T[]> {
  const places = new Map<string, T[]>();
  for (const row of rows) {
    const own = places.get(placeOf(row));
    if (own) own.push(row);
    else places.set(placeOf(row), [row]);
  }
  return places;
}

/** The cells of a contract, for the disclosure control. */
export function toCells(
  cellRows: readonly CellRow[],
  behindRows: readonly BehindRow[],
  partRows: readonly PartRow[],
): Cell[] {
  const [behind, parts] = [byPlace(behindRows), byPlace(partRows)];
  return [...byPlace(cellRows)].map(([place, rows]): Cell => {
    const { clause, tariff_minor, cohort, statement } = rows[0]!;
    const own = behind.get(place) ?? [];
    return {
      clause,
      tariffMinor: BigInt(tariff_minor),
      cohort,
      statement,
      behind: wholeBehind(rows, own, behindRows),
      outcomes: rows.some((row) => row.of_group) ? null : netOutcomes(rows),
      quantity: netQuantity(rows),
      amountMinor: rows.reduce((sum, row) => sum + BigInt(row.amount_minor), 0n),
      payers: (parts.get(place) ?? []).map((part) => toPart(part, rows, own, behindRows)),
    };
  });
}

const toPart = (
  part: PartRow,
  cell: readonly CellRow[],
  own: readonly BehindRow[],
  all: readonly BehindRow[],
): PayerPart => ({
  payer: part.payer,
  amountMinor: BigInt(part.amount_minor),
  behind: isAdjustment(cell)
    ? behindAdjustment(cell[0]!, all, part.payer)
    : toBehind(own.filter(({ payer }) => payer === part.payer)),
  outcomes: part.of_group ? null : part.outcomes,
});

const isAdjustment = (rows: readonly CellRow[]): boolean =>
  rows.every(({ unit }) => unit === 'adjustment');

/** A fee that is about nobody in particular has nobody behind it; an adjustment has those whose outcomes it adjusts. */
function wholeBehind(
  rows: readonly CellRow[],
  own: readonly BehindRow[],
  all: readonly BehindRow[],
): Behind | null {
  if (rows.every(({ of_group, unit }) => of_group && unit === 'fee')) return null;
  if (isAdjustment(rows)) return behindAdjustment(rows[0]!, all, null);
  return toBehind(own.filter(({ payer }) => payer === null));
}

/** Those of the clause's largest cell in the same statement: never more than are adjusted. */
function behindAdjustment(
  { clause, statement }: PlaceRow,
  all: readonly BehindRow[],
  payer: string | null,
): Behind {
  const others = all.filter(
    (row) => row.clause === clause && row.statement === statement && row.payer === payer,
  );
  const sizeOf = (rows: readonly BehindRow[]) => rows.reduce((sum, { people }) => sum + people, 0);
  const [largest] = [...byPlace(others).values()].sort((a, b) => sizeOf(b) - sizeOf(a));
  return toBehind(largest ?? []);
}

const toBehind = (rows: readonly BehindRow[]): Behind =>
  rows.map(({ last_in, people }) => ({ lastIn: last_in, people }));

const netOutcomes = (rows: readonly CellRow[]): number =>
  rows.reduce(
    (net, { lines, paid_after, paid_before }) =>
      net + lines * (Number(paid_after) - Number(paid_before)),
    0,
  );

const netQuantity = (rows: readonly CellRow[]) =>
  rows.reduce((net, { lines, paid_after, paid_before, quantity, quantity_before }) => {
    const before = paid_before ? parseFraction(quantity_before ?? '0') : ZERO;
    const after = paid_after ? parseFraction(quantity) : ZERO;
    return add(net, multiply(subtract(after, before), fraction(BigInt(lines))));
  }, ZERO);

/** A release as it is published. */
export function toReleasedView(release: Release, title: string, currency: Currency): ReleasedView {
  const amount = (minor: bigint) => formatAmount(money(minor, currency));
  return {
    clause: release.clause,
    title,
    tariff: amount(release.tariffMinor),
    cohort: release.cohort,
    fromStatement: release.from,
    throughStatement: release.through,
    people: release.people,
    outcomes: release.outcomes,
    quantity: release.quantity,
    amount: amount(release.amountMinor),
    payers:
      release.payers?.map(({ payer, amountMinor }) => ({ payer, amount: amount(amountMinor) })) ??
      null,
    payersHeldBack: release.payers === null ? PAYERS_HELD_BACK : null,
  };
}

/** What an issued statement released, read back from the document itself: what was published is what counts. */
export function releasesIn({ released, currency }: IssuedStatement): Release[] {
  const minor = (amount: string) => parseMoney(amount, currency as Currency).minor;
  return released.map((view) => ({
    clause: view.clause,
    tariffMinor: minor(view.tariff),
    cohort: view.cohort,
    from: view.fromStatement,
    through: view.throughStatement,
    people: view.people,
    outcomes: view.outcomes,
    quantity: view.quantity,
    amountMinor: minor(view.amount),
    payers:
      view.payers?.map(({ payer, amount }) => ({ payer, amountMinor: minor(amount) })) ?? null,
  }));
}

export const toIssued = (row: IssuedRow): IssuedStatement =>
  JSON.parse(row.document) as IssuedStatement;
