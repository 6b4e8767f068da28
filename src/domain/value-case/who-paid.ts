import { allocate } from '../money/allocate.js';
import {
  divide,
  fraction,
  multiply,
  parseFraction,
  sum,
  type Fraction,
} from '../money/fraction.js';
import { minus, money, nothing, parseMoney, plus, type Money } from '../money/money.js';
import { KINDS, type Kind } from './figures.schema.js';
import { sumOf, type Piece } from './totals.js';
import type { ValueCase } from './value-case.schema.js';

/**
 * What comes back to somebody, of one kind, for what it pays. The ratio is exact, to its share of the price before that
 * is settled in pennies, so that equal terms show equal ratios; null where it pays nothing.
 */
export interface Return {
  readonly kind: Kind;
  readonly gained: Money;
  readonly ratio: Fraction | null;
}

/** What somebody has gained by the end of a band, of one kind, and by how much that is more than it pays. */
export interface GainedBy {
  readonly band: string;
  readonly kind: Kind;
  readonly gained: Money;
  readonly lessPaid: Money;
}

/** A body, or a group of bodies, as payer and as beneficiary of one unit of outcome. Kinds are never added up here. */
export interface Side {
  readonly name: string;
  readonly isGroup: boolean;
  readonly share: Fraction;
  readonly paid: Money;
  readonly returns: readonly Return[];
  readonly gainedBy: readonly GainedBy[];
}

export interface WhoPaid {
  readonly id: string;
  readonly label: string;
  readonly whose: 'source' | 'ours';
  readonly note: string | null;
  readonly paid: Money;
  readonly sides: readonly Side[];
}

/** Who pays for a unit of outcome and who benefits from it, in each way in which the price may be shared. */
export const whoPaid = (pieces: readonly Piece[], of: ValueCase): WhoPaid[] =>
  (of.price?.alternatives ?? []).map(({ id, label, whose, note, shares }) => {
    const paid = parseMoney(of.price!.amount, of.currency);
    const fractions = shares.map(({ share }) => parseFraction(share));
    const parts = allocate(paid.minor, fractions);
    const payers = new Map(
      shares.map(({ body }, n) => [
        body,
        { share: fractions[n]!, paid: money(parts[n]!, of.currency) },
      ]),
    );
    const sides = sidesOf(of).map((side) => sideOf(side, payers, pieces, of));
    return { id, label, whose, note: note ?? null, paid, sides };
  });

interface Named {
  readonly name: string;
  readonly isGroup: boolean;
  readonly bodies: readonly string[];
}

/** Each body, then each group of more than one. */
function sidesOf({ bodies }: ValueCase): Named[] {
  const groups = [...new Set(bodies.flatMap(({ group }) => group ?? []))].map((name) => ({
    name,
    isGroup: true,
    bodies: bodies.filter(({ group }) => group === name).map(({ id }) => id),
  }));
  return [
    ...bodies.map(({ id, name }) => ({ name, isGroup: false, bodies: [id] })),
    ...groups.filter((group) => group.bodies.length > 1),
  ];
}

type Payers = ReadonlyMap<string, { readonly share: Fraction; readonly paid: Money }>;

function sideOf(
  { name, isGroup, bodies }: Named,
  payers: Payers,
  all: readonly Piece[],
  of: ValueCase,
): Side {
  const shares = bodies.flatMap((body) => payers.get(body) ?? []);
  const paid = shares.reduce((total, one) => plus(total, one.paid), nothing(of.currency));
  const pieces = all.filter(({ body }) => bodies.includes(body));
  const kinds = KINDS.filter((kind) => pieces.some((piece) => piece.kind === kind));
  const share = sum(shares.map((one) => one.share));
  const price = parseMoney(of.price!.amount, of.currency);
  return {
    name,
    isGroup,
    share,
    paid,
    returns: kinds.map((kind) => {
      const gained = sumOf(ofKind(pieces, kind), of);
      return { kind, gained, ratio: ratioOf(gained, share, price) };
    }),
    gainedBy: kinds.flatMap((kind) => gainedBy(ofKind(pieces, kind), kind, paid, of)),
  };
}

const ratioOf = (gained: Money, share: Fraction, price: Money): Fraction | null =>
  share.numerator === 0n || price.minor === 0n
    ? null
    : divide(fraction(gained.minor), multiply(share, fraction(price.minor)));

const ofKind = (pieces: readonly Piece[], kind: Kind) =>
  pieces.filter((piece) => piece.kind === kind);

/** Band by band from the earliest. Value that the source gives no years for belongs to none of them. */
function gainedBy(pieces: readonly Piece[], kind: Kind, paid: Money, of: ValueCase): GainedBy[] {
  const bands = of.yearBands
    .flatMap(({ id, years }) => (years ? [{ id, last: years.last }] : []))
    .sort((a, b) => a.last - b.last);
  return bands.map(({ id }, n) => {
    const until = bands.slice(0, n + 1).map((band) => band.id);
    const gained = sumOf(
      pieces.filter(({ band }) => until.includes(band)),
      of,
    );
    return { band: id, kind, gained, lessPaid: minus(gained, paid) };
  });
}
