import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { aClauseContext, someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { event, somebody } from '../../../test/support/record.builder.js';
import { perEvent, type PerEventRule } from './per-event.js';

const metric = (id: string, label: string): Metric => ({
  id,
  label,
  kind: 'event',
  paid: true,
  definition: label,
  evidence: ['a letter'],
});
const METRICS = [metric('job', 'Continuous employment'), metric('school', 'Back at school')];
const RULE: PerEventRule = { type: 'R1', events: ['job'], price: '4000.00', unit: 'family' };

const weigh = (observations: readonly Observation[], rule: Partial<PerEventRule> = {}) =>
  perEvent
    .open({ ...RULE, ...rule }, aClauseContext(METRICS))
    .weigh(somebody(observations), true, [])
    .map(({ occurrence, exactMinor, reason, metric: of }) => [
      of,
      occurrence,
      formatFraction(exactMinor),
      reason,
    ]);

describe('R1 pays a price for each event', () => {
  it.each<[string, Observation[], Partial<PerEventRule>, unknown[]]>([
    ['none', [], {}, []],
    ['one', [event('job', 'a', '2015-10-02')], {}, [['job', 'a', '400000', null]]],
    [
      'two',
      [event('job', 'a', '2015-10-02'), event('job', 'b', '2015-11-02')],
      {},
      [
        ['job', 'a', '400000', null],
        ['job', 'b', '400000', null],
      ],
    ],
    [
      'one before and one from the day of a later price',
      [event('job', 'a', '2015-12-31'), event('job', 'b', '2016-01-01')],
      { laterPrices: [{ from: civilDate('2016-01-01'), price: '4200.00' }] },
      [
        ['job', 'a', '400000', null],
        ['job', 'b', '420000', null],
      ],
    ],
    [
      'before the start, on it, on the last day and after it',
      [
        event('job', 'a', '2015-06-03'),
        event('job', 'b', '2015-06-04'),
        event('job', 'c', '2016-06-04'),
        event('job', 'd', '2016-06-05'),
      ],
      { within: { months: 12 } },
      [
        ['job', 'a', '0', 'before-start'],
        ['job', 'b', '400000', null],
        ['job', 'c', '400000', null],
        ['job', 'd', '0', 'too-late'],
      ],
    ],
    ['one of another kind', [event('school', 'a', '2015-10-02')], {}, []],
    ['one that was taken back', [event('job', 'a', '2015-10-02', { status: 'void' })], {}, []],
    [
      'one that was declined',
      [event('job', 'a', '2015-10-02', { status: 'declined' })],
      {},
      [['job', 'a', '0', 'declined']],
    ],
    [
      'one whose evidence could not be collected',
      [event('job', 'a', '2015-10-02', { status: 'could-not-collect' })],
      {},
      [['job', 'a', '0', 'could-not-collect']],
    ],
    [
      'one that carries no price',
      [event('job', 'a', '2015-10-02')],
      { price: '0.00' },
      [['job', 'a', '0', 'price-is-nil']],
    ],
    [
      'two by alternative routes that happen to have the same reference',
      [event('job', 'a', '2015-10-02'), event('school', 'a', '2015-11-02')],
      { events: ['job', 'school'] },
      [
        ['job', 'job/a', '400000', null],
        ['school', 'school/a', '400000', null],
      ],
    ],
  ])('%s', (_name, observations, rule, outcomes) => {
    expect(weigh(observations, rule)).toEqual(outcomes);
  });

  it('tells events in the order in which they happened, in whatever order they were recorded', () => {
    const events = [
      event('job', 'c', '2015-10-02'),
      event('job', 'b', '2015-12-02'),
      event('job', 'a', '2015-12-02'),
    ];
    const told = weigh(events).map(([, occurrence]) => occurrence);
    expect(told).toEqual(['c', 'a', 'b']);
    expect(weigh([...events].reverse()).map(([, occurrence]) => occurrence)).toEqual(told);
  });

  it.each([
    [{ price: '-1.00' }, '/price', 'PRICE_NEGATIVE'],
    [{ price: '' }, '/price', 'NOT_AN_AMOUNT'],
    [{ price: '0.005' }, '/price', 'NOT_AN_AMOUNT'],
    [{ events: ['flat'] }, '/events/0', 'METRIC_UNKNOWN'],
  ])('terms that say %j are refused at %s', (change, at, code) => {
    expect(
      perEvent
        .problems({ ...RULE, ...change }, someRuleSurroundings(METRICS))
        .map((fault) => [fault.at, fault.code]),
    ).toEqual([[at, code]]);
  });

  it('says in its line which days count, and at which price', () => {
    const rule = {
      ...RULE,
      within: { months: 12 },
      laterPrices: [{ from: civilDate('2016-01-01'), price: '4200.00' }],
    };
    const [early, late] = perEvent
      .open(rule, aClauseContext(METRICS))
      .weigh(
        somebody([event('job', 'a', '2016-02-01'), event('job', 'b', '2016-07-01')]),
        true,
        [],
      );
    expect(early!.finding).toBe(
      '"Continuous employment" on 2016-02-01 (evidence a), where it counts from 2015-06-04 to 2016-06-04',
    );
    expect(early!.steps[0]!.why).toBe('1 family at £4,200.00, the price from 2016-01-01');
    expect(late!.steps[0]!.why).toBe(
      'nothing payable: it happened later after the start than the terms allow',
    );
    expect(perEvent.inWords(rule, someRuleSurroundings(METRICS))).toBe(
      "pays £4,000.00 (£4,200.00 from 1 January 2016) for each family: Continuous employment, within 12 months of the participant's start and not before it",
    );
    expect(
      perEvent
        .problems({ ...rule, within: { months: 1, days: 2 } }, someRuleSurroundings(METRICS))
        .map(({ at, code }) => `${at} ${code}`),
    ).toEqual(['/within LENGTH_UNCLEAR']);
  });
});
