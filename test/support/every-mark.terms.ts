import { INSTRUMENTS } from '../../src/domain/instruments/registry.js';
import { trialTerms } from './trial-terms.js';

type Terms = ReturnType<typeof trialTerms>;

/** A clause of a document: its rule, and the steps that follow it. */
interface ClauseOf {
  readonly rule: object;
  readonly modifiers?: readonly object[];
  readonly examples?: readonly object[];
}

const named = (id: string, kind: 'event' | 'spell') => ({
  id,
  kind,
  label: `The ${id}`,
  paid: true,
  definition: `A ${id}`,
  evidence: ['Letter'],
});

const rate = (id: string, groups: readonly string[]) => ({
  id,
  kind: 'rate',
  label: `The ${id}`,
  paid: true,
  grain: 'quarter',
  definitions: [
    { version: '2015', from: '2015-04-01', numerator: 'On time', denominator: 'All' },
    { version: '2017', from: '2017-04-01', numerator: 'On time or late', denominator: 'All' },
  ],
  groups,
  bounded: true,
  completes: [],
});

const effect = (id: string, unit: 'percent' | 'number') => ({
  id,
  kind: 'effect',
  label: `The ${id}`,
  paid: true,
  unit,
  method: 'Matched controls',
  evaluator: 'university',
});

const eighteen = { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 };
const UCLA = { ...trialTerms().metrics[0]! };
const METRICS = [
  { ...UCLA, timePoints: [...UCLA.timePoints, eighteen] },
  named('job', 'event'),
  named('course', 'event'),
  { ...named('setback', 'event'), paid: false },
  named('home', 'spell'),
  named('care', 'spell'),
  rate('visits', ['all']),
  rate('readiness', ['poor', 'rich']),
  { ...rate('errors', ['all']), paid: false },
  effect('reconvictions', 'percent'),
  effect('controls', 'number'),
];

/** Whether a document speaks of something by its name. */
const speaksOf = (document: unknown, name: string) =>
  JSON.stringify(document).includes(JSON.stringify(name));

/** Terms with these clauses and the metrics that they need, changed as the document says. */
export function termsOf(clauses: readonly ClauseOf[], more: object = {}): Terms {
  return trialTerms({
    effective: { from: '2015-04-01', to: '2020-04-01' },
    population: {
      description: 'Whoever needs it.',
      maximum: 1000,
      attributes: {
        age: { type: 'number', label: 'Age', min: 18, max: 115 },
        expected: { type: 'number', label: 'Days expected', min: 0, max: 400 },
        arm: { type: 'choice', label: 'Arm', values: ['served', 'waiting'] },
        alone: { type: 'yes-no', label: 'Lives alone' },
      },
      eligibility: {
        any: [{ attribute: 'age', min: 50 }, { not: { attribute: 'alone', is: false } }],
      },
    },
    cohorts: [
      { id: 'all', label: 'First intake', opensOn: '2015-04-01', closesOn: '2015-12-31' },
      { id: 'next', label: 'Second intake', opensOn: '2016-01-01', closesOn: '2016-12-31' },
    ],
    metrics: METRICS.filter(({ id }) => speaksOf([clauses, more], id)),
    clauses: clauses.map(({ rule, modifiers = [], examples = [] }, index) => ({
      id: `4.${index + 1}`,
      title: 'A clause',
      rule,
      modifiers,
      verifiedBy: 'university',
      examples,
    })),
    caps: [],
    plan: [],
    ...more,
  });
}

const points = { type: 'R4', metric: 'ucla', rate: '660.00', count: 'floored' };
const perPoint = (given: object = {}) => ({
  ...points,
  timePoints: ['6m', '18m'],
  waves: 'increment',
  ...given,
});
const perJob = (given: object = {}) => ({
  type: 'R1',
  events: ['job'],
  price: '100.00',
  unit: 'claim',
  ...given,
});
const meanChange = (given: object = {}) => ({
  of: 'mean-change',
  metric: 'ucla',
  timePoint: '6m',
  missing: 'exclude',
  over: 'cohort',
  cohorts: 'each',
  ...given,
});
const arms = (counts: object, as: string) => ({
  of: 'arm-difference',
  attribute: 'arm',
  treated: 'served',
  comparison: 'waiting',
  counts,
  as,
  cohorts: 'each',
});
const SHARES = [
  { payer: 'council', share: '3/5' },
  { payer: 'fund', share: '2/5' },
];

