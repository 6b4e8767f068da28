import type { ScoreMetric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { aClauseContext, someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { score, somebody } from '../../../test/support/record.builder.js';
import { UCLA } from '../../../test/support/ucla.metric.js';
import { personThreshold, type PersonThresholdRule } from './person-threshold.js';

const CHANGE: PersonThresholdRule = {
  type: 'R3',
  metric: 'ucla',
  price: '500.00',
  threshold: { kind: 'change', points: '2' },
  timePoints: ['6m', '18m'],
  waves: 'independent',
  unit: 'result',
};
const level = (value: string, notAtBaseline = false) =>
  ({ ...CHANGE, threshold: { kind: 'level', value, notAtBaseline } }) as const;

const weigh = (
  observations: readonly Observation[],
  rule: PersonThresholdRule = CHANGE,
  metric: ScoreMetric = UCLA,
) => personThreshold.open(rule, aClauseContext([metric])).weigh(somebody(observations), true, []);

const scores = (baseline: string, six: string, eighteen: string) => [
  score('baseline', '2015-06-02', baseline),
  score('6m', '2015-12-10', six),
  score('18m', '2016-12-10', eighteen),
];
const told = (outcomes: ReturnType<typeof weigh>) =>
  outcomes.map(({ exactMinor, reason }) => [exactMinor.numerator, reason]);

describe('R3 pays for each person who changes enough, or reaches a level', () => {
  it.each<[string, PersonThresholdRule, string[], [bigint, string | null][]]>([
    [
      'worse',
      CHANGE,
      ['6', '7', '7'],
      [
        [0n, 'not-reached'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'no change',
      CHANGE,
      ['6', '6', '6'],
      [
        [0n, 'not-reached'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'a point less than the threshold',
      CHANGE,
      ['8', '7', '7'],
      [
        [0n, 'not-reached'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'the threshold',
      CHANGE,
      ['8', '6', '7'],
      [
        [50000n, null],
        [0n, 'not-reached'],
      ],
    ],
    [
      'a point beyond',
      CHANGE,
      ['8', '5', '5'],
      [
        [50000n, null],
        [50000n, null],
      ],
    ],
    [
      'reached again, increments',
      { ...CHANGE, waves: 'increment' },
      ['8', '6', '6'],
      [
        [50000n, null],
        [0n, 'no-further-improvement'],
      ],
    ],
    [
      'lost again, increments',
      { ...CHANGE, waves: 'increment' },
      ['8', '6', '8'],
      [
        [50000n, null],
        [0n, 'not-reached'],
      ],
    ],
    [
      'not held',
      { ...CHANGE, waves: 'held' },
      ['8', '6', '7'],
      [
        [50000n, null],
        [0n, 'not-held'],
      ],
    ],
    [
      'held',
      { ...CHANGE, waves: 'held' },
      ['8', '6', '6'],
      [
        [50000n, null],
        [50000n, null],
      ],
    ],
    [
      'once of two, average',
      { ...CHANGE, waves: 'average' },
      ['8', '6', '7'],
      [
        [0n, 'not-last'],
        [25000n, null],
      ],
    ],
    [
      'last only',
      { ...CHANGE, waves: 'last' },
      ['8', '6', '7'],
      [
        [0n, 'not-last'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'without a price',
      { ...CHANGE, price: '0.00' },
      ['8', '6', '7'],
      [
        [0n, 'price-is-nil'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'a point short of the level',
      level('5'),
      ['8', '6', '6'],
      [
        [0n, 'not-reached'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'at the level, then beyond',
      level('5'),
      ['8', '5', '4'],
      [
        [50000n, null],
        [50000n, null],
      ],
    ],
    [
      'there at the baseline',
      level('5'),
      ['5', '5', '5'],
      [
        [50000n, null],
        [50000n, null],
      ],
    ],
    [
      'there at the baseline, not paid',
      level('5', true),
      ['5', '4', '3'],
      [
        [0n, 'not-reached'],
        [0n, 'not-reached'],
      ],
    ],
    [
      'not there at the baseline',
      level('5', true),
      ['6', '5', '6'],
      [
        [50000n, null],
        [0n, 'not-reached'],
      ],
    ],
  ])('%s', (_name, rule, [baseline, six, eighteen], pays) => {
    expect(told(weigh(scores(baseline!, six!, eighteen!), rule))).toEqual(pays);
  });

  it.each<[string, PersonThresholdRule, Observation[], string | null]>([
    ['no baseline', CHANGE, [score('6m', '2015-12-10', '5')], 'no-baseline'],
    [
      'a late baseline',
      CHANGE,
      [score('baseline', '2015-08-02', '8'), score('6m', '2015-12-10', '5')],
      'baseline-outside-window',
    ],
    ['missed', CHANGE, [], 'missed'],
    [
      'late',
      CHANGE,
      [score('baseline', '2015-06-02', '8'), score('6m', '2016-01-04', '5')],
      'outside-window',
    ],
    [
      'declined',
      CHANGE,
      [score('6m', '2015-12-10', '0', { status: 'declined', value: null })],
      'declined',
    ],
    [
      'not collected',
      CHANGE,
      [score('6m', '2015-12-10', '0', { status: 'could-not-collect', value: null })],
      'could-not-collect',
    ],
    ['a level without a baseline', level('5'), [score('6m', '2015-12-10', '5')], null],
    [
      'a level without a baseline, late',
      level('5'),
      [score('6m', '2016-01-04', '5')],
      'outside-window',
    ],
    [
      'a level that needs the baseline',
      level('5', true),
      [score('6m', '2015-12-10', '5')],
      'no-baseline',
    ],
  ])('%s', (_name, rule, observations, reason) => {
    expect(weigh(observations, rule)[0]!.reason).toBe(reason);
  });

  it('pays a late level where the metric says that late ones are paid', () => {
    const late = [score('6m', '2016-01-04', '5')];
    expect(weigh(late, level('5'), { ...UCLA, outsideWindow: 'pay' })[0]!.reason).toBeNull();
  });

  it('can be read aloud', () => {
    expect(weigh(scores('8', '6', '7'))[0]!.finding).toBe(
      'UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03), where a change of at least 2 is paid for',
    );
    expect(weigh(scores('5', '5', '5'), level('5', true))[0]!.finding).toContain(
      ', and 5 was reached at the baseline already, where reaching 5 is paid for',
    );
    expect(personThreshold.inWords(CHANGE, someRuleSurroundings([UCLA]))).toBe(
      'pays £500.00 for each person whose UCLA improves on the baseline by 2 or more at 6 months and 18 months; each time point is paid on its own improvement over the baseline',
    );
    expect(personThreshold.inWords(level('5', true), someRuleSurroundings([UCLA]))).toContain(
      'whose UCLA reaches 5 and had not reached it at the baseline,',
    );
  });

  it.each<[string, Partial<PersonThresholdRule>, [string, string][]]>([
    ['none', {}, []],
    ['a negative price', { price: '-1.00' }, [['/price', 'PRICE_NEGATIVE']]],
    ['no such metric', { metric: 'x' }, [['/metric', 'METRIC_UNKNOWN']]],
    ['a time point unknown', { timePoints: ['7m'] }, [['/timePoints/0', 'TIME_POINT_UNKNOWN']]],
    ['the baseline', { timePoints: ['baseline'] }, [['/timePoints/0', 'BASELINE_PAID']]],
    [
      'out of order',
      { timePoints: ['18m', '6m'] },
      [['/timePoints/1', 'TIME_POINTS_OUT_OF_ORDER']],
    ],
    [
      'no change at all',
      { threshold: { kind: 'change', points: '0' } },
      [['/threshold/points', 'THRESHOLD_IMPOSSIBLE']],
    ],
    ['the widest change', { threshold: { kind: 'change', points: '6' } }, []],
    [
      'more than the scale',
      { threshold: { kind: 'change', points: '7' } },
      [['/threshold/points', 'THRESHOLD_IMPOSSIBLE']],
    ],
    [
      'no number',
      { threshold: { kind: 'change', points: 'two' } },
      [['/threshold/points', 'NOT_A_NUMBER']],
    ],
    ['the best level', { threshold: level('3').threshold }, []],
    [
      'a level below the scale',
      { threshold: level('2').threshold },
      [['/threshold/value', 'THRESHOLD_IMPOSSIBLE']],
    ],
    [
      'a level above the scale',
      { threshold: level('10').threshold },
      [['/threshold/value', 'THRESHOLD_IMPOSSIBLE']],
    ],
  ])('contradictions: %s', (_name, changes, faults) => {
    const found = personThreshold.problems({ ...CHANGE, ...changes }, someRuleSurroundings([UCLA]));
    expect(found.map(({ at, code }) => [at, code])).toEqual(faults);
  });
});
