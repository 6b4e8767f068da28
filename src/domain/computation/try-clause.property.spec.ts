import fc from 'fast-check';
import { perPointTerms } from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { parseTerms } from '../contract-terms/parse.js';
import { tryClause } from './try-clause.js';

const TERMS = parseTerms(trialTerms(perPointTerms()));

const score = fc.integer({ min: 3, max: 9 });
const participant = fc.record({
  baseline: score,
  later: score,
  times: fc.integer({ min: 1, max: 4 }),
});
type Drawn = { readonly baseline: number; readonly later: number; readonly times: number };

const written = ({ baseline, later, times }: Drawn) => ({
  startedOn: '2015-06-04',
  attributes: { age: 70 },
  observations: [
    { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-04', value: `${baseline}` },
    { metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-10', value: `${later}` },
  ],
  times,
});
const amountOf = (drawn: readonly Drawn[]) =>
  Number(tryClause(TERMS, '4.1', { participants: drawn.map(written) }).amount);

describe('a trial of a floored clause', () => {
  it('does not depend on the order of the participants', () =>
    fc.assert(
      fc.property(fc.array(participant, { maxLength: 6 }), (drawn) => {
        expect(amountOf([...drawn].reverse())).toBe(amountOf(drawn));
      }),
    ));

  it('pays for each who is alike what it pays for one', () =>
    fc.assert(
      fc.property(participant, (drawn) => {
        expect(amountOf([drawn])).toBe(drawn.times * amountOf([{ ...drawn, times: 1 }]));
      }),
    ));

  it('never pays less for one more participant, and sums its outcomes', () =>
    fc.assert(
      fc.property(fc.array(participant, { maxLength: 6 }), participant, (drawn, more) => {
        expect(amountOf([...drawn, more])).toBeGreaterThanOrEqual(amountOf(drawn));
        const { outcomes, amount } = tryClause(TERMS, '4.1', { participants: drawn.map(written) });
        const summed = outcomes.reduce((sum, one) => sum + Number(one.amount), 0);
        expect(summed.toFixed(2)).toBe(amount);
      }),
    ));

  it('gives the same answer for the same input', () =>
    fc.assert(
      fc.property(fc.array(participant, { maxLength: 4 }), (drawn) => {
        const input = { participants: drawn.map(written) };
        expect(JSON.stringify(tryClause(TERMS, '4.1', input))).toBe(
          JSON.stringify(tryClause(TERMS, '4.1', structuredClone(input))),
        );
      }),
    ));
});
