import { civilDate } from '../calendar/civil-date.js';
import { divide, formatFraction, fraction, sum } from '../money/fraction.js';
import type { ScoreMetric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { aClauseContext, someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { score, somebody } from '../../../test/support/record.builder.js';
import type { ClauseContext } from './mechanism.js';
import { perPoint, type PerPointRule } from './per-point.js';

const UCLA: ScoreMetric = {
  id: 'ucla',
  kind: 'score',
  label: 'UCLA',
  paid: true,
  instrument: 'ucla-3',
  baseline: 'baseline',
  timePoints: [
    { id: 'baseline', label: 'Baseline', months: 0, opensDays: -28, closesDays: 14 },
    { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
    { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 },
  ],
  choose: 'first',
  outsideWindow: 'refuse',
};

const RULE: PerPointRule = {
  type: 'R4',
  metric: 'ucla',
  rate: '660.00',
  count: 'floored',
  timePoints: ['6m', '18m'],
  waves: 'increment',
};

const context = (metric: ScoreMetric, before = '2018-01-01'): ClauseContext =>
  aClauseContext([metric], { before: civilDate(before) });

interface Terms {
  readonly rule?: Partial<PerPointRule>;
  readonly metric?: Partial<ScoreMetric>;
  readonly before?: string;
}

const weigh = (observations: readonly Observation[], { rule, metric, before }: Terms = {}) =>
  perPoint
    .open({ ...RULE, ...rule }, context({ ...UCLA, ...metric }, before))
    .weigh(somebody(observations), true, []);

const pounds = (outcomes: ReturnType<typeof weigh>) =>
  formatFraction(divide(sum(outcomes.map(({ exactMinor }) => exactMinor)), fraction(100n)));

const BASELINE = score('baseline', '2015-06-02', '8');
const first = (value: string) => score('6m', '2015-12-10', value);
const second = (value: string) => score('18m', '2016-12-10', value);

describe('R4 pays for each point by which a person improves', () => {
  it.each<[string, string[], Terms, string]>([
    // Engine document, section 2: a reduction measured as 8, then 6, then 7.
    ['8, 6, 7, each wave by itself', ['6', '7'], { rule: { waves: 'independent' } }, '1980'],
    ['8, 6, 7, increments', ['6', '7'], {}, '1320'],
    ['8, 6, 7, held', ['6', '7'], { rule: { waves: 'held' } }, '1320'],
    ['8, 6, 7, average', ['6', '7'], { rule: { waves: 'average' } }, '990'],
    ['8, 6, 7, last', ['6', '7'], { rule: { waves: 'last' } }, '660'],
    [
      '8, 6, 7, net, each by itself',
      ['6', '7'],
      { rule: { waves: 'independent', count: 'net' } },
      '1980',
    ],
    ['8, 6, 7, net, increments', ['6', '7'], { rule: { count: 'net' } }, '660'],
    ['8, 6, 7, net, held', ['6', '7'], { rule: { waves: 'held', count: 'net' } }, '1320'],
    ['8, 6, 7, net, average', ['6', '7'], { rule: { waves: 'average', count: 'net' } }, '990'],
    ['8, 6, 7, net, last', ['6', '7'], { rule: { waves: 'last', count: 'net' } }, '660'],
    ['8, 6, 7, net increments', ['6', '7'], { rule: { count: 'net' } }, '660'],
    ['8, 7, 6, increments', ['7', '6'], {}, '1320'],
    ['8, 9, 8, floored', ['9', '8'], {}, '0'],
    ['8, 9, 9, net increments', ['9', '9'], { rule: { count: 'net' } }, '-660'],
    ['8, 3, 3, at most four points', ['3', '3'], { rule: { maxPoints: '4' } }, '2640'],
    ['8, 3, 3, at most half a point', ['3', '3'], { rule: { maxPoints: '0.5' } }, '330'],
    ['a nil rate', ['6', '7'], { rule: { rate: '0.00' } }, '0'],
  ])('%s', (_name, [six, eighteen], terms, total) => {
    expect(pounds(weigh([BASELINE, first(six!), second(eighteen!)], terms))).toBe(total);
  });

  it.each(['average', 'last'] as const)('%s pays nothing before the last is due', (waves) => {
    const found = weigh([BASELINE, first('6')], { rule: { waves }, before: '2016-06-01' });
    expect(found.map(({ occurrence, reason }) => [occurrence, reason])).toEqual([
      ['6m', 'not-last'],
    ]);
    expect(pounds(found)).toBe('0');
  });

  it.each([
    ['floored', '1980'],
    ['net', '1320'],
  ] as const)('four people who change by -2, -1, 0 and +1 bring in £%s', (count, total) => {
    const people = ['6', '7', '8', '9'].map((value) =>
      weigh([BASELINE, first(value)], { rule: { count, timePoints: ['6m'] } }),
    );
    expect(pounds(people.flat())).toBe(total);
  });

  it.each([
    ['the day before the window opens', '2015-11-03', 'outside-window'],
    ['the day it opens', '2015-11-04', null],
    ['the day it closes', '2016-01-03', null],
    ['the day after', '2016-01-04', 'outside-window'],
  ])('a follow-up on %s, %s: %s', (_name, on, reason) => {
    expect(weigh([BASELINE, score('6m', on, '6')])[0]).toMatchObject({ outcomeOn: on, reason });
  });

  it.each([
    ['28 days before the start', '2015-05-07', null],
    ['29 days before', '2015-05-06', 'baseline-outside-window'],
    ['14 days after', '2015-06-18', null],
    ['15 days after', '2015-06-19', 'baseline-outside-window'],
  ])('a baseline %s, on %s: %s', (_name, on, reason) => {
    expect(weigh([score('baseline', on, '8'), first('6')])[0]!.reason).toBe(reason);
  });

  it('counts months from the start itself where the month is too short', () => {
    const started = { startedOn: civilDate('2015-08-31') }; // six months on is 29 February 2016
    const weigher = perPoint.open(RULE, context(UCLA));
    const on = (day: string) =>
      weigher.weigh(
        somebody([score('baseline', '2015-08-31', '8'), score('6m', day, '6')], started),
        true,
        [],
      )[0]!.reason;
    expect(['2016-01-29', '2016-01-30', '2016-03-30', '2016-03-31'].map(on)).toEqual([
      'outside-window',
      null,
      null,
      'outside-window',
    ]);
  });

  it('pays outside the window where the terms say so', () => {
    const late = score('6m', '2016-02-20', '6');
    expect(pounds(weigh([BASELINE, late], { metric: { outsideWindow: 'pay' } }))).toBe('1320');
  });

  it.each<[string, Observation[], string | null]>([
    ['no baseline', [first('6')], 'no-baseline'],
    [
      'a baseline that was declined',
      [score('baseline', '2015-06-02', '0', { status: 'declined', value: null }), first('6')],
      'no-baseline',
    ],
    [
      'a baseline that was taken back',
      [{ ...BASELINE, status: 'void' }, first('6')],
      'no-baseline',
    ],
    [
      'a follow-up declined',
      [BASELINE, { ...first('6'), status: 'declined', value: null }],
      'declined',
    ],
    [
      'a follow-up that could not be collected',
      [BASELINE, { ...first('6'), status: 'could-not-collect', value: null }],
      'could-not-collect',
    ],
    ['a follow-up that was taken back', [BASELINE, { ...first('6'), status: 'void' }], 'missed'],
    ['no follow-up', [BASELINE], 'missed'],
    ['a score of something else', [BASELINE, { ...first('3'), metric: 'wemwbs' }], 'missed'],
    ['no change', [BASELINE, first('8')], 'not-improved'],
  ])('pays nothing for %s: %s', (_name, observations, reason) => {
    const [outcome] = weigh(observations, { rule: { timePoints: ['6m'] } });
    expect(outcome).toMatchObject({
      reason,
      quantity: { numerator: 0n },
      exactMinor: { numerator: 0n },
    });
  });

  it('is silent about a window that is still open, and says on the day after it closed that it was missed', () => {
    const outcomes = (before: string) =>
      weigh([BASELINE], { rule: { timePoints: ['6m'] }, before }).map(({ reason, outcomeOn }) => [
        reason,
        outcomeOn,
      ]);
    expect(outcomes('2016-01-03')).toEqual([]);
    expect(outcomes('2016-01-04')).toEqual([['missed', '2016-01-03']]);
  });

  const attempts = [
    score('6m', '2015-12-14', '7', { version: 2 }),
    score('6m/2', '2015-12-02', '6'),
    score('6m/3', '2015-12-20', '5'),
    score('6m/4', '2016-01-04', '3'), // outside
  ];
  it.each([
    ['first', 'ucla/6m/2#1'],
    ['last', 'ucla/6m/3#1'],
    ['nearest', 'ucla/6m/2#1'], // the target is 4 December
  ] as const)('of several in the window takes the %s: %s', (choose, evidence) => {
    for (const given of [attempts, [...attempts].reverse()]) {
      const [outcome] = weigh([BASELINE, ...given], {
        metric: { choose },
        rule: { timePoints: ['6m'] },
      });
      expect(outcome!.evidence).toEqual(['ucla/baseline#1', evidence]);
    }
  });

  it('prefers a score to a refusal and a score inside the window to one outside', () => {
    const declined = score('6m', '2015-11-10', '0', { status: 'declined', value: null });
    const outside = score('6m/2', '2015-10-01', '3');
    const inside = score('6m/3', '2015-12-30', '6');
    const [outcome] = weigh([BASELINE, declined, outside, inside], {
      rule: { timePoints: ['6m'] },
    });
    expect(outcome!.evidence).toEqual(['ucla/baseline#1', 'ucla/6m/3#1']);
    expect(weigh([BASELINE, declined, outside], { rule: { timePoints: ['6m'] } })[0]!.reason).toBe(
      'outside-window',
    );
  });

  it.each([
    [{ rate: '-660.00' }, '/rate', 'PRICE_NEGATIVE'],
    [{ rate: 'free' }, '/rate', 'NOT_AN_AMOUNT'],
    [{ rate: '660.00001' }, '/rate', 'NOT_AN_AMOUNT'],
    [{ rate: '999999999999999.00' }, '/rate', 'AMOUNT_TOO_LARGE'],
    [{ maxPoints: '-1' }, '/maxPoints', 'POINTS_NEGATIVE'],
    [{ metric: 'wemwbs' }, '/metric', 'METRIC_UNKNOWN'],
    [{ timePoints: ['12m'] }, '/timePoints/0', 'TIME_POINT_UNKNOWN'],
    [{ timePoints: ['baseline'] }, '/timePoints/0', 'BASELINE_PAID'],
    [{ timePoints: ['18m', '6m'] }, '/timePoints/1', 'TIME_POINTS_OUT_OF_ORDER'],
    [{ timePoints: ['6m', '6m'] }, '/timePoints/1', 'TIME_POINTS_OUT_OF_ORDER'],
  ])('terms that say %j are refused at %s', (change, at, code) => {
    expect(
      perPoint
        .problems({ ...RULE, ...change }, someRuleSurroundings([UCLA]))
        .map((fault) => [fault.at, fault.code]),
    ).toEqual([[at, code]]);
  });
});
