import { anEffect, aRate } from '../../../test/support/figures.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { civilDate } from '../calendar/civil-date.js';
import { ZERO, fraction, multiply } from '../money/fraction.js';
import type { CohortOutcome } from '../outcomes/outcome.js';
import type { Mechanism } from '../payment-mechanisms/mechanism.js';
import { MECHANISMS } from '../payment-mechanisms/registry.js';
import { trialSchema } from './example.schema.js';
import { parseTerms } from './parse.js';
import type { TermsDocument } from './terms.schema.js';
import { weighExample } from './weigh-example.js';

/** A cohort rule made up for this test: a pound for each who counts, per hundredth of the rate, plus one per result. */
const made: Mechanism<object> = {
  schema: trialSchema,
  pays: 'outcomes',
  level: () => 'cohort',
  inWords: () => '',
  metrics: () => [],
  problems: () => [],
  open(_rule, { clause, record }) {
    const counted = new Map<string, number>();
    return {
      weigh(facts, counts) {
        counted.set(facts.cohort, (counted.get(facts.cohort) ?? 0) + (counts ? 1 : 0));
        return [];
      },
      close: () =>
        [...counted].map(([cohort, n]): CohortOutcome => {
          const [figure] = record.figures;
          const rate = figure
            ? multiply(figure.numerator, fraction(1n, figure.denominator.numerator))
            : ZERO;
          const minor = multiply(fraction(BigInt(100 * n + record.effects.length)), rate);
          return {
            clause,
            cohort,
            metric: 'on-time',
            occurrence: 'whole',
            outcomeOn: civilDate('2016-01-01'),
            quantity: fraction(BigInt(n)),
            unit: 'person',
            rateMinor: 100n,
            exactMinor: minor,
            cutMinor: ZERO,
            reason: null,
            finding: `${n} counted`,
            steps: [],
            evidence: [],
          };
        }),
    };
  },
};

function termsWithMadeUpRule(): TermsDocument {
  (MECHANISMS as unknown as Record<string, unknown>)['made-up'] = made;
  const terms = parseTerms(
    trialTerms({
      metrics: [...trialTerms().metrics, aRate(), anEffect()],
      cohorts: ['first', 'second'].map((id) => ({
        id,
        label: id,
        opensOn: '2015-04-01',
        closesOn: '2016-12-31',
      })),
    }),
  );
  const clause = {
    ...terms.clauses[0]!,
    id: '5.1',
    rule: { type: 'made-up' } as never,
    modifiers: [],
  };
  return { ...terms, clauses: [...terms.clauses, clause] };
}

const weigh = (example: object, clause = '5.1') =>
  weighExample(termsWithMadeUpRule(), { id: clause }, trialSchema.parse(example)).map(
    ({ participant, cohort, worthMinor }) => [participant, cohort, worthMinor],
  );
const person = (cohort: string, age: number, times = 1) => ({
  cohort,
  startedOn: '2015-06-04',
  attributes: { age },
  times,
});
const HALF = {
  metric: 'on-time',
  from: '2015-04-01',
  to: '2015-07-01',
  numerator: 60,
  denominator: 120,
};
const RESULT = { metric: 'reconvictions', value: '8.4%', n: 9, signedOn: '2016-01-01' };

describe('a clause that pays for whole cohorts', () => {
  it('is closed once everybody in the example has been seen, served or not', () =>
    expect(
      weigh({
        participants: [person('first', 70, 40), person('second', 70, 2), person('second', 49)],
        figures: [HALF],
        effects: [RESULT, { ...RESULT, cohort: 'first' }],
      }),
    ).toEqual([
      [null, 'first', 2001n],
      [null, 'second', 101n],
    ]));

  it('is closed for nobody as well', () => expect(weigh({ figures: [HALF] })).toEqual([]));

  it('leaves out what comes on or after the day before which is reckoned', () => {
    const participants = [person('first', 70)];
    expect(weigh({ participants, figures: [HALF], before: '2016-01-02' })).toHaveLength(1);
    expect(weigh({ participants, figures: [HALF], before: '2016-01-01' })).toEqual([]);
  });

  it('stands beside clauses for participants, and each is worked through alone', () => {
    const observations = [
      { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-04', value: '8' },
      { metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-10', value: '7' },
    ];
    const participants = [{ ...person('first', 70), reference: 'P-7', observations }];
    expect(weigh({ participants, figures: [HALF] }, '4.1')).toEqual([['P-7', 'first', 66000n]]);
  });
});
