import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
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
const METRICS = new Map(
  [metric('job', 'Continuous employment'), metric('school', 'Back at school')].map((one) => [
    one.id,
    one,
  ]),
);
const RULE: PerEventRule = { type: 'R1', events: ['job'], price: '4000.00', unit: 'family' };

const weigh = (observations: readonly Observation[], rule: Partial<PerEventRule> = {}) =>
  perEvent
    .open(
      { ...RULE, ...rule },
      {
        clause: '1',
        currency: 'GBP',
        months: 'corresponding-date',
        metrics: METRICS,
        instruments: new Map(),
        before: civilDate('2018-01-01'),
      },
    )
    .weigh(somebody(observations))
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
        .problems({ ...RULE, ...change }, { currency: 'GBP', metrics: METRICS })
        .map((fault) => [fault.at, fault.code]),
    ).toEqual([[at, code]]);
  });
});