/** The clauses of each rule, small, one document each. */
export const RULE_DOCUMENTS: Readonly<Record<string, readonly ClauseOf[]>> = {
  'R1 and worked examples': [
    {
      rule: perJob({ events: ['job', 'course'] }),
      examples: [
        {
          name: 'Two jobs',
          startedOn: '2015-06-02',
          observations: [
            { metric: 'job', occurrence: 'J-1', measuredOn: '2015-10-02' },
            { metric: 'job', occurrence: 'J-2', measuredOn: '2015-11-02' },
          ],
          expect: '200.00',
        },
      ],
    },
  ],
  'R1 with later prices and a last day': [
    {
      rule: perJob({
        laterPrices: [
          { from: '2016-01-01', price: '120.00' },
          { from: '2016-07-01', price: '0.00' },
        ],
        within: { months: 18 },
      }),
    },
  ],
  R2: [
    {
      rule: {
        type: 'R2',
        metric: 'home',
        rungs: [
          { id: 'entry', label: 'Entry', days: 0, price: '100.00' },
          { id: '13w', label: '13 weeks', weeks: 13, price: '500.00' },
          { id: '52w', label: '52 weeks', weeks: 52, price: '1500.00' },
        ],
        toleranceDays: 7,
        onBreak: 'restart',
        openSpells: 'count',
        latestStart: { months: 12 },
        notCounted: [{ label: 'Easter', from: '2016-03-25', to: '2016-04-08' }],
      },
    },
  ],
  R3: [
    {
      rule: {
        type: 'R3',
        metric: 'ucla',
        price: '500.00',
        laterPrices: [{ from: '2016-06-01', price: '450.00' }],
        threshold: { kind: 'change', points: '2' },
        timePoints: ['6m', '18m'],
        waves: 'held',
        unit: 'result',
      },
    },
    {
      rule: {
        type: 'R3',
        metric: 'ucla',
        price: '250.00',
        threshold: { kind: 'level', value: '5', notAtBaseline: true },
        timePoints: ['6m'],
        waves: 'independent',
        unit: 'result',
      },
    },
  ],
  R4: [
    {
      rule: perPoint({
        maxPoints: '2.5',
        waves: 'average',
        count: 'net',
        laterPrices: [{ from: '2016-06-01', price: '700.00' }],
      }),
    },
  ],
  R5: [
    {
      rule: {
        type: 'R5',
        measure: meanChange(),
        floor: '0.55',
        ceiling: '0.83',
        pays: { by: 'maximum', amount: '100000.00' },
      },
    },
    {
      rule: {
        type: 'R5',
        measure: meanChange({
          timePoint: '18m',
          missing: 'floor',
          over: 'period',
          cohorts: 'together',
        }),
        floor: '-1',
        ceiling: '2',
        pays: { by: 'each', price: '110.00' },
      },
    },
  ],
  R6: [
    {
      rule: {
        type: 'R6',
        metric: 'reconvictions',
        test: 'lower-bound',
        trigger: '10%',
        pooledTrigger: '7.5%',
        pays: { by: 'each', price: '1000.00' },
      },
    },
  ],
  R7: [
    {
      rule: {
        type: 'R7',
        measure: { of: 'effect', metric: 'reconvictions', cohorts: 'pooled', test: 'point' },
        tiers: [
          { from: '0%', to: '10%', pays: { by: 'return', percent: '3%' } },
          { from: '10%', pays: { by: 'return', percent: '7.5%' } },
        ],
        principal: '70000.00',
      },
    },
  ],
  R8: [
    {
      rule: {
        type: 'R8',
        measure: arms(
          { what: 'mean-change', metric: 'ucla', timePoint: '6m', missing: 'zero-change' },
          'difference',
        ),
        price: '90.00',
        floor: { in: 'value', value: '0' },
        ceiling: { in: 'money', amount: '5000.00' },
      },
    },
    {
      rule: {
        type: 'R8',
        measure: arms(
          { what: 'events', metric: 'job', months: 12, per: 'year-at-risk', better: 'higher' },
          'relative',
        ),
        price: '90.00',
        floor: { in: 'money', amount: '-500.00' },
      },
    },
  ],
  R9: [
    {
      rule: {
        type: 'R9',
        metric: 'care',
        horizon: { months: 12 },
        against: { type: 'attribute', attribute: 'expected' },
        unit: 'week',
        partUnits: 'exact',
        rate: '433.00',
        count: 'net',
        accrue: 'each-period',
        exits: 'stop-counting',
      },
    },
    {
      rule: {
        type: 'R9',
        metric: 'care',
        horizon: { weeks: 52 },
        against: { type: 'effect', metric: 'controls' },
        unit: 'day',
        partUnits: 'whole',
        rate: '61.86',
        count: 'floored',
        accrue: 'at-horizon',
        exits: 'count-as-avoided',
      },
    },
  ],
  R10: [
    { rule: perPoint() },
    { rule: perJob() },
    {
      rule: {
        type: 'R10',
        conditions: ['4.1', '4.2'],
        need: 'all',
        withinMonths: 24,
        price: '1000.00',
        unit: 'result',
      },
    },
  ],
  'R10 that repeats': [
    { rule: perPoint() },
    { rule: perJob() },
    {
      rule: {
        type: 'R10',
        conditions: ['4.1', '4.2'],
        need: 'any',
        repeats: { per: 'period' },
        price: '1000.00',
        unit: 'result',
      },
    },
    {
      rule: {
        type: 'R10',
        conditions: ['4.1', '4.2'],
        need: 2,
        repeats: { per: 'contract', times: 3 },
        price: '10.00',
        unit: 'result',
      },
    },
  ],
  'R11 of a rate': [
    {
      rule: {
        type: 'R11',
        measure: { of: 'rate', metric: 'visits', group: 'all' },
        pays: {
          by: 'point',
          pass: 'above',
          threshold: '65%',
          price: '120.00',
          points: 'exact',
          maxPoints: '20',
        },
        minimumDenominator: 10,
      },
    },
    {
      rule: {
        type: 'R11',
        measure: { of: 'rate', metric: 'visits', group: 'all' },
        pays: { by: 'unit', price: '3.00' },
      },
    },
  ],
  'R11 of a gap and of a change': [
    {
      rule: {
        type: 'R11',
        measure: {
          of: 'gap',
          metric: 'readiness',
          group: 'poor',
          against: 'rich',
          better: 'higher',
        },
        pays: { by: 'bonus', pass: 'above', threshold: '-10%', amount: '5000.00' },
      },
    },
    {
      rule: {
        type: 'R11',
        measure: {
          of: 'rate-change',
          metric: 'readiness',
          group: 'poor',
          baseline: {
            numerator: '18',
            denominator: '100',
            from: '2014-04-01',
            to: '2014-07-01',
            source: 'The council',
          },
          better: 'higher',
        },
        pays: { by: 'bonus', pass: 'above', threshold: '5%', amount: '700.00' },
      },
    },
  ],
  R12: [
    {
      rule: {
        type: 'R12',
        schedule: {
          by: 'date',
          payments: [{ id: 'q2', label: 'Activity fee', on: '2015-07-01', amount: '12500.00' }],
        },
      },
    },
    {
      rule: {
        type: 'R12',
        schedule: {
          by: 'participant',
          label: 'Attachment fee',
          amount: '3200.00',
          when: 'months',
          months: 3,
        },
      },
    },
    { rule: perPoint() },
  ],
};

