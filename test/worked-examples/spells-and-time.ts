/**
 * Contracts that pay for spells, worked by hand. Prices of rough sleeping, the Innovation Fund and their caps are from the
 * descriptions that GO Lab INDIGO publishes (INDIGO-POJ-0152 to 0159; 0138 to 0147); who did what when is made up, and so
 * are the prices of employment under rough sleeping, which are chosen so that the cap bites.
 */
interface Row {
  readonly metric: string;
  readonly event: string;
  readonly from: string;
  /** The first day after; left out while it lasts, and for an event. */
  readonly to?: string;
}

/** clause, occurrence, day, amount, and why it is less than the price. */
type Line = readonly [string, string, string, string, string | null];

export interface SpellExample {
  readonly title: string;
  /** What differs from the terms of the trial contract. */
  readonly terms: object;
  readonly startedOn: string;
  readonly records: readonly Row[];
  readonly lines: readonly Line[];
  readonly total: string;
}

const spellMetric = (id: string, label: string) => ({
  id,
  kind: 'spell',
  label,
  paid: true,
  definition: label,
  evidence: ['Letter'],
});
const eventMetric = (id: string, label: string) => ({ ...spellMetric(id, label), kind: 'event' });
const clause = (id: string, title: string, rule: object, modifiers: object[] = []) => ({
  id,
  title,
  rule,
  modifiers,
  verifiedBy: 'university',
});
const frame = {
  effective: { from: '2012-04-01', to: '2023-04-01' },
  comparison: { method: 'none-for-events', deadweightPercent: '0%' },
  cohorts: [{ id: 'all', label: 'Everybody', opensOn: '2012-04-01', closesOn: '2020-03-31' }],
  periods: {
    type: 'list',
    periods: [{ id: 'all', from: '2012-04-01', to: '2023-04-01' }],
  },
  plan: [],
};
const months = (count: number, price: string) => ({
  id: `${count}m`,
  label: `${count} months`,
  months: count,
  price,
});
const weeks = (count: number, price: string) => ({
  id: `${count}w`,
  label: `${count} weeks`,
  weeks: count,
  price,
});

export const ROUGH_SLEEPING = {
  ...frame,
  metrics: [
    spellMetric('home', 'Accommodation'),
    spellMetric('job', 'Full-time work'),
    eventMetric('wellbeing', 'Wellbeing assessment'),
  ],
  clauses: [
    clause('A', 'Accommodation sustained', {
      type: 'R2',
      metric: 'home',
      rungs: [
        { id: 'entry', label: 'Moving in', months: 0, price: '600.00' },
        months(3, '1500.00'),
        months(6, '1500.00'),
        months(12, '2600.00'),
        months(18, '2500.00'),
        months(24, '1800.00'),
      ],
      onBreak: 'restart',
      openSpells: 'count',
    }),
    clause('E', 'Employment sustained', {
      type: 'R2',
      metric: 'job',
      rungs: [weeks(13, '4000.00'), weeks(26, '5000.00')],
      onBreak: 'cumulative',
      openSpells: 'count',
    }),
    clause(
      'W',
      'Wellbeing assessments',
      {
        type: 'R1',
        events: ['wellbeing'],
        price: '100.00',
      },
      [{ type: 'M2', times: 3 }],
    ),
  ],
  caps: [{ id: 'person', scope: 'participant', amount: '19000.00' }],
};

/** The prices of round 1. The ladder of work needs 13 weeks before 26; days of several jobs add up. */
export const INNOVATION_FUND = {
  ...frame,
  metrics: [
    spellMetric('behaviour', 'Improved behaviour'),
    spellMetric('attendance', 'Improved attendance'),
    eventMetric('level-1', 'First NQF level 1'),
    eventMetric('level-2', 'First NQF level 2'),
    spellMetric('job', 'First job'),
  ],
  clauses: [
    ...[
      ['B', 'behaviour', '1300.00'],
      ['A', 'attendance', '800.00'],
    ].map(([id, metric, price]) =>
      clause(id!, metric!, {
        type: 'R2',
        metric,
        rungs: [weeks(13, price!)],
        onBreak: 'restart',
        openSpells: 'count',
        notCounted: [{ label: 'Christmas 2012', from: '2012-12-22', to: '2013-01-07' }],
      }),
    ),
    ...[
      ['Q1', 'level-1', '700.00'],
      ['Q2', 'level-2', '2200.00'],
    ].map(([id, event, price]) =>
      clause(id!, event!, { type: 'R1', events: [event], price }, [{ type: 'M2', times: 1 }]),
    ),
    clause('J', 'First job', {
      type: 'R2',
      metric: 'job',
      rungs: [weeks(13, '2600.00'), weeks(26, '1000.00')],
      onBreak: 'cumulative',
      openSpells: 'count',
    }),
  ],
  caps: [{ id: 'person', scope: 'participant', amount: '8200.00' }],
};

/** Nine children for two years at the cost of a week in residential care. */
export const RESIDENTIAL_CARE = {
  ...frame,
  metrics: [spellMetric('care', 'Residential care')],
  comparison: {
    method: 'historic-baseline',
    deadweightPercent: '0%',
    note: 'Without the service each child would have spent the two years in care.',
  },
  clauses: [
    clause('C', 'Weeks of residential care avoided', {
      type: 'R9',
      metric: 'care',
      horizon: { weeks: 104 },
      against: { type: 'fixed', units: '104' },
      unit: 'week',
      partUnits: 'exact',
      rate: '433.00',
      count: 'floored',
      accrue: 'at-horizon',
      exits: 'stop-counting',
    }),
  ],
  caps: [],
};
/** The source prints £405,000: rounding is a term, not an accident. Rounded to thousands, each child comes to £45,000. */
export const RESIDENTIAL_CARE_TOTALS = {
  children: 9,
  rows: [
    { rounding: {}, total: '405288.00' },
    { rounding: { to: '1000' }, total: '405000.00' },
  ],
} as const;

