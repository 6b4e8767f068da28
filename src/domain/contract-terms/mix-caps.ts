import type { MeasureContext } from '../aggregate-measures/measure.js';
import type { Period } from '../calendar/period.js';
import { allocate } from '../money/allocate.js';
import {
  add,
  divide,
  fraction,
  isPositive,
  max,
  multiply,
  negate,
  ONE,
  parseFraction,
  subtract,
  sum,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { formatMoney, money } from '../money/money.js';
import { round, roundTo } from '../money/rounding.js';
import { adjustedOn, adjustingOutcome, periodOf } from '../modifiers/adjusting-outcome.js';
import type { Collective } from '../modifiers/modifier.js';
import type { CohortOutcome, Outcome } from '../outcomes/outcome.js';
import { openRounding, roundingUnit } from './open-rounding.js';
import type { Cap, TermsDocument } from './terms.schema.js';

type MixCap = Extract<Cap, { scope: 'mix' }>;
type Surroundings = Pick<MeasureContext, 'periods' | 'before'>;

/**
 * M6, caps on the mix of clauses: the clauses named may make up no more than a share p of what all clauses pay. Where they
 * come to A and the others to B, they keep min(A, B x p / (1 - p)), so that A / (A + B) is at most p, and the rest is
 * taken off by one line for each of them in each period, in proportion to what each came to. Over the contract, A and B
 * are what came to since the start, and each period posts the difference to what was taken off before, so that others'
 * later outcomes give it back. What each came to is reckoned as its line is rounded, and what stays is a whole multiple of
 * what the terms round to, so that rounding never takes the clauses over their share. That is after caps per participant
 * and before caps on amounts. Where the others come to nothing or less, nothing is left of them.
 */
export const openMixCaps = (terms: TermsDocument, surroundings: Surroundings): Collective[] =>
  terms.caps.flatMap((cap) => (cap.scope === 'mix' ? [openMixCap(cap, terms, surroundings)] : []));

/** What came to in a period: of each clause named, and of all others. */
interface Mix {
  readonly named: Map<string, Fraction>;
  others: Fraction;
}

const emptyMix = (): Mix => ({ named: new Map(), others: ZERO });

function openMixCap(cap: MixCap, terms: TermsDocument, surroundings: Surroundings): Collective {
  const { currency } = terms;
  const mostBeside = mostBesideOf(cap, terms);
  const rounded = openRounding(terms);
  const own = `mix/${cap.id}/`;
  const mixes = new Map<string, Mix>();
  const metrics = new Map<string, string>();

  function see(outcomes: readonly Outcome[]): void {
    for (const { clause, metric, occurrence, outcomeOn, exactMinor } of outcomes) {
      const worth = fraction(rounded(exactMinor));
      if (worth.numerator === 0n || occurrence.startsWith(own)) continue;
      const period = periodOf(surroundings, outcomeOn);
      if (period === null) continue;
      const mix = mixes.get(period.id) ?? emptyMix();
      mixes.set(period.id, mix);
      if (!cap.clauses.includes(clause)) {
        mix.others = add(mix.others, worth);
        continue;
      }
      mix.named.set(clause, add(mix.named.get(clause) ?? ZERO, worth));
      const known = metrics.get(clause);
      metrics.set(clause, known === undefined || metric < known ? metric : known);
    }
  }

  function close(): CohortOutcome[] {
    const soFar = emptyMix();
    let takenBefore = new Map<string, Fraction>();
    return surroundings.periods.flatMap((period) => {
      const inPeriod = mixes.get(period.id) ?? emptyMix();
      if (cap.over === 'contract') addMix(soFar, inPeriod);
      const counted = cap.over === 'contract' ? soFar : inPeriod;
      const taken = takenOff(counted, mostBeside, cap.clauses);
      const before = takenBefore;
      if (cap.over === 'contract') takenBefore = taken;
      return cap.clauses.flatMap((clause) => {
        const off = negate(subtract(taken.get(clause) ?? ZERO, before.get(clause) ?? ZERO));
        const worth = inPeriod.named.get(clause);
        return worth === undefined && off.numerator === 0n
          ? []
          : [line(period, clause, worth ?? ZERO, off, counted)];
      });
    });
  }

  function line(period: Period, clause: string, worth: Fraction, off: Fraction, counted: Mix) {
    const named = sum([...counted.named.values()]);
    const pounds = (value: Fraction) => formatMoney(money(round(value, 'half-up'), currency));
    const span = cap.over === 'contract' ? `up to the end of ${period.id}` : `in ${period.id}`;
    const clauses = `${cap.clauses.length === 1 ? 'clause' : 'clauses'} ${cap.clauses.join(', ')}`;
    return adjustingOutcome({
      clause,
      metric: metrics.get(clause)!,
      occurrence: own + period.id,
      outcomeOn: adjustedOn(surroundings, period),
      step: `cap:${cap.id}`,
      before: worth,
      exactMinor: off,
      after: add(worth, off),
      finding:
        `Of ${pounds(add(named, counted.others))} ${span}, ${clauses} came to ${pounds(named)}, and may come to no more ` +
        `than ${cap.percent} of what is paid`,
      reckoning: `${pounds(staysBeside(counted.others, mostBeside))} may stay beside ${pounds(counted.others)} of others`,
      why: `${clauses}: no more than ${cap.percent} of what is paid ${span}`,
    });
  }

  return { see, close };
}

function addMix(to: Mix, from: Mix): void {
  for (const [clause, worth] of from.named)
    to.named.set(clause, add(to.named.get(clause) ?? ZERO, worth));
  to.others = add(to.others, from.others);
}

/** How much may stay beside what others come to, and in whole multiples of what. */
interface MostBeside {
  readonly ratio: Fraction;
  readonly unitMinor: bigint;
}

function mostBesideOf({ percent }: MixCap, terms: TermsDocument): MostBeside {
  const p = parseFraction(percent);
  return { ratio: divide(p, subtract(ONE, p)), unitMinor: roundingUnit(terms) };
}

const staysBeside = (others: Fraction, { ratio, unitMinor }: MostBeside): Fraction =>
  fraction(roundTo(max(ZERO, multiply(others, ratio)), 'down', unitMinor));

/**
 * What is taken off each clause named, in proportion to what it came to, in whole multiples of what the terms round to;
 * nothing where they are within their share. A clause that came to less than nothing gives nothing up. A spare unit goes to
 * whichever of two the cap names first, and not to whichever was paid first.
 */
function takenOff(
  { named, others }: Mix,
  most: MostBeside,
  clauses: readonly string[],
): Map<string, Fraction> {
  const excess = subtract(sum([...named.values()]), staysBeside(others, most));
  const paid = clauses
    .map((clause) => [clause, named.get(clause) ?? ZERO] as const)
    .filter(([, worth]) => isPositive(worth));
  if (paid.length === 0 || !isPositive(excess)) return new Map();
  const whole = sum(paid.map(([, worth]) => worth));
  const units = round(divide(excess, fraction(most.unitMinor)), 'up');
  const off = allocate(
    units,
    paid.map(([, worth]) => divide(worth, whole)),
  );
  return new Map(paid.map(([clause], n) => [clause, fraction(off[n]! * most.unitMinor)]));
}