const young = { attribute: 'age', max: 60 };

/** Every modifier, on a clause that can carry it. */
export const MODIFIER_DOCUMENTS: Readonly<Record<string, readonly ClauseOf[]>> = {
  'M1, M5 and M7': [
    {
      rule: perPoint({ waves: 'held' }),
      modifiers: [
        { type: 'M1', only: { atLeast: 1, of: [{ attribute: 'alone', is: true }, young] } },
        { type: 'M7', groups: [{ only: young, percent: '25%' }] },
        { type: 'M5', percent: '12.5%', groups: [{ only: young, percent: '33.3%' }] },
      ],
    },
  ],
  'M2 and M3': [
    { rule: perJob(), modifiers: [{ type: 'M2', times: 2, per: 'period' }] },
    {
      rule: perJob({ events: ['course'], price: '50.00' }),
      modifiers: [
        { type: 'M2', times: 1, per: 'contract', afterPaid: '4.1' },
        { type: 'M3', amount: '150.00' },
      ],
    },
  ],
  'M2-exclusive': [
    { rule: perJob() },
    {
      rule: perJob({ events: ['course'], price: '50.00' }),
      modifiers: [{ type: 'M2-exclusive', clauses: ['4.1'] }],
    },
  ],
  M6: [
    {
      rule: perJob(),
      modifiers: [
        {
          type: 'M6',
          counted: 'over-contract',
          bands: [
            { from: '0', to: '2', price: '100.00' },
            { from: '2', price: '80.00' },
          ],
        },
      ],
    },
  ],
  M8: [
    {
      rule: perPoint({ waves: 'last' }),
      modifiers: [{ type: 'M8', minimumN: 1, minimumFollowUpPercent: '40%' }],
    },
    {
      rule: {
        type: 'R5',
        measure: meanChange({ missing: 'baseline-carried-forward' }),
        floor: '0',
        ceiling: '1',
        pays: { by: 'each', price: '110.00' },
      },
      modifiers: [{ type: 'M8', minimumN: 2 }],
    },
  ],
  M9: [
    {
      rule: perJob(),
      modifiers: [
        { type: 'M9', reversedBy: 'setback', withinMonths: 12, share: '50%', takesBack: 'all' },
      ],
    },
  ],
  'M9-sample': [
    {
      rule: perJob(),
      modifiers: [
        {
          type: 'M9-sample',
          metric: 'errors',
          group: 'all',
          tolerancePercent: '5%',
          takesOff: 'above-tolerance',
        },
      ],
    },
  ],
};

