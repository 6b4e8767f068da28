import { civilDate } from '../calendar/civil-date.js';
import { fraction, ONE, ZERO } from '../money/fraction.js';
import { formatAmount, money } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { Figure } from '../outcomes/contract-record.js';
import type { Outcome } from '../outcomes/outcome.js';
import {
  aModifierContext,
  someModifierSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { aRate, figure, recordOf, UCLA } from '../../../test/support/measure.builder.js';
import { sampledError, type SampledError } from './sampled-error.js';

const TERMS: SampledError = {
  type: 'M9-sample',
  metric: 'visits',
  group: 'all',
  tolerancePercent: '5%',
  takesOff: 'whole-rate',
};
const ERRORS = aRate({ label: 'Errors in the sample' });

const pays = (on: string, pounds: number): Outcome => ({
  clause: '4.1',
  metric: 'job',
  occurrence: on,
  outcomeOn: civilDate(on),
  quantity: ONE,
  unit: 'claim',
  rateMinor: 10_000n,
  exactMinor: fraction(BigInt(pounds) * 100n),
  cutMinor: ZERO,
  reason: null,
  finding: 'x',
  steps: [],
  evidence: [],
});
const found = (
  terms: Partial<SampledError>,
  outcomes: readonly Outcome[],
  figures: readonly Figure[],
) => {
  const collective = sampledError.collective!(
    { ...TERMS, ...terms },
    aModifierContext({ metrics: new Map([['visits', ERRORS]]), record: recordOf({ figures }) }),
  );
  for (const one of outcomes) collective.see([one]);
  return collective.close();
};
const inShort = (...given: Parameters<typeof found>) =>
  found(...given).map(({ occurrence, outcomeOn, exactMinor, reason }) => [
    occurrence,
    outcomeOn,
    formatAmount(money(round(exactMinor, 'half-up'), 'GBP')),
    reason,
  ]);
const Q2 = (amount: string, reason: string | null) => [
  ['sampled-error/2015-Q2', '2015-06-30', amount, reason],
];
const sample = (errors: number, of: number) => figure('2015-04-01', errors, of);
const PAID = [pays('2015-05-01', 600), pays('2015-06-01', 400)];

describe('M9, a sampled error rate', () => {
  it.each<[string, Partial<SampledError>, Figure[], string, string | null]>([
    ['none', {}, [sample(0, 200)], '0.00', 'nothing-to-adjust'],
    ['just below the tolerance', {}, [sample(9, 200)], '0.00', 'nothing-to-adjust'],
    ['at the tolerance', {}, [sample(10, 200)], '0.00', 'nothing-to-adjust'],
    ['above it', {}, [sample(11, 200)], '-55.00', null],
    [
      'above it, of which only the excess counts',
      { takesOff: 'above-tolerance' },
      [sample(11, 200)],
      '-5.00',
      null,
    ],
    ['all of it', {}, [sample(200, 200)], '-1000.00', null],
    ['not submitted', {}, [], '0.00', 'no-result'],
    ['of nobody', {}, [sample(0, 0)], '0.00', 'too-few'],
    [
      'by another definition',
      {},
      [{ ...sample(20, 200), definition: '2014' }],
      '0.00',
      'other-definition',
    ],
    ['corrected', {}, [sample(20, 200), { ...sample(40, 200), version: 2 }], '-200.00', null],
  ])('%s takes off what the terms say', (_name, terms, figures, amount, reason) =>
    expect(inShort(terms, PAID, figures)).toEqual(Q2(amount, reason)),
  );

  it('belongs to the period in which its span ends, and several are added up', () => {
    const monthly = [
      figure('2015-04-01', 5, 50, { to: '2015-05-01' }),
      figure('2015-05-01', 15, 150, { to: '2015-06-01' }),
      figure('2015-03-15', 0, 100, { to: '2015-04-15' }),
    ];
    expect(inShort({}, PAID, monthly)).toEqual(Q2('-66.67', null));
  });

  it('never reaches the sample of another period, nor what is paid outside every period', () => {
    const both = [sample(20, 200), figure('2015-07-01', 200, 200)];
    expect(inShort({}, [...PAID, pays('2011-01-01', 5000)], both)).toEqual(Q2('-100.00', null));
  });

  it('is about the metric that comes first by name, whichever was seen first', () => {
    const seen = ['job', 'flat', 'visit'].map((metric) => ({ ...pays('2015-05-01', 1), metric }));
    for (const order of [seen, [...seen].reverse()])
      expect(found({}, order, []).map(({ metric }) => metric)).toEqual(['flat']);
  });

  it.each<[string, Figure[], string, string, string]>([
    [
      'above the tolerance',
      [sample(20, 200)],
      '100000',
      '90000',
      'above the tolerance of 5%: 10% of £1,000.00 is taken off',
    ],
    ['within it', [sample(10, 200)], '100000', '100000', 'not above the tolerance of 5%'],
    ['unknown', [], '100000', '100000', 'there is no error rate to extrapolate'],
  ])('%s says its step', (_name, figures, before, after, why) =>
    expect(found({}, PAID, figures)[0]!.steps).toEqual([{ step: 'M9-sample', before, after, why }]),
  );

  it('says that nothing was submitted, and reads several figures one after another', () => {
    expect(found({}, PAID, [])[0]!.finding).toBe(
      'Errors in the sample in 2015-Q2: no figure was submitted',
    );
    const two = ['2015-04-01', '2015-05-01'].map((on, i) =>
      figure(on, 1, 10, { to: `2015-0${i + 5}-01` }),
    );
    expect(found({}, PAID, two)[0]!.finding).toMatch(/: 10% \(.*; 10% \(/);
  });

  it('takes nothing off where the clause pays nothing or takes back', () => {
    expect(inShort({}, [], [sample(20, 200)])).toEqual([]);
    expect(inShort({}, [pays('2015-05-01', -600)], [sample(20, 200)])).toEqual(
      Q2('0.00', 'nothing-to-adjust'),
    );
  });

  it('reads aloud', () => {
    const [line] = found({}, PAID, [sample(20, 200)]);
    expect(line).toMatchObject({
      cohort: '*',
      finding:
        'Errors in the sample in 2015-Q2: 10% (20 of 200, counted by definition 2015) between 2015-04-01 and 2015-06-30',
      reckoning: '10% of £1,000.00 taken off',
      evidence: ['visits/all/2015-04-01#1'],
    });
    expect(sampledError.inWords(TERMS, aWording())).toBe(
      'where the rate of visits is above 5%, that rate is taken off what the clause pays in the period',
    );
    expect(sampledError.inWords({ ...TERMS, takesOff: 'above-tolerance' }, aWording())).toBe(
      'where the rate of visits is above 5%, what is above it is taken off what the clause pays in the period',
    );
  });

  it.each<[string, Partial<SampledError>, string[][]]>([
    ['nothing wrong', {}, []],
    ['a tolerance of nought', { tolerancePercent: '0%' }, []],
    ['a tolerance with decimals', { tolerancePercent: '12.25%' }, []],
    [
      'more than a tolerance',
      { tolerancePercent: '5% or so' },
      [['/tolerancePercent', 'NOT_A_PERCENTAGE']],
    ],
    ['a metric unheard of', { metric: 'x' }, [['/metric', 'METRIC_UNKNOWN']]],
    ['another kind of metric', { metric: 'ucla' }, [['/metric', 'METRIC_UNKNOWN']]],
    ['a group unheard of', { group: 'some' }, [['/group', 'GROUP_UNKNOWN']]],
    ['a rate that is no part', { metric: 'ratio' }, [['/metric', 'RATE_UNBOUNDED']]],
    [
      'a tolerance of all',
      { tolerancePercent: '100%' },
      [['/tolerancePercent', 'NOT_A_PERCENTAGE']],
    ],
  ])('answers %s', (_name, terms, faults) => {
    const metrics = [UCLA, ERRORS, aRate({ id: 'ratio', bounded: false })];
    const surroundings = someModifierSurroundings({
      metrics: new Map(metrics.map((metric) => [metric.id, metric] as const)),
    });
    expect(
      sampledError.problems({ ...TERMS, ...terms }, surroundings).map(({ at, code }) => [at, code]),
    ).toEqual(faults);
  });
});
