import {
  aClauseContext,
  someRuleSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { event, somebody, spell } from '../../../test/support/record.builder.js';
import { formatFraction } from '../money/fraction.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { sustainmentLadder, sustainmentLadderSchema } from './sustainment-ladder.js';

const METRICS: readonly Metric[] = [
  {
    id: 'home',
    label: 'A home',
    kind: 'spell',
    paid: true,
    definition: 'A tenancy.',
    evidence: ['Tenancy agreement'],
  },
  {
    id: 'job',
    label: 'A job',
    kind: 'event',
    paid: true,
    definition: 'A job.',
    evidence: ['Letter'],
  },
];
const RUNGS = [
  { id: 'entry', label: 'Moving in', months: 0, price: '600.00' },
  { id: '3m', label: '3 months', months: 3, price: '1500.00' },
  { id: '6m', label: '6 months', months: 6, price: '1500.00' },
];
const WEEKS = [
  { id: '13w', label: '13 weeks', weeks: 13, price: '2600.00' },
  { id: '26w', label: '26 weeks', weeks: 26, price: '1000.00' },
];
const ladder = (rule: object = {}) =>
  sustainmentLadderSchema.parse({
    type: 'R2',
    metric: 'home',
    rungs: RUNGS,
    onBreak: 'restart',
    openSpells: 'count',
    ...rule,
  });
const weigh = (observations: readonly Observation[], rule: object = {}) =>
  sustainmentLadder
    .open(ladder(rule), aClauseContext(METRICS))
    .weigh(somebody(observations), true, []);
const brief = (observations: readonly Observation[], rule: object = {}) =>
  weigh(observations, rule).map(({ occurrence, outcomeOn, exactMinor, reason }) => [
    occurrence,
    outcomeOn,
    formatFraction(exactMinor),
    reason,
  ]);
const home = (reference: string, from: string, to: string | null = null) =>
  spell('home', reference, from, to);
const ENTRY = ['entry', '2015-07-01', '60000', null];
const THREE = ['3m', '2015-10-01', '150000', null];
const SIX = ['6m', '2016-01-01', '150000', null];

describe('R2 pays for each length that a spell lasts', () => {
  it.each<[string, Observation[], unknown[]]>([
    ['nothing', [], []],
    ['only what is no spell of the metric', [event('job', 'j', '2015-07-01')], []],
    ['one that lasts', [home('a', '2015-07-01')], [ENTRY, THREE, SIX]],
    [
      'ended the day before three months',
      [home('a', '2015-07-01', '2015-09-30')],
      [ENTRY, ['3m/2015-07-01', '2015-09-30', '0', 'not-sustained']],
    ],
    [
      'ended after exactly three months',
      [home('a', '2015-07-01', '2015-10-01')],
      [ENTRY, THREE, ['6m/2015-07-01', '2015-10-01', '0', 'not-sustained']],
    ],
    [
      'ended a day after three months',
      [home('a', '2015-07-01', '2015-10-02')],
      [ENTRY, THREE, ['6m/2015-07-01', '2015-10-02', '0', 'not-sustained']],
    ],
    ['ended after the last rung', [home('a', '2015-07-01', '2017-01-01')], [ENTRY, THREE, SIX]],
    [
      'abandoned and begun again: the clock restarts, what was reached stays',
      [home('a', '2015-07-01', '2015-11-01'), home('b', '2016-01-01')],
      [
        ENTRY,
        THREE,
        ['6m/2015-07-01', '2015-11-01', '0', 'not-sustained'],
        ['6m', '2016-07-01', '150000', null],
      ],
    ],
    [
      'begun before the participant’s start, which is the first day that counts',
      [home('a', '2014-01-01')],
      [
        ['entry', '2015-06-04', '60000', null],
        ['3m', '2015-09-04', '150000', null],
        ['6m', '2015-12-04', '150000', null],
      ],
    ],
    [
      'begun on 31 August: the corresponding date is the last of a short month',
      [home('a', '2015-08-31')],
      [
        ['entry', '2015-08-31', '60000', null],
        ['3m', '2015-11-30', '150000', null],
        ['6m', '2016-02-29', '150000', null],
      ],
    ],
    ['taken back', [spell('home', 'a', '2015-07-01', null, { status: 'void' })], []],
  ])('%s', (_, observations, expected) => {
    expect(brief(observations)).toEqual(expected);
    expect(brief([...observations].reverse())).toEqual(expected);
  });

  it('is not broken by a gap that is tolerated', () => {
    const records = [home('a', '2015-07-01', '2015-09-01'), home('b', '2015-09-15')];
    expect(brief(records, { toleranceDays: 14 })).toEqual([ENTRY, THREE, SIX]);
    expect(brief(records, { toleranceDays: 13 })[1]).toEqual([
      '3m/2015-07-01',
      '2015-09-01',
      '0',
      'not-sustained',
    ]);
  });

  it('adds up days where breaks do not matter', () => {
    const records = [
      home('a', '2015-07-01', '2015-08-05'), // 35 days
      home('b', '2015-09-01', '2015-10-27'), // 56 days: 91 in all
      home('c', '2016-01-04'),
    ];
    const rule = { rungs: WEEKS, onBreak: 'cumulative' };
    expect(brief(records, rule)).toEqual([
      ['13w/2015-07-01', '2015-08-05', '0', 'not-sustained'],
      ['13w', '2015-10-27', '260000', null],
      ['26w/2015-09-01', '2015-10-27', '0', 'not-sustained'],
      ['26w', '2016-04-04', '100000', null],
    ]);
    expect(weigh(records, rule)[0]!.finding).toBe(
      '"A home", begun on 2015-07-01, had ended by 2015-08-05 (35 days in all), before 13 weeks',
    );
    const dayShort = [records[0]!, home('b', '2015-09-01', '2015-10-26')];
    expect(brief(dayShort, rule).map(([occurrence]) => occurrence)).toEqual([
      '13w/2015-07-01',
      '13w/2015-09-01',
    ]);
  });

  it('leaves school holidays out: 13 continuous weeks of school', () => {
    const rule = {
      rungs: WEEKS.slice(0, 1),
      notCounted: [{ label: 'Autumn half-term', from: '2015-10-24', to: '2015-11-02' }],
    };
    const plain = brief([home('a', '2015-09-01')], { rungs: WEEKS.slice(0, 1) });
    expect(plain).toEqual([['13w', '2015-12-01', '260000', null]]);
    const lasted = [['13w', '2015-12-10', '260000', null]];
    expect(brief([home('a', '2015-09-01')], rule)).toEqual(lasted);
    // recorded until the holiday and again after it: no break
    const twice = [home('a', '2015-09-01', '2015-10-24'), home('b', '2015-11-02')];
    expect(brief(twice, rule)).toEqual(lasted);
    // wholly inside the holiday: nothing has lasted
    expect(brief([home('a', '2015-10-25', '2015-10-30')], rule)).toEqual([
      ['13w/2015-10-25', '2015-10-30', '0', 'not-sustained'],
    ]);
  });

  it('waits, where the terms say so, for an end or a later record', () => {
    const wait = { openSpells: 'wait' };
    expect(brief([home('a', '2015-07-01')], wait)).toEqual([ENTRY]);
    const seen = (on: string) => [home('a', '2015-07-01'), home('b', on)];
    expect(brief(seen('2015-09-29'), wait)).toEqual([ENTRY]);
    expect(brief(seen('2015-09-30'), wait)).toEqual([ENTRY, THREE]); // that day is the last of three months
    expect(brief([home('a', '2015-07-01', '2016-01-01')], wait)).toEqual([ENTRY, THREE, SIX]);
  });

  it('refuses a spell that begins too late', () => {
    const late = [['entry/2015-07-01', '2015-07-01', '0', 'started-too-late']];
    const records = [home('a', '2015-07-01')];
    expect(brief(records, { latestStartOn: '2015-06-30' })).toEqual(late);
    expect(brief(records, { latestStartOn: '2015-07-01' })).toHaveLength(3);
    expect(brief(records, { latestStart: { days: 26 } })).toEqual(late);
    expect(brief(records, { latestStart: { days: 27 } })).toHaveLength(3);
    const both = { latestStartOn: '2015-06-30', latestStart: { days: 27 } };
    expect(brief(records, both)).toEqual(late);
  });

  it('records a rung without a price', () => {
    const rungs = [{ ...RUNGS[0]!, price: '0.00' }];
    expect(brief([home('a', '2015-07-01')], { rungs })).toEqual([
      ['entry', '2015-07-01', '0', 'price-is-nil'],
    ]);
  });

  it('pays the Fair Chance Fund’s rungs: £500 on moving in, £1,500 at 3, 6, 12 and 18 months', () => {
    const rungs = [
      { ...RUNGS[0]!, price: '500.00' },
      ...[3, 6, 12, 18].map((months) => ({
        id: `${months}m`,
        label: `${months} months`,
        months,
        price: '1500.00',
      })),
    ];
    const outcomes = weigh([home('a', '2015-07-01')], { rungs });
    const pounds = outcomes.reduce((sum, { exactMinor }) => sum + exactMinor.numerator, 0n);
    expect(pounds).toBe(650000n);
  });

  it('says what was found, and on what it rests', () => {
    const [entry, three, short] = weigh([home('a', '2015-07-01', '2015-11-01')]);
    expect(entry).toMatchObject({
      finding: '"A home" began on 2015-07-01',
      unit: 'milestone',
      evidence: ['home/a#1'],
    });
    expect(three).toMatchObject({
      finding: '"A home", begun on 2015-07-01, had lasted 3 months on 2015-10-01',
      steps: [{ step: 'R2', before: '0', after: '150000', why: '3 months at £1,500.00' }],
    });
    expect(short!.finding).toBe(
      '"A home", begun on 2015-07-01, had ended by 2015-11-01, before 6 months',
    );
    const cumulative = ladder({ rungs: WEEKS, onBreak: 'cumulative', openSpells: 'wait' });
    const words = aWording(new Map(METRICS.map((m) => [m.id, m])));
    expect(sustainmentLadder.inWords(ladder({ toleranceDays: 7 }), words)).toBe(
      'pays each participant for A home, once for each step: £600.00 at the start, £1,500.00 after 3 months, £1,500.00 after 6 months; ' +
        'a break of more than 7 days starts the clock again; a spell without an end counts as lasting',
    );
    expect(sustainmentLadder.inWords(cumulative, words)).toContain(
      'days before and after any break add up; ' +
        'a spell without an end counts as far as a later record of it shows',
    );
  });
});

describe('terms of R2', () => {
  const found = (rule: object) =>
    sustainmentLadder
      .problems(ladder(rule), someRuleSurroundings(METRICS))
      .map(({ at, code }) => [at, code]);

  it.each<[string, object, unknown[]]>([
    ['none', {}, []],
    ['an event for a metric', { metric: 'job' }, [['/metric', 'METRIC_UNKNOWN']]],
    [
      'a price that is negative',
      { rungs: [{ ...RUNGS[0], price: '-1.00' }] },
      [['/rungs/0/price', 'PRICE_NEGATIVE']],
    ],
    [
      'a rung twice',
      { rungs: [RUNGS[0], { ...RUNGS[1], id: 'entry' }] },
      [['/rungs/1/id', 'NAME_TWICE']],
    ],
    [
      'a rung of no stated length, and one of two',
      {
        rungs: [
          { id: 'a', label: 'A', price: '1.00' },
          { ...RUNGS[1], days: 90 },
        ],
      },
      [
        ['/rungs/0', 'LENGTH_UNCLEAR'],
        ['/rungs/1', 'LENGTH_UNCLEAR'],
      ],
    ],
    [
      'rungs as long as each other',
      { rungs: [RUNGS[1], { ...RUNGS[1], id: 'b' }] },
      [['/rungs/1', 'RUNGS_OUT_OF_ORDER']],
    ],
    [
      'rungs in days and weeks',
      { rungs: [{ ...WEEKS[0], weeks: undefined, days: 90 }, WEEKS[1]] },
      [],
    ],
    [
      'rungs in months and weeks',
      { rungs: [RUNGS[1], WEEKS[1]] },
      [['/rungs/1', 'RUNGS_NOT_COMPARABLE']],
    ],
    [
      'the entry after a rung',
      { rungs: [RUNGS[1], { ...RUNGS[0], months: undefined, days: 0 }] },
      [['/rungs/1', 'RUNGS_OUT_OF_ORDER']],
    ],
    [
      'months that must add up',
      { onBreak: 'cumulative' },
      [
        ['/rungs/1/months', 'MONTHS_CANNOT_ADD_UP'],
        ['/rungs/2/months', 'MONTHS_CANNOT_ADD_UP'],
      ],
    ],
    [
      'holidays that end before they begin',
      { rungs: WEEKS, notCounted: [{ label: 'Easter', from: '2016-04-01', to: '2016-04-01' }] },
      [['/notCounted/0/to', 'SPAN_BACKWARD']],
    ],
    ['a latest start of no length', { latestStart: {} }, [['/latestStart', 'LENGTH_UNCLEAR']]],
  ])('%s', (_, rule, expected) => expect(found(rule)).toEqual(expected));
});
