import { money, nothing, plus, type Money } from '../money/money.js';
import type { ReckonedBenefit } from './figure.js';
import { KINDS, type Kind } from './figures.schema.js';
import type { ValueCase } from './value-case.schema.js';

/** The smallest piece of value: what one body has of one benefit. */
export interface Piece {
  readonly body: string;
  readonly kind: Kind;
  readonly band: string;
  readonly amount: Money;
}

/** An amount for one unit of outcome, and for as many as are expected. */
export interface Total {
  readonly of: string;
  readonly each: Money;
  readonly expected: Money;
}

export interface Totals {
  readonly byBody: readonly Total[];
  readonly byKind: readonly Total[];
  readonly byBand: readonly Total[];
  readonly all: Total;
}

export const piecesOf = (benefits: readonly ReckonedBenefit[]): Piece[] =>
  benefits.flatMap(({ benefit: { kind, years }, parts }) =>
    parts.map(({ body, amount }) => ({ body, kind, band: years, amount })),
  );

/** The same value added up in three ways. Each way sums to the same whole, because all add the same pieces. */
export function totalsOf(pieces: readonly Piece[], of: ValueCase): Totals {
  const expected = BigInt(of.outcome?.expected ?? 0);
  const total = (name: string, among: readonly Piece[]): Total => {
    const each = sumOf(among, of);
    return { of: name, each, expected: money(each.minor * expected, each.currency) };
  };
  const by = (names: readonly string[], nameOf: (piece: Piece) => string): Total[] =>
    names.map((name) =>
      total(
        name,
        pieces.filter((piece) => nameOf(piece) === name),
      ),
    );
  return {
    byBody: by(
      of.bodies.map(({ id }) => id),
      ({ body }) => body,
    ),
    byKind: by(KINDS, ({ kind }) => kind).filter(({ of: kind }) =>
      pieces.some((piece) => piece.kind === kind),
    ),
    byBand: by(
      of.yearBands.map(({ id }) => id),
      ({ band }) => band,
    ),
    all: total('all', pieces),
  };
}

export const sumOf = (pieces: readonly Piece[], { currency }: ValueCase): Money =>
  pieces.reduce((sum, { amount }) => plus(sum, amount), nothing(currency));
