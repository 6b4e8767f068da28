import { perEventTerms, perPointTerms } from '../../../../test/support/record.builder.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { parseDraft, parseTerms } from '../parse.js';
import { activationProblems } from './activation-problems.js';

/** Terms as a person might write them: any member may be changed to anything. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Written = any;
type Change = (terms: Written) => void;

const written = (change: Change, of: object = perPointTerms()): Written => {
  const terms: Written = structuredClone(trialTerms({ ...of }));
  change(terms);
  return terms;
};
const found = (terms: Written) =>
  activationProblems(parseDraft(terms)).map(({ at, code }) => [at, code]);

const UCLA = (t: Written) => t.metrics[0];
const RULE = (t: Written) => t.clauses[0].rule;
const shares = (...of: string[]) =>
  of.map((share, i) => ({ payer: ['council', 'fund', 'investors'][i], share }));
const windows = (...dates: string[]) => ({
  type: 'list',
  periods: dates.slice(1).map((to, i) => ({ id: `w${i + 1}`, from: dates[i], to })),
});
const example = (t: Written, more: object) => {
  t.clauses[0].examples = [
    {
      name: 'one',
      startedOn: '2015-06-04',
      observations: [{ metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-10', value: '6' }],
      expect: '0.00',
      ...more,
    },
  ];
};

const elsa = (timePoint: string, from = '2015-04-01') => ({
  metric: 'ucla',
  timePoint,
  from,
  improvement: '0.2',
});
const deduct = (t: Written, ...figures: object[]) =>
  (t.comparison.benchmark = { source: 'ELSA', use: 'deducted', figures });
const cpi = (...values: [string, string][]) => ({
  id: 'cpi',
  source: 'ONS',
  values: values.map(([from, value]) => ({ from, value })),
});
/** Indices, and a clause that follows them. */
const follow = (t: Written, ...indices: object[]) => {
  t.indices = indices;
  t.clauses[0].modifiers = [{ type: 'indexation', index: 'cpi', base: '100' }];
};

describe('terms that come into force', () => {
  it.each([
    ['deadweight', { comparison: { method: 'own-baseline', deadweightPercent: '15%' } }],
    [
      'a historic baseline with a note',
      {
        comparison: { method: 'historic-baseline', deadweightPercent: '0%', note: 'Shown: 2013.' },
      },
    ],
    [
      'a benchmark deducted',
      {
        ...perPointTerms(),
        comparison: {
          method: 'external-benchmark',
          deadweightPercent: '0%',
          benchmark: { source: 'ELSA', use: 'deducted', figures: [elsa('6m'), elsa('18m')] },
        },
      },
    ],
    [
      'amounts rounded at each step',
      {
        rounding: { mode: 'half-up', stage: 'step', to: '10', months: 'corresponding-date' },
      },
    ],
    ['points', perPointTerms()],
    ['events', perEventTerms()],
    [
      'claim windows of any length',
      { ...perEventTerms(), periods: windows('2015-04-01', '2015-05-03', '2020-04-01') },
    ],
    ['a share of nought', { split: { type: 'S1', shares: shares('1', '0') } }],
    ['a window of one day', { ...perPointTerms() }],
  ])('%s: nothing is wrong with them', (_name, of) =>
    expect(found(written(() => undefined, of))).toEqual([]),
  );
});

