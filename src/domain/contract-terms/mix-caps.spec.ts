import fc from 'fast-check';
import { civilDate } from '../calendar/civil-date.js';
import {
  compare,
  fraction,
  formatFraction,
  multiply,
  ONE,
  subtract,
  sum,
  ZERO,
} from '../money/fraction.js';
import type { Outcome } from '../outcomes/outcome.js';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { openMixCaps } from './mix-caps.js';
import type { TermsDocument } from './terms.schema.js';

const termsOf = (over: 'period' | 'contract', clauses = ['2']) =>
  ({
    currency: 'GBP',
    rounding: { mode: 'half-up' },
    caps: [{ id: 'mix', scope: 'mix', clauses, percent: '40%', over }],
  }) as unknown as TermsDocument;

const paid = (clause: string, on: string, pounds: number): Outcome => ({
  clause,
  metric: 'job',
  occurrence: `${clause}/${on}`,
  outcomeOn: civilDate(on),
  quantity: ONE,
  unit: 'claim',
  rateMinor: 100n,
  exactMinor: fraction(BigInt(pounds) * 100n),
  cutMinor: ZERO,
  reason: null,
  finding: 'x',
  steps: [],
  evidence: [],
});
const closed = (terms: TermsDocument, outcomes: readonly Outcome[]) => {
  const [mix] = openMixCaps(terms, aClauseContext([]));
  for (const one of outcomes) mix!.see([one]);
  return mix!.close();
};
const inShort = (...given: Parameters<typeof closed>) =>
  closed(...given).map(({ clause, occurrence, exactMinor, reason }) => [
    clause,
    occurrence,
    Number(formatFraction(exactMinor)) / 100,
    reason,
  ]);

describe('a cap on the mix of clauses', () => {
  it.each<[string, number, number, number, string | null]>([
    ['well within', 100, 600, 0, 'nothing-to-adjust'],
    ['a pound below', 399, 600, 0, 'nothing-to-adjust'],
    ['exactly at it', 400, 600, 0, 'nothing-to-adjust'],
    ['a pound above', 401, 600, -1, null],
    ['far above', 1000, 600, -600, null],
    ['with no others', 1000, 0, -1000, null],
    ['with others below nil', 1000, -10, -1000, null],
    ['themselves below nil', -10, 600, 0, 'nothing-to-adjust'],
  ])('%s', (_name, named, others, off, reason) =>
    expect(
      inShort(termsOf('period'), [paid('2', '2015-05-01', named), paid('1', '2015-05-02', others)]),
    ).toEqual([['2', 'mix/mix/2015-Q2', off, reason]]),
  );

  it('is reckoned in each period by itself, or gives back what others later make room for', () => {
    const seen = [paid('2', '2015-05-01', 400), paid('1', '2015-08-01', 1200)];
    expect(inShort(termsOf('period'), seen)).toEqual([['2', 'mix/mix/2015-Q2', -400, null]]);
    expect(inShort(termsOf('contract'), seen)).toEqual([
      ['2', 'mix/mix/2015-Q2', -400, null],
      ['2', 'mix/mix/2015-Q3', 400, null],
    ]);
  });

  it('takes off several clauses in proportion to what each came to', () =>
    expect(
      inShort(termsOf('period', ['2', '3']), [
        paid('2', '2015-05-01', 250),
        paid('3', '2015-05-01', 550),
        paid('1', '2015-05-02', 600),
      ]),
    ).toMatchObject([
      ['2', 'mix/mix/2015-Q2', -125, null],
      ['3', 'mix/mix/2015-Q2', -275, null],
    ]));

  it('does not reckon with its own lines', () => {
    const own = { ...paid('2', '2015-06-30', -500), occurrence: 'mix/mix/2015-Q2' };
    expect(
      inShort(termsOf('period'), [paid('2', '2015-05-01', 400), paid('1', '2015-05-01', 600), own]),
    ).toEqual([['2', 'mix/mix/2015-Q2', 0, 'nothing-to-adjust']]);
  });

  it('reads aloud', () =>
    expect(
      closed(termsOf('period'), [paid('2', '2015-05-01', 1000), paid('1', '2015-05-02', 600)])[0],
    ).toMatchObject({
      cohort: '*',
      outcomeOn: '2015-06-30',
      finding:
        'Of £1,600.00 in 2015-Q2, clause 2 came to £1,000.00, and may come to no more than 40% of what is paid',
      reckoning: '£400.00 may stay beside £600.00 of others',
      steps: [{ step: 'cap:mix', before: '100000', after: '40000' }],
    }));
});

describe('a cap on the mix, whatever is paid', () => {
  const seen = fc.array(
    fc.record({
      clause: fc.constantFrom('1', '2', '3'),
      on: fc.constantFrom('2015-05-01', '2015-08-01', '2016-02-01'),
      pounds: fc.integer({ min: 0, max: 2000 }),
    }),
    { maxLength: 10 },
  );
  const outcomesOf = (all: readonly { clause: string; on: string; pounds: number }[]) =>
    all.map(({ clause, on, pounds }) => paid(clause, on, pounds));
  const total = (outcomes: readonly Outcome[]) => sum(outcomes.map((o) => o.exactMinor));
  const isNamed = ({ clause }: Outcome) => clause === '2' || clause === '3';

  it.each(['period', 'contract'] as const)(
    'over the %s is never exceeded, nor depends on the order',
    (over) =>
      fc.assert(
        fc.property(seen, (all) => {
          const terms = termsOf(over, ['2', '3']);
          const outcomes = outcomesOf(all);
          const lines = closed(terms, outcomes);
          expect(closed(terms, [...outcomes].reverse())).toEqual(lines);
          const named = total([...outcomes.filter(isNamed), ...lines]);
          const whole = total([...outcomes, ...lines]);
          expect(
            compare(subtract(named, multiply(fraction(2n, 5n), whole)), ZERO),
          ).toBeLessThanOrEqual(0);
        }),
        // a spare penny between two that have the same claim to it
        {
          examples: [
            [
              [
                { clause: '2', on: '2016-02-01', pounds: 1295 },
                { clause: '1', on: '2016-02-01', pounds: 460 },
                { clause: '3', on: '2016-02-01', pounds: 1813 },
              ],
            ],
          ],
        },
      ),
  );
});
