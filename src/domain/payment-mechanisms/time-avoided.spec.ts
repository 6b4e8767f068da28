import { timeInWords } from './time-avoided.units.js';
import {
  aClauseContext,
  someRuleSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { somebody, spell } from '../../../test/support/record.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { formatFraction, parseFraction, sum } from '../money/fraction.js';
import type { EffectResult } from '../outcomes/contract-record.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import type { ClauseContext } from './mechanism.js';
import { timeAvoided, timeAvoidedSchema } from './time-avoided.js';

const METRICS: readonly Metric[] = [
  {
    id: 'care',
    label: 'Days in care',
    kind: 'spell',
    paid: true,
    definition: 'A placement away from home.',
    evidence: ['Placement record'],
  },
  {
    id: 'controls',
    label: 'Mean days in care of the controls',
    kind: 'effect',
    paid: true,
    unit: 'number',
    method: 'Matched controls.',
    evaluator: 'university',
  },
  {
    id: 'share',
    label: 'Reduction',
    kind: 'effect',
    paid: false,
    unit: 'percent',
    method: 'Matched controls.',
    evaluator: 'university',
  },
];
/** 100 days from 4 June 2015: the last is 11 September. */
const rule = (given: object = {}) =>
  timeAvoidedSchema.parse({
    type: 'R9',
    metric: 'care',
    horizon: { days: 100 },
    against: { type: 'fixed', units: '50' },
    unit: 'day',
    partUnits: 'exact',
    rate: '100.00',
    count: 'floored',
    accrue: 'at-horizon',
    exits: 'count-as-avoided',
    ...given,
  });
const care = (from: string, to: string | null = null, reference = 'a') =>
  spell('care', reference, from, to);
const effect = (value: string, given: Partial<EffectResult> = {}): EffectResult => ({
  metric: 'controls',
  cohort: 'all',
  signedOn: civilDate('2016-06-01'),
  version: 1,
  value: parseFraction(value),
  low: null,
  high: null,
  n: 100n,
  documentHash: 'ab12',
  ...given,
});

const weigh = (
  observations: readonly Observation[],
  given: object = {},
  person: Partial<ParticipantFacts> = {},
  context: Partial<ClauseContext> = {},
) =>
  timeAvoided
    .open(rule(given), aClauseContext(METRICS, context))
    .weigh(somebody(observations, person), true, []);
const brief = (...given: Parameters<typeof weigh>) =>
  weigh(...given).map(({ occurrence, outcomeOn, quantity, exactMinor, reason }) => [
    occurrence,
    outcomeOn,
    formatFraction(quantity),
    formatFraction(exactMinor),
    reason,
  ]);
const atEnd = (units: string, minor: string, reason: string | null = null) => [
  ['horizon', '2015-09-11', units, minor, reason],
];

describe('R9 pays for time avoided', () => {
  it.each<[string, Observation[], object, unknown[]]>([
    ['no day in care', [], {}, atEnd('50', '500000')],
    ['one day', [care('2015-07-01', '2015-07-02')], {}, atEnd('49', '490000')],
    ['one day fewer than expected', [care('2015-06-04', '2015-07-23')], {}, atEnd('1', '10000')],
    ['as expected', [care('2015-06-04', '2015-07-24')], {}, atEnd('0', '0', 'nothing-avoided')],
    ['one day more', [care('2015-06-04', '2015-07-25')], {}, atEnd('0', '0', 'nothing-avoided')],
    [
      'one day more, counted against the others',
      [care('2015-06-04', '2015-07-25')],
      { count: 'net' },
      atEnd('-1', '-10000'),
    ],
    [
      'as expected, net',
      [care('2015-06-04', '2015-07-24')],
      { count: 'net' },
      atEnd('0', '0', 'nothing-avoided'),
    ],
    ['the last day inside the horizon', [care('2015-09-11')], {}, atEnd('49', '490000')],
    ['the first day outside', [care('2015-09-12')], {}, atEnd('50', '500000')],
    ['days before the start', [care('2015-01-01', '2015-06-05')], {}, atEnd('49', '490000')],
    [
      'two records of the same days, counted once',
      [care('2015-07-01', '2015-07-03'), care('2015-07-02', '2015-07-04', 'b')],
      {},
      atEnd('47', '470000'),
    ],
    [
      'weeks and parts of them',
      [care('2015-07-01', '2015-07-04')],
      { unit: 'week', against: { type: 'fixed', units: '2' } },
      atEnd('11/7', '110000/7'),
    ],
    [
      'whole weeks only',
      [care('2015-07-01', '2015-07-04')],
      { unit: 'week', against: { type: 'fixed', units: '2' }, partUnits: 'whole' },
      atEnd('1', '10000'),
    ],
    [
      'whole weeks, net: a part of a week more is none',
      [care('2015-07-01', '2015-07-18')],
      { unit: 'week', against: { type: 'fixed', units: '2' }, partUnits: 'whole', count: 'net' },
      atEnd('0', '0', 'nothing-avoided'),
    ],
  ])('%s', (_, observations, given, expected) => {
    expect(brief(observations, given)).toEqual(expected);
    expect(brief([...observations].reverse(), given)).toEqual(expected);
  });

  it('pays nine children who stay out of residential care for 104 weeks £405,288.00', () => {
    const given = {
      horizon: { weeks: 104 },
      against: { type: 'fixed', units: '104' },
      unit: 'week',
      rate: '433.00',
    };
    const children = Array.from({ length: 9 }, () => weigh([], given)[0]!.exactMinor);
    expect(formatFraction(sum(children))).toBe('40528800');
  });

  it('compares with what was expected of each participant', () => {
    const given = { against: { type: 'attribute', attribute: 'expected' } };
    const records = [care('2015-07-01', '2015-07-11')];
    expect(brief(records, given, { attributes: { expected: 30 } })).toEqual(atEnd('20', '200000'));
    expect(brief(records, given)).toEqual(atEnd('0', '0', 'no-baseline'));
    expect(brief(records, given, { attributes: { expected: 'many' } })).toEqual(
      atEnd('0', '0', 'no-baseline'),
    );
  });

  it('compares with the mean of the controls, as signed last, for the cohort before all of them', () => {
    const given = { against: { type: 'effect', metric: 'controls' } };
    const records = [care('2015-07-01', '2015-07-11')];
    const with_ = (...effects: EffectResult[]) =>
      brief(records, given, {}, { record: { figures: [], effects } });
    expect(with_()).toEqual(atEnd('0', '0', 'no-result'));
    expect(with_(effect('20', { cohort: 'other' }), effect('20', { metric: 'share' }))).toEqual(
      atEnd('0', '0', 'no-result'),
    );
    expect(with_(effect('12.5', { cohort: '*' }))).toEqual(atEnd('2.5', '25000'));
    expect(with_(effect('12', { cohort: '*' }), effect('14'))).toEqual(atEnd('4', '40000'));
    expect(with_(effect('16', { version: 2 }), effect('14'))).toEqual(atEnd('6', '60000'));
    const later = effect('11', { signedOn: civilDate('2016-07-01') });
    expect(with_(later, effect('16', { version: 2 }))).toEqual(atEnd('1', '10000'));
    const [outcome] = weigh(records, given, {}, { record: { figures: [], effects: [later] } });
    expect(outcome!.evidence).toEqual(['care/a#1', 'controls/all#1 sha256:ab12']);
  });

  it('pays each period what it adds, and takes back what a later one loses', () => {
    // 26 days of the second quarter, 92 of the third, 82 of the fourth; half a day expected for each
    const given = {
      horizon: { days: 200 },
      against: { type: 'fixed', units: '100' },
      accrue: 'each-period',
    };
    expect(brief([], given)).toEqual([
      ['2015-Q2', '2015-06-30', '13.5', '135000', null],
      ['2015-Q3', '2015-09-30', '46', '460000', null],
      ['2015-Q4', '2015-12-20', '40.5', '405000', null],
    ]);
    // in care for the 81 days of the last quarter that remain
    expect(brief([care('2015-10-01')], given)).toEqual([
      ['2015-Q2', '2015-06-30', '13.5', '135000', null],
      ['2015-Q3', '2015-09-30', '46', '460000', null],
      ['2015-Q4', '2015-12-20', '-40.5', '-405000', null],
    ]);
    // in care all the time: the running total never leaves nought
    expect(
      brief([care('2015-01-01')], given).map(([, , units, , reason]) => [units, reason]),
    ).toEqual(Array(3).fill(['0', 'nothing-avoided']));
  });

  it('follows the terms when somebody leaves or dies before the horizon ends', () => {
    const records = [care('2015-06-14', '2015-06-24')];
    const left = { exitedOn: civilDate('2015-07-04') }; // after 30 of 100 days
    expect(brief(records, { exits: 'count-as-avoided' }, left)).toEqual(atEnd('40', '400000'));
    expect(brief(records, { exits: 'stop-counting' }, left)).toEqual([
      ['horizon', '2015-07-03', '5', '50000', null],
    ]);
    expect(brief(records, { exits: 'exclude' }, left)).toEqual(atEnd('0', '0', 'left-early'));
    const stayed = { exitedOn: civilDate('2015-09-12') };
    expect(brief(records, { exits: 'exclude' }, stayed)).toEqual(atEnd('40', '400000'));
    expect(brief(records, { exits: 'stop-counting' }, stayed)).toEqual(atEnd('40', '400000'));
    const atOnce = { exitedOn: civilDate('2015-06-04') };
    expect(brief([], { exits: 'stop-counting' }, atOnce)).toEqual([
      ['horizon', '2015-06-04', '0.5', '5000', null],
    ]);
    const parts = { exits: 'stop-counting', accrue: 'each-period' };
    expect(brief(records, parts, left).map(([id, on]) => [id, on])).toEqual([
      ['2015-Q2', '2015-06-30'],
      ['2015-Q3', '2015-07-03'],
    ]);
  });

  it('counts the rest as avoided although a record of care runs on after somebody has left or died', () => {
    // expected 50 of 100 days, left after 30 with ten in care
    const left = { exitedOn: civilDate('2015-07-04') };
    const open = [care('2015-06-24')];
    expect(brief(open, { exits: 'count-as-avoided' }, left)).toEqual(atEnd('40', '400000'));
    const later = [care('2015-06-24', '2015-08-01'), care('2015-08-10', '2015-08-20', 'b')];
    expect(brief(later, { exits: 'count-as-avoided' }, left)).toEqual(atEnd('40', '400000'));
    expect(weigh(later, { exits: 'count-as-avoided' }, left)[0]!.evidence).toEqual(['care/a#1']);
    const atOnce = { exitedOn: civilDate('2015-06-04') };
    expect(brief(open, { exits: 'count-as-avoided' }, atOnce)).toEqual(atEnd('50', '500000'));
  });

  it('says what was found', () => {
    const [outcome] = weigh(
      [care('2015-06-14', '2015-06-24')],
      {},
      {
        exitedOn: civilDate('2015-07-04'),
      },
    );
    expect(outcome).toMatchObject({
      finding:
        'Days in care from 2015-06-04 to 2015-09-11: 10 days against 50 days expected, left on 2015-07-04',
      reckoning: '40 days avoided at £100.00',
      evidence: ['care/a#1'],
      steps: [{ step: 'R9', before: '0', after: '400000', why: '40 days avoided' }],
    });
    const words = aWording(new Map(METRICS.map((m) => [m.id, m])));
    expect(timeAvoided.inWords(rule(), words)).toBe(
      'pays £100.00 for each day of Days in care avoided against 50 days over 100 days from the start; ' +
        'parts of a day count; a person who had more counts as nought; once, on the last day; ' +
        'after a participant has left, the rest counts as avoided',
    );
    const effectRule = rule({ against: { type: 'effect', metric: 'controls' } });
    expect(timeAvoided.inWords(effectRule, words)).toContain(
      'against Mean days in care of the controls',
    );
    expect(timeAvoided.metrics(effectRule)).toEqual(['care', 'controls']);
  });
});

describe('terms of R9', () => {
  const found = (given: object) =>
    timeAvoided
      .problems(
        rule(given),
        someRuleSurroundings(METRICS, {
          attributes: {
            expected: { type: 'number', label: 'Expected days' },
            area: { type: 'yes-no', label: 'In the area' },
          },
        }),
      )
      .map(({ at, code }) => [at, code]);
  const fixed = (units: string) => ({ against: { type: 'fixed', units } });

  it.each<[string, object, unknown[]]>([
    ['none', {}, []],
    ['a metric that is no spell', { metric: 'controls' }, [['/metric', 'METRIC_UNKNOWN']]],
    ['a rate that is negative', { rate: '-1.00' }, [['/rate', 'PRICE_NEGATIVE']]],
    ['a horizon of no length', { horizon: {} }, [['/horizon', 'LENGTH_UNCLEAR']]],
    ['an empty horizon', { horizon: { weeks: 0 }, ...fixed('0') }, [['/horizon', 'HORIZON_EMPTY']]],
    ['a baseline that fills the horizon', fixed('100'), []],
    ['one that does not fit', fixed('100.5'), [['/against/units', 'BASELINE_TOO_LONG']]],
    [
      'weeks that do not fit',
      { unit: 'week', ...fixed('15') },
      [['/against/units', 'BASELINE_TOO_LONG']],
    ],
    ['months, as long as they may be', { horizon: { months: 2 }, ...fixed('62') }, []],
    ['a baseline that is no number', fixed('1e3'), [['/against/units', 'BASELINE_UNREADABLE']]],
    [
      'an attribute that nobody declared',
      { against: { type: 'attribute', attribute: 'days' } },
      [['/against/attribute', 'ATTRIBUTE_UNDECLARED']],
    ],
    [
      'an attribute that is no number',
      { against: { type: 'attribute', attribute: 'area' } },
      [['/against/attribute', 'ATTRIBUTE_NOT_A_NUMBER']],
    ],
    ['an attribute', { against: { type: 'attribute', attribute: 'expected' } }, []],
    ['an effect', { against: { type: 'effect', metric: 'controls' } }, []],
    [
      'an effect in percent',
      { against: { type: 'effect', metric: 'share' } },
      [['/against/metric', 'METRIC_UNKNOWN']],
    ],
  ])('%s', (_, given, expected) => expect(found(given)).toEqual(expected));
});

describe('time as people count it', () => {
  it.each([
    ['22/7', 'week', '3 weeks and 1 day'],
    ['13/7', 'week', '1 week and 6 days'],
    ['3/7', 'week', '3 days'],
    ['27/14', 'week', '1 week and 6.5 days'],
    ['104', 'week', '104 weeks'],
    ['-2', 'week', '-2 weeks'],
    ['-13/7', 'week', 'minus 1 week and 6 days'],
    ['5460/73', 'day', 'about 74.7945 (5460/73) days'],
    ['1', 'day', '1 day'],
    ['0', 'week', '0 weeks'],
  ] as const)('%s %ss is %s', (value, unit, words) =>
    expect(timeInWords(parseFraction(value), unit)).toBe(words),
  );
});