describe('terms that do not', () => {
  it.each<[string, Change, [string, string][]]>([
    // who
    ['no provider', (t) => t.parties.splice(2, 1), [['/parties', 'PROVIDER_MISSING']]],
    [
      'two parties of one name',
      (t) => t.parties.push({ ...t.parties[4] }),
      [['/parties/5/id', 'NAMED_TWICE']],
    ],
    [
      'a payer that is an investor',
      (t) => (t.split.shares[1].payer = 'investors'),
      [['/split', 'PAYER_NOT_A_PARTY']],
    ],
    [
      'a verifier that is nobody',
      (t) => (t.clauses[0].verifiedBy = 'auditor'),
      [['/clauses/0/verifiedBy', 'VERIFIER_NOT_A_PARTY']],
    ],
    // shares
    [
      'shares of 99.99 %',
      (t) => (t.split.shares = shares('59.99%', '40%')),
      [['/split/shares', 'SHARES_NOT_WHOLE']],
    ],
    [
      'shares of 100.01 %',
      (t) => (t.split.shares = shares('60.01%', '40%')),
      [['/split/shares', 'SHARES_NOT_WHOLE']],
    ],
    [
      'thirds written as decimals',
      (t) => (t.split.shares = shares('0.6667', '0.3333', '0')),
      [['/split', 'PAYER_NOT_A_PARTY']],
    ],
    [
      'a share below nought',
      (t) => (t.split.shares = shares('-0.5', '1.5')),
      [
        ['/split/shares/0/share', 'SHARE_NOT_A_PROPORTION'],
        ['/split/shares/1/share', 'SHARE_NOT_A_PROPORTION'],
      ],
    ],
    [
      'a share that is no number',
      (t) => (t.split.shares = shares('half', '0.5')),
      [['/split/shares/0/share', 'SHARE_NOT_A_PROPORTION']],
    ],
    [
      'one payer twice',
      (t) =>
        (t.split.shares = [
          { payer: 'council', share: '1/2' },
          { payer: 'council', share: '1/2' },
        ]),
      [['/split/shares/1/payer', 'PAYER_TWICE']],
    ],
    // when
    [
      'a contract that ends as it begins',
      (t) => (t.effective.to = t.effective.from),
      [['/effective', 'DATES_BACKWARD']],
    ],
    ['a contract of a hundred years', (t) => (t.effective.to = '2115-04-01'), []],
    [
      'a contract of more than a hundred years',
      (t) => (t.effective.to = '2115-04-02'),
      [['/effective/to', 'CONTRACT_TOO_LONG']],
    ],
    // must not take long: nothing walks through its thirty thousand quarters
    [
      'a contract of eight thousand years',
      (t) => (t.effective.to = '9998-12-31'),
      [['/effective/to', 'CONTRACT_TOO_LONG']],
    ],
    [
      'quarters that begin ages before the contract',
      (t) => (t.periods = { type: 'quarters', from: '1915-04-01' }),
      [['/periods/from', 'PERIODS_TOO_MANY']],
    ],
    [
      'a cohort that closes before it opens',
      (t) => (t.cohorts[0].closesOn = '2015-03-31'),
      [['/cohorts/0', 'DATES_BACKWARD']],
    ],
    [
      'a cohort that opens before the contract',
      (t) => (t.cohorts[0].opensOn = '2015-03-31'),
      [['/cohorts/0', 'OUTSIDE_CONTRACT']],
    ],
    [
      'a last window after the last payment',
      (t) => (t.cohorts[0].closesOn = '2019-03-31'),
      [['/metrics/0/timePoints/2', 'WINDOW_AFTER_LAST_PERIOD']],
    ],
    [
      'quarters from the middle of a month',
      (t) => (t.periods.from = '2015-03-15'),
      [['/periods/from', 'PERIODS_START']],
    ],
    [
      'quarters from after the contract began',
      (t) => (t.periods.from = '2015-07-01'),
      [['/periods/from', 'PERIODS_START']],
    ],
    [
      'claim windows that overlap',
      (t) => {
        t.periods = windows('2015-04-01', '2016-01-01', '2020-04-01');
        t.periods.periods[1].from = '2015-12-31';
      },
      [['/periods/periods/1', 'PERIODS_OVERLAP']],
    ],
    [
      'a day that no claim window holds',
      (t) => {
        t.periods = windows('2015-04-01', '2016-01-01', '2020-04-01');
        t.periods.periods[1].from = '2016-01-02';
      },
      [['/periods/periods/1', 'PERIODS_GAP']],
    ],
    [
      'claim windows that begin late',
      (t) => (t.periods = windows('2015-04-02', '2020-04-01')),
      [['/periods/periods/0', 'PERIODS_GAP']],
    ],
    [
      'claim windows that end early',
      (t) => (t.periods = windows('2015-04-01', '2016-01-01', '2020-03-31')),
      [['/periods/periods/1', 'PERIODS_GAP']],
    ],
    [
      'a claim window that ends before it begins',
      (t) => {
        t.periods = windows('2015-04-01', '2020-04-01');
        t.periods.periods.push({ id: 'w2', from: '2020-04-01', to: '2020-03-01' });
      },
      [
        ['/periods/periods/1', 'DATES_BACKWARD'],
        ['/periods/periods/1', 'PERIODS_GAP'],
      ],
    ],
    [
      'two claim windows of one name',
      (t) => {
        t.periods = windows('2015-04-01', '2016-01-01', '2020-04-01');
        t.periods.periods[1].id = 'w1';
      },
      [['/periods/periods/1/id', 'NAMED_TWICE']],
    ],
    // what is measured
    [
      'a measurement window that closes before it opens',
      (t) => Object.assign(UCLA(t).timePoints[1], { opensDays: 30, closesDays: 29 }),
      [['/metrics/0/timePoints/1', 'WINDOW_BACKWARD']],
    ],
    [
      'a baseline that is not the first',
      (t) => (UCLA(t).baseline = '6m'),
      [
        ['/metrics/0/baseline', 'BASELINE_NOT_FIRST'],
        ['/clauses/0/rule/timePoints/0', 'BASELINE_PAID'],
      ],
    ],
    [
      'time points in disorder',
      (t) => (UCLA(t).timePoints[2].months = 5),
      [['/metrics/0/timePoints/2/months', 'TIME_POINTS_OUT_OF_ORDER']],
    ],
    [
      'two time points of one name',
      (t) => (UCLA(t).timePoints[2].id = '6m'),
      [
        ['/metrics/0/timePoints/2/id', 'NAMED_TWICE'],
        ['/clauses/0/rule/timePoints/1', 'TIME_POINT_UNKNOWN'],
      ],
    ],
    [
      'a paid metric that no clause pays',
      (t) => t.metrics.push({ ...UCLA(t), id: 'other' }),
      [['/metrics/1/paid', 'PAID_WITHOUT_CLAUSE']],
    ],
    [
      'a clause on a metric that is only tracked',
      (t) => (UCLA(t).paid = false),
      [['/metrics/0/paid', 'CLAUSE_ON_TRACKED']],
    ],
    // compared with what
    [
      'more deadweight than all of it',
      (t) => (t.comparison.deadweightPercent = '100.1%'),
      [['/comparison/deadweightPercent', 'PERCENT_OUT_OF_RANGE']],
    ],
    [
      'less deadweight than none',
      (t) => (t.comparison.deadweightPercent = '-1%'),
      [['/comparison/deadweightPercent', 'PERCENT_OUT_OF_RANGE']],
    ],
    [
      'deadweight without its sign',
      (t) => (t.comparison.deadweightPercent = '10'),
      [['/comparison/deadweightPercent', 'PERCENT_SIGN']],
    ],
    [
      'deadweight that is no number',
      (t) => (t.comparison.deadweightPercent = 'some'),
      [['/comparison/deadweightPercent', 'NOT_A_FRACTION']],
    ],
    [
      'a benchmark to deduct, without figures',
      (t) => deduct(t),
      [
        ['/comparison/benchmark/figures', 'BENCHMARK_INCOMPLETE'],
        ['/comparison/benchmark/figures', 'BENCHMARK_INCOMPLETE'],
      ],
    ],
    [
      'a benchmark that begins late',
      (t) => deduct(t, elsa('6m', '2015-04-02'), elsa('18m')),
      [['/comparison/benchmark/figures', 'BENCHMARK_INCOMPLETE']],
    ],
    [
      'a benchmark out of order',
      (t) => deduct(t, elsa('6m'), elsa('18m'), elsa('6m')),
      [['/comparison/benchmark/figures/2/from', 'DATES_BACKWARD']],
    ],
    [
      'figures about nothing',
      (t) => deduct(t, elsa('6m'), elsa('18m'), elsa('baseline'), { ...elsa('6m'), metric: 'x' }),
      [
        ['/comparison/benchmark/figures/2/timePoint', 'TIME_POINT_UNKNOWN'],
        ['/comparison/benchmark/figures/3/metric', 'METRIC_UNKNOWN'],
      ],
    ],
    [
      'a figure that is no number',
      (t) => deduct(t, { ...elsa('6m'), improvement: 'some' }, elsa('18m')),
      [['/comparison/benchmark/figures/0/improvement', 'NOT_A_FRACTION']],
    ],
    [
      'a benchmark deducted from a level',
      (t) => {
        deduct(t, elsa('6m'), elsa('18m'));
        t.clauses[0].rule = {
          type: 'R3',
          metric: 'ucla',
          price: '500.00',
          threshold: { kind: 'level', value: '5', notAtBaseline: true },
          timePoints: ['6m'],
          waves: 'independent',
        };
      },
      [['/clauses/0/rule/threshold/kind', 'BENCHMARK_NOT_FOR_LEVEL']],
    ],
    [
      'a comparison with an outside series that is not named',
      (t) => {
        t.comparison.method = 'external-benchmark';
        delete t.comparison.benchmark;
      },
      [['/comparison/method', 'COMPARISON_EMPTY']],
    ],
    [
      'a comparison with controls that nothing pays on',
      (t) => (t.comparison.method = 'matched-control'),
      [['/comparison/method', 'COMPARISON_EMPTY']],
    ],
    [
      'a signed effect that nothing pays on',
      (t) => (t.comparison.method = 'signed-external-effect'),
      [['/comparison/method', 'COMPARISON_EMPTY']],
    ],
    [
      'earlier years that nothing compares with',
      (t) => {
        t.comparison.method = 'historic-baseline';
        delete t.comparison.note;
      },
      [['/comparison/method', 'COMPARISON_EMPTY']],
    ],
    [
      'a projection that nothing compares with',
      (t) => {
        t.comparison.method = 'projection';
        delete t.comparison.note;
      },
      [['/comparison/method', 'COMPARISON_EMPTY']],
    ],
    // indices and rounding
    [
      'an index that begins after the contract',
      (t) => follow(t, cpi(['2015-04-02', '100'])),
      [['/indices/0/values/0/from', 'INDEX_STARTS_LATE']],
    ],
    [
      'an index out of order, and not above nought',
      (t) => follow(t, cpi(['2015-04-01', '100'], ['2015-04-01', '0'])),
      [
        ['/indices/0/values/1/value', 'INDEX_VALUE'],
        ['/indices/0/values/1/from', 'DATES_BACKWARD'],
      ],
    ],
    [
      'an index of two names the same',
      (t) => follow(t, cpi(['2015-04-01', '100']), cpi(['2015-04-01', '100'])),
      [['/indices/1/id', 'NAMED_TWICE']],
    ],
    [
      'an index that the terms do not have',
      (t) => (t.clauses[0].modifiers = [{ type: 'indexation', index: 'cpi', base: '100' }]),
      [['/clauses/0/modifiers/0/index', 'INDEX_UNKNOWN']],
    ],
    [
      'amounts rounded to nothing',
      (t) => (t.rounding.to = '0.00'),
      [['/rounding/to', 'ROUNDED_TO_NOTHING']],
    ],
    [
      'amounts rounded to less than a penny',
      (t) => (t.rounding.to = '0.001'),
      [['/rounding/to', 'NOT_AN_AMOUNT']],
    ],
    [
      'a cap per participant that rounding could pass',
      (t) => {
        t.rounding.to = '1';
        t.clauses[0].modifiers = [{ type: 'M3', amount: '2640.00' }];
      },
      [['/rounding/stage', 'CAP_NOT_ROUND']],
    ],
    [
      'a cap per participant that is not round',
      (t) => {
        Object.assign(t.rounding, { to: '100', stage: 'step' });
        t.caps = [{ id: 'c', scope: 'participant', amount: '2640.00' }];
      },
      [['/caps/0/amount', 'CAP_NOT_ROUND']],
    ],
    [
      'a scheduled payment outside the contract',
      (t) =>
        t.clauses.push({
          id: 'F',
          title: 'Fees',
          rule: {
            type: 'R12',
            schedule: {
              by: 'date',
              payments: [{ id: 'a', label: 'Fee', on: '2020-04-01', amount: '1.00' }],
            },
          },
          verifiedBy: 'university',
        }),
      [['/clauses/1/rule/schedule/payments/0/on', 'OUTSIDE_CONTRACT']],
    ],
    [
      'no comparison for a score',
      (t) => (t.comparison.method = 'none-for-events'),
      [['/comparison/method', 'COMPARISON_MISSING']],
    ],
    // what is paid
    [
      'a negative tariff',
      (t) => (RULE(t).rate = '-660.00'),
      [['/clauses/0/rule/rate', 'PRICE_NEGATIVE']],
    ],
    [
      'a tariff with five decimals',
      (t) => (RULE(t).rate = '660.00000'),
      [['/clauses/0/rule/rate', 'NOT_AN_AMOUNT']],
    ],
    [
      'a tariff in pence, in yen',
      (t) => (t.currency = 'JPY'),
      [['/clauses/0/rule/rate', 'NOT_AN_AMOUNT']],
    ],
    [
      'a tariff beyond all measure',
      (t) => (RULE(t).rate = '9'.repeat(24)),
      [['/clauses/0/rule/rate', 'AMOUNT_TOO_LARGE']],
    ],
    [
      'two clauses of one number',
      (t) => t.clauses.push({ ...t.clauses[0] }),
      [['/clauses/1/id', 'NAMED_TWICE']],
    ],
    [
      'a modifier on an undeclared attribute',
      (t) => (t.clauses[0].modifiers = [{ type: 'M1', only: { attribute: 'height', min: 1 } }]),
      [['/clauses/0/modifiers/0/only/attribute', 'ATTRIBUTE_UNDECLARED']],
    ],
    [
      'a modifier after a clause that stands below',
      (t) => (t.clauses[0].modifiers = [{ type: 'M2', times: 1, afterPaid: '4.1' }]),
      [['/clauses/0/modifiers/0/afterPaid', 'CLAUSE_NOT_ABOVE']],
    ],
    [
      'a cap for each participant with half a penny',
      (t) => (t.clauses[0].modifiers = [{ type: 'M3', amount: '1.005' }]),
      [['/clauses/0/modifiers/0/amount', 'NOT_AN_AMOUNT']],
    ],
    // whom it serves
    [
      'an attribute named like a column of every upload',
      (t: Written) => (t.population.attributes.cohort = { type: 'yes-no', label: 'Cohort' }),
      [['/population/attributes/cohort', 'ATTRIBUTE_NAME_TAKEN']],
    ],
    [
      'eligibility by an undeclared attribute',
      (t) => (t.population.eligibility = { all: [{ attribute: 'height', min: 1 }] }),
      [['/population/eligibility/all/0/attribute', 'ATTRIBUTE_UNDECLARED']],
    ],
    [
      'eligibility by a name that every object has',
      (t) => (t.population.eligibility = { attribute: 'constructor', is: true }),
      [['/population/eligibility/attribute', 'ATTRIBUTE_UNDECLARED']],
    ],
    [
      'eligibility that asks a number for yes',
      (t) => (t.population.eligibility = { not: { attribute: 'age', is: true } }),
      [['/population/eligibility/not/is', 'ANSWER_IMPOSSIBLE']],
    ],
    [
      'eligibility that asks for nothing',
      (t) => (t.population.eligibility = { attribute: 'age' }),
      [['/population/eligibility', 'CONDITION_MISSING']],
    ],
    [
      'eligibility from 60 to 50',
      (t) => (t.population.eligibility = { attribute: 'age', min: 60, max: 50 }),
      [['/population/eligibility', 'RANGE_BACKWARD']],
    ],
    [
      'three of two conditions',
      (t) =>
        (t.population.eligibility = {
          atLeast: 3,
          of: [
            { attribute: 'age', min: 1 },
            { attribute: 'age', min: 2 },
          ],
        }),
      [['/population/eligibility/atLeast', 'COUNT_TOO_HIGH']],
    ],
    // what is not paid
    [
      'a negative cap',
      (t) => (t.caps = [{ id: 'c', scope: 'contract', amount: '-1.00' }]),
      [['/caps/0/amount', 'CAP_NEGATIVE']],
    ],
    [
      'a cap with three decimals',
      (t) => (t.caps = [{ id: 'c', scope: 'contract', amount: '1.001' }]),
      [['/caps/0/amount', 'NOT_AN_AMOUNT']],
    ],
    [
      'caps of things that there are not',
      (t) =>
        (t.caps = [
          { id: 'a', scope: 'participant', clauses: ['4.1', '9'], amount: '1.00' },
          { id: 'b', scope: 'clause', clause: '9', amount: '1.00' },
          { id: 'c', scope: 'metric', metric: 'm', amount: '1.00' },
          { id: 'd', scope: 'payer', payer: 'charity', amount: '1.00' },
        ]),
      [
        ['/caps/0/clauses/1', 'CLAUSE_UNKNOWN'],
        ['/caps/1/clause', 'CLAUSE_UNKNOWN'],
        ['/caps/2/metric', 'METRIC_UNKNOWN'],
        ['/caps/3/payer', 'PAYER_UNKNOWN'],
      ],
    ],
    [
      'caps in an order in which they cannot bite',
      (t) =>
        (t.caps = [
          { id: 'a', scope: 'payer', payer: 'fund', amount: '1.00' },
          { id: 'b', scope: 'contract', amount: '1.00' },
          { id: 'c', scope: 'participant', amount: '1.00' },
        ]),
      [
        ['/caps/1', 'CAP_ORDER'],
        ['/caps/2', 'CAP_ORDER'],
      ],
    ],
    // what is expected
    [
      'a plan for a period that there is not',
      (t) => (t.plan = [{ period: '2015-Q1', outcomes: 1, amount: '1.00' }]),
      [['/plan/0/period', 'PERIOD_UNKNOWN']],
    ],
    [
      'a plan that loses money',
      (t) => (t.plan = [{ period: '2015-Q2', outcomes: 1, amount: '-1.00' }]),
      [['/plan/0/amount', 'AMOUNT_NEGATIVE']],
    ],
    [
      'two plans for a period',
      (t) => (t.plan = [1, 2].map((outcomes) => ({ period: '2015-Q2', outcomes, amount: '1.00' }))),
      [['/plan/1/period', 'NAMED_TWICE']],
    ],
    [
      'an example that does not come out',
      (t) => example(t, { expect: '1.00' }),
      [['/clauses/0/examples/0', 'EXAMPLE_MISMATCH']],
    ],
    [
      'an example of a score that ends, and of somebody who left before the start',
      (t) =>
        example(t, {
          exitedOn: '2015-06-03',
          observations: [
            {
              metric: 'ucla',
              occurrence: '6m',
              measuredOn: '2015-12-10',
              endedOn: '2015-12-11',
              value: '6',
            },
          ],
        }),
      [
        ['/clauses/0/examples/0/exitedOn', 'EXIT_BEFORE_START'],
        ['/clauses/0/examples/0/observations/0/endedOn', 'END_ONLY_FOR_SPELLS'],
      ],
    ],
    [
      'an example of a score out of bounds',
      (t) =>
        example(t, {
          observations: [
            { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-02', value: '10' },
          ],
        }),
      [['/clauses/0/examples/0/observations/0/value', 'SCORE_OUT_OF_RANGE']],
    ],
    [
      'an example of a score that is not given',
      (t) =>
        example(t, {
          observations: [
            { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-02' },
            { metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-10' },
          ],
        }),
      [
        ['/clauses/0/examples/0/observations/0/value', 'SCORE_NOT_A_WHOLE_NUMBER'],
        ['/clauses/0/examples/0/observations/1/value', 'SCORE_NOT_A_WHOLE_NUMBER'],
      ],
    ],
    [
      'an example of an unknown metric',
      (t) =>
        example(t, {
          observations: [
            { metric: 'wemwbs', occurrence: '6m', measuredOn: '2015-12-10', value: '6' },
          ],
        }),
      [['/clauses/0/examples/0/observations/0/metric', 'METRIC_UNKNOWN']],
    ],
    [
      'an example of an unknown time point',
      (t) =>
        example(t, {
          observations: [
            { metric: 'ucla', occurrence: '7m', measuredOn: '2015-12-10', value: '6' },
          ],
        }),
      [['/clauses/0/examples/0/observations/0/occurrence', 'TIME_POINT_UNKNOWN']],
    ],
    [
      'an example of an undeclared attribute',
      (t) => example(t, { attributes: { height: 1 } }),
      [['/clauses/0/examples/0/attributes/height', 'ATTRIBUTE_UNDECLARED']],
    ],
    [
      'an example that promises half a penny',
      (t) => example(t, { expect: '0.005' }),
      [['/clauses/0/examples/0/expect', 'NOT_AN_AMOUNT']],
    ],
  ])('%s', (_name, change, faults) => {
    const terms = written(change);
    expect(found(terms)).toEqual(faults);
    for (const { detail } of activationProblems(parseDraft(terms)))
      expect(detail).toMatch(/^["A-Z0-9].*\.$/s);
  });

  it('say everything that is wrong at once, what is missing and what contradicts itself', () => {
    const terms = written((t) => {
      delete t.comparison;
      delete t.review;
      t.split.shares = shares('59.99%', '40%');
      t.cohorts[0].opensOn = '2015-03-31';
      Object.assign(UCLA(t).timePoints[1], { opensDays: 30, closesDays: 29 });
      RULE(t).rate = '-1.00';
      t.caps = [{ id: 'c', scope: 'contract', amount: '-1.00' }];
    });
    expect(found(terms)).toEqual([
      ['/comparison', 'TERM_MISSING'],
      ['/review', 'TERM_MISSING'],
      ['/split/shares', 'SHARES_NOT_WHOLE'],
      ['/cohorts/0', 'OUTSIDE_CONTRACT'],
      ['/metrics/0/timePoints/1', 'WINDOW_BACKWARD'],
      ['/clauses/0/rule/rate', 'PRICE_NEGATIVE'],
      ['/caps/0/amount', 'CAP_NEGATIVE'],
    ]);
  });

  it('say of an empty draft each part that is missing, and why it is needed', () => {
    const problems = activationProblems(
      parseDraft({ format: 'outturn-terms/1', code: 'a', title: 'A' }),
    );
    expect(problems.map(({ at }) => at)).toEqual([
      '/standing',
      '/currency',
      '/effective',
      '/unitKind',
      '/parties',
      '/population',
      '/cohorts',
      '/metrics',
      '/comparison',
      '/clauses',
      '/split',
      '/periods',
      '/review',
      '/rounding',
    ]);
    for (const { code } of problems) expect(code).toBe('TERM_MISSING');
    expect(problems.find(({ at }) => at === '/population')!.detail).toBe(
      'This term is missing. Say who is served, and how many at most.',
    );
  });

  it('are refused from the day on which the last window would close after the last payment', () => {
    // eighteen months and 45 days after 15 August 2018 is 31 March 2020, the last day of the contract
    expect(found(written((t) => (t.cohorts[0].closesOn = '2018-08-15')))).toEqual([]);
    expect(found(written((t) => (t.cohorts[0].closesOn = '2018-08-16')))).toEqual([
      ['/metrics/0/timePoints/2', 'WINDOW_AFTER_LAST_PERIOD'],
    ]);
  });

  it('are the same whether read as a draft or as whole terms', () => {
    expect(activationProblems(parseTerms(written(() => undefined)))).toEqual([]);
  });
});

describe('terms without effect', () => {
  const events = (change: Change, modifiers: object[] = []): [string, string][] =>
    found(written(change, perEventTerms({}, modifiers))) as [string, string][];
  const fee = (schedule: object) => ({
    id: '3',
    title: 'Fee',
    rule: { type: 'R12', schedule },
    verifiedBy: 'university',
  });
  const activity = fee({
    by: 'date',
    payments: [{ id: 'a', label: 'Fee', on: '2016-01-01', amount: '1.00' }],
  });
  const tracked = (t: Written) => t.metrics.push({ ...t.metrics[0], id: 'lost', paid: false });
  const all = (payer: string) => [{ payer, share: '1' }];

  it.each<[string, Change, [string, string][]]>([
    [
      'an index that no clause follows',
      (t) => (t.indices = [cpi(['2015-04-01', '100'])]),
      [['/indices/0', 'INDEX_UNUSED']],
    ],
    [
      'a cap for each participant on a clause that pays for a cohort',
      (t) => {
        t.clauses.push(activity);
        t.caps = [{ id: 'c', scope: 'participant', clauses: ['1', '3'], amount: '1.00' }];
      },
      [['/caps/0/clauses/1', 'CAP_NOT_FOR_COHORT']],
    ],
    [
      'a cap on a metric that no clause pays',
      (t) => {
        tracked(t);
        t.caps = [{ id: 'c', scope: 'metric', metric: 'lost', amount: '1.00' }];
      },
      [['/caps/0/metric', 'METRIC_NOT_PAID']],
    ],
    [
      'payers of a metric that no clause pays',
      (t) => {
        tracked(t);
        const metrics = [{ metric: 'lost', shares: all('council') }];
        t.split = { type: 'S3', metrics, others: all('fund') };
      },
      [['/split/metrics/0/metric', 'METRIC_NOT_PAID']],
    ],
    [
      'a phase after the contract, and one before it',
      (t) => {
        const then = ['2015-04-01', '2020-04-01'].map((from) => ({ from, shares: all('fund') }));
        t.split = { type: 'S4', first: all('council'), then };
      },
      [
        ['/split/then/0/from', 'PHASE_OUTSIDE_CONTRACT'],
        ['/split/then/1/from', 'PHASE_OUTSIDE_CONTRACT'],
      ],
    ],
    [
      'a later price after the contract, and one before it',
      (t) =>
        (RULE(t).laterPrices = [
          { from: '2015-04-01', price: '1.00' },
          { from: '2020-04-01', price: '2.00' },
        ]),
      [
        ['/clauses/0/rule/laterPrices/0/from', 'PRICE_OUTSIDE_CONTRACT'],
        ['/clauses/0/rule/laterPrices/1/from', 'PRICE_OUTSIDE_CONTRACT'],
      ],
    ],
    [
      'later prices of what bands set the price of',
      (t) => {
        RULE(t).laterPrices = [{ from: '2016-04-01', price: '1.00' }];
        t.clauses[0].modifiers = [
          { type: 'M6', counted: 'over-contract', bands: [{ from: '0', price: '5.00' }] },
        ];
      },
      [['/clauses/0/rule/laterPrices', 'PRICES_OF_BANDS']],
    ],
    [
      'one route twice',
      (t) => (RULE(t).events = ['job', 'job']),
      [['/clauses/0/rule/events/1', 'NAMED_TWICE']],
    ],
    [
      'a fee that falls due after the last payment',
      (t) =>
        t.clauses.push(
          fee({ by: 'participant', label: 'Fee', amount: '1.00', when: 'months', months: 40 }),
        ),
      [['/clauses/2/rule/schedule/months', 'FEE_AFTER_LAST_PERIOD']],
    ],
  ])('%s', (_, change, faults) => expect(events(change)).toEqual(faults));

  it('a group of participants that stands above already', () => {
    const old = { only: { attribute: 'age', min: 65 }, percent: '10%' };
    expect(
      events(() => undefined, [{ type: 'M7', groups: [old, { ...old, percent: '20%' }] }]),
    ).toEqual([['/clauses/0/modifiers/0/groups/1/only', 'NAMED_TWICE']]);
  });

  it('a claim that waits for a payment that no participant ever gets', () => {
    const change = (t: Written) => {
      t.clauses.unshift(activity);
      t.clauses[1].modifiers = [{ type: 'M2', times: 1, afterPaid: '3' }];
    };
    expect(events(change)).toEqual([['/clauses/1/modifiers/0/afterPaid', 'CLAUSE_OF_COHORT']]);
  });
});
