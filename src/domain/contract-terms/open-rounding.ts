import { equals, formatFraction, fraction, type Fraction } from '../money/fraction.js';
import { parseMoney } from '../money/money.js';
import { roundTo } from '../money/rounding.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { TermsDocument } from './terms.schema.js';

type RoundingTerms = Pick<TermsDocument, 'rounding' | 'currency'>;

/** What amounts are whole multiples of, in minor units: a penny, if the terms name nothing else. */
export const roundingUnit = ({ rounding: { to }, currency }: RoundingTerms): bigint =>
  to === undefined ? 1n : parseMoney(to, currency).minor;

/** How the terms round an exact amount: by which rule, and to whole multiples of what. */
export function openRounding(terms: RoundingTerms) {
  const { mode } = terms.rounding;
  const unitMinor = roundingUnit(terms);
  return (value: Fraction): bigint => roundTo(value, mode, unitMinor);
}

/** What the terms do with outcomes after each step: nothing, or round them there, so that the next step starts from it. */
export function openStepRounding(
  terms: RoundingTerms,
): <One extends Outcome>(outcomes: readonly One[]) => readonly One[] {
  if (terms.rounding.stage === 'line') return (outcomes) => outcomes;
  const rounded = openRounding(terms);
  return (outcomes) =>
    outcomes.map((outcome) => {
      const exactMinor = fraction(rounded(outcome.exactMinor));
      if (equals(exactMinor, outcome.exactMinor)) return outcome;
      const last = outcome.steps.at(-1)!;
      const steps = [...outcome.steps.slice(0, -1), { ...last, after: formatFraction(exactMinor) }];
      return { ...outcome, exactMinor, steps };
    });
}