export const SPELL_EXAMPLES: readonly SpellExample[] = [
  {
    title:
      'rough sleeping: nobody brings in more than £19,000, and what lies beyond stays as a line',
    terms: ROUGH_SLEEPING,
    startedOn: '2018-01-02',
    records: [
      { metric: 'home', event: 'T-1', from: '2018-01-10' },
      { metric: 'job', event: 'J-1', from: '2018-03-01' },
      { metric: 'wellbeing', event: 'W-1', from: '2018-02-01' },
      { metric: 'wellbeing', event: 'W-2', from: '2018-08-01' },
      { metric: 'wellbeing', event: 'W-3', from: '2020-02-01' },
    ],
    lines: [
      ['A', 'entry', '2018-01-10', '600.00', null],
      ['W', 'W-1', '2018-02-01', '100.00', null],
      ['A', '3m', '2018-04-10', '1500.00', null],
      ['E', '13w', '2018-05-31', '4000.00', null],
      ['A', '6m', '2018-07-10', '1500.00', null],
      ['W', 'W-2', '2018-08-01', '100.00', null],
      ['E', '26w', '2018-08-30', '5000.00', null],
      ['A', '12m', '2019-01-10', '2600.00', null],
      ['A', '18m', '2019-07-10', '2500.00', null],
      ['A', '24m', '2020-01-10', '1100.00', 'participant-cap'],
      ['A', '24m', '2020-01-10', '0.00', 'participant-cap'],
      ['W', 'W-3', '2020-02-01', '0.00', 'participant-cap'],
    ],
    total: '19000.00',
  },
  {
    title: 'rough sleeping: abandoned accommodation restarts the clock',
    terms: ROUGH_SLEEPING,
    startedOn: '2018-01-02',
    records: [
      { metric: 'home', event: 'T-1', from: '2018-01-10', to: '2018-08-20' },
      { metric: 'home', event: 'T-2', from: '2018-11-01', to: '2020-05-01' },
    ],
    lines: [
      ['A', 'entry', '2018-01-10', '600.00', null],
      ['A', '3m', '2018-04-10', '1500.00', null],
      ['A', '6m', '2018-07-10', '1500.00', null],
      ['A', '12m/2018-01-10', '2018-08-20', '0.00', 'not-sustained'],
      ['A', '12m', '2019-11-01', '2600.00', null],
      ['A', '18m', '2020-05-01', '2500.00', null],
      ['A', '24m/2018-11-01', '2020-05-01', '0.00', 'not-sustained'],
    ],
    total: '8700.00',
  },
  {
    title: 'Innovation Fund: no 26 weeks without 13, refused with its reason',
    terms: INNOVATION_FUND,
    startedOn: '2012-09-03',
    records: [{ metric: 'job', event: 'J-1', from: '2012-10-01', to: '2012-12-30' }], // 90 days
    lines: [['J', '13w/2012-10-01', '2012-12-30', '0.00', 'not-sustained']],
    total: '0.00',
  },
  {
    title: 'Innovation Fund: one day more in another job makes 13 weeks, and then 26',
    terms: INNOVATION_FUND,
    startedOn: '2012-09-03',
    records: [
      { metric: 'job', event: 'J-1', from: '2012-10-01', to: '2012-12-30' },
      { metric: 'job', event: 'J-2', from: '2013-02-01' },
    ],
    lines: [
      ['J', '13w/2012-10-01', '2012-12-30', '0.00', 'not-sustained'],
      ['J', '13w', '2013-02-02', '2600.00', null],
      ['J', '26w', '2013-05-04', '1000.00', null],
    ],
    total: '3600.00',
  },
  {
    title:
      'Innovation Fund: 13 weeks of school with Christmas left out, and £8,200 a person over all clauses',
    terms: INNOVATION_FUND,
    startedOn: '2012-09-03',
    records: [
      { metric: 'behaviour', event: 'B-1', from: '2012-10-15', to: '2012-12-22' },
      { metric: 'behaviour', event: 'B-2', from: '2013-01-07' },
      { metric: 'attendance', event: 'A-1', from: '2012-09-17' },
      { metric: 'level-1', event: 'Q-1', from: '2013-06-20' },
      { metric: 'level-2', event: 'Q-2', from: '2013-07-20' },
      { metric: 'job', event: 'J-1', from: '2013-09-02' },
    ],
    lines: [
      ['A', '13w', '2012-12-17', '800.00', null],
      ['B', '13w', '2013-01-30', '1300.00', null],
      ['Q1', 'Q-1', '2013-06-20', '700.00', null],
      ['Q2', 'Q-2', '2013-07-20', '2200.00', null],
      ['J', '13w', '2013-12-02', '2600.00', null],
      ['J', '26w', '2014-03-03', '600.00', 'participant-cap'],
      ['J', '26w', '2014-03-03', '0.00', 'participant-cap'],
    ],
    total: '8200.00',
  },
];