const TWO = [{ rule: perJob() }, { rule: perPoint() }];

/** Caps, splits, roundings, indices, instruments, calendars and a deducted benchmark, on two plain clauses. */
export const OTHER_DOCUMENTS: Readonly<Record<string, Terms>> = {
  'caps and whole pounds': termsOf([{ rule: perJob() }, { rule: perPoint() }], {
    caps: [
      { id: 'person', scope: 'participant', amount: '900.00' },
      { id: 'mix', scope: 'mix', clauses: ['4.1'], percent: '40%', over: 'period' },
      { id: 'clause', scope: 'clause', clause: '4.2', amount: '1500.00' },
      { id: 'metric', scope: 'metric', metric: 'ucla', amount: '1400.00' },
      { id: 'quarter', scope: 'period', amount: '1000.00' },
      { id: 'whole', scope: 'contract', amount: '2500.00' },
      { id: 'fund', scope: 'payer', payer: 'fund', amount: '700.00' },
    ],
    rounding: {
      mode: 'half-even',
      stage: 'step',
      to: '1.00',
      remainder: 'largest-remainder',
      months: 'end-of-month',
    },
  }),
  'S2 by home': termsOf(TWO, {
    split: {
      type: 'S2',
      attribute: 'arm',
      homes: [{ is: 'served', shares: [{ payer: 'fund', share: '1' }] }],
      others: SHARES,
    },
  }),
  'S3 by metric': termsOf(TWO, {
    split: {
      type: 'S3',
      metrics: [{ metric: 'ucla', shares: SHARES }],
      others: [{ payer: 'council', share: '1' }],
    },
  }),
  'S4 by phase': termsOf(TWO, {
    split: {
      type: 'S4',
      first: SHARES,
      then: [{ from: '2016-01-01', shares: [{ payer: 'council', share: '1' }] }],
    },
  }),
  'S5 to a limit': termsOf(TWO, {
    split: {
      type: 'S5',
      shares: SHARES,
      limits: [{ payer: 'fund', amount: '500.00', then: 'council' }],
    },
  }),
  'S6 by clause': termsOf(TWO, {
    split: {
      type: 'S6',
      sets: [
        { clauses: ['4.1'], shares: [{ payer: 'fund', share: '1' }] },
        { clauses: ['4.2'], shares: SHARES },
      ],
    },
  }),
  'an index': termsOf(
    [{ rule: perJob(), modifiers: [{ type: 'indexation', index: 'prices', base: '100' }] }],
    {
      indices: [
        {
          id: 'prices',
          source: 'The statistics office',
          values: [
            { from: '2015-01-01', value: '100' },
            { from: '2016-01-01', value: '101.7' },
          ],
        },
      ],
    },
  ),
  'an instrument of its own': termsOf([{ rule: perPoint() }], {
    instruments: [{ ...INSTRUMENTS['de-jong-gierveld-6'], id: 'ours' }],
    metrics: [
      {
        ...UCLA,
        instrument: 'ours',
        subscale: 'social',
        timePoints: [...UCLA.timePoints, eighteen],
      },
    ],
  }),
  'a benchmark that is deducted, and windows by list': termsOf([{ rule: perPoint() }], {
    comparison: {
      method: 'external-benchmark',
      deadweightPercent: '10%',
      benchmark: {
        source: 'ELSA',
        use: 'deducted',
        figures: ['6m', '18m'].map((timePoint) => ({
          metric: 'ucla',
          timePoint,
          from: '2015-01-01',
          improvement: '0.2',
        })),
      },
    },
    periods: { type: 'list', periods: [{ id: 'whole', from: '2015-04-01', to: '2020-04-01' }] },
  }),
};

/** Every document, by what it shows. */
export const EVERY_MARK: ReadonlyMap<string, Terms> = new Map([
  ...Object.entries({ ...RULE_DOCUMENTS, ...MODIFIER_DOCUMENTS }).map(
    ([name, clauses]) => [name, termsOf(clauses)] as const,
  ),
  ...Object.entries(OTHER_DOCUMENTS),
]);
