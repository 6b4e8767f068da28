import { aRate } from '../../../test/support/figures.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { formatFraction, fraction } from '../money/fraction.js';
import type { Figure } from './contract-record.js';
import { definitionOn, figuresOf, grainOf, rateFaults, readRate } from './figures.js';

const figure = (given: Partial<Figure> = {}): Figure => ({
  metric: 'on-time',
  group: 'all',
  from: civilDate('2017-10-01'),
  to: civilDate('2018-01-01'),
  version: 1,
  numerator: fraction(71n),
  denominator: fraction(100n),
  definition: '2015',
  ...given,
});
const defined = (version: string, from: string) => ({
  version,
  from: civilDate(from),
  numerator: 'Visits',
  denominator: 'Births',
});
const rate = aRate({ definitions: [defined('2015', '2015-04-01'), defined('2018', '2018-01-01')] });

describe('the figures of a group', () => {
  it('are the latest of each span, in the order of the spans', () => {
    const spring = { from: civilDate('2017-04-01'), to: civilDate('2017-07-01') };
    const summer = { from: civilDate('2017-07-01'), to: civilDate('2017-10-01') };
    const figures = [
      figure({ version: 2 }),
      figure({ version: 3 }),
      figure({ ...summer, version: 2 }),
      figure({ ...spring }),
      figure({ ...summer }),
      figure({ ...spring, metric: 'late', version: 9 }),
      figure({ ...spring, group: 'q1', version: 9 }),
    ];
    for (const those of [figures, [...figures].reverse()])
      expect(
        figuresOf({ figures: those, effects: [] }, 'on-time', 'all').map(({ from, version }) => [
          from,
          version,
        ]),
      ).toEqual([
        ['2017-04-01', 1],
        ['2017-07-01', 2],
        ['2017-10-01', 3],
      ]);
  });
});

describe('a span', () => {
  it.each([
    ['2017-10-01', '2017-11-01', 'month'],
    ['2017-10-01', '2018-01-01', 'quarter'],
    ['2017-10-01', '2018-10-01', 'year'],
    ['2017-10-01', '2018-02-01', null],
  ])('from %s to %s is a whole %s', (from, to, grain) =>
    expect(grainOf(civilDate(from), civilDate(to))).toBe(grain),
  );
});

describe('the definition in force', () => {
  it.each([
    ['2015-03-31', null],
    ['2015-04-01', '2015'],
    ['2017-12-31', '2015'],
    ['2018-01-01', '2018'],
  ])('on %s is %s', (on, version) => expect(definitionOn(rate, civilDate(on))).toBe(version));
});

describe('a figure read as a rate', () => {
  const read = (given: Partial<Figure>) => {
    const { value, reason, inWords } = readRate(rate, figure(given));
    return [value === null ? null : formatFraction(value), reason, inWords];
  };
  it('is its part of the whole', () =>
    expect(read({})).toEqual([
      '0.71',
      null,
      '71% (71 of 100, counted by definition 2015) between 2017-10-01 and 2017-12-31',
    ]));
  it('has no value where it was counted by another definition', () =>
    expect(read({ definition: '2018' })).toEqual([
      null,
      'other-definition',
      '71 of 100 between 2017-10-01 and 2017-12-31, counted by definition 2018, while definition 2015 is in force',
    ]));
  it('has no value while no definition is in force', () =>
    expect(read({ from: civilDate('2015-01-01'), to: civilDate('2015-04-01') })).toEqual([
      null,
      'other-definition',
      '71 of 100 between 2015-01-01 and 2015-03-31, counted by definition 2015, while no definition is in force',
    ]));
  it('has no value over nobody', () =>
    expect(read({ numerator: fraction(0n), denominator: fraction(0n) })).toEqual([
      null,
      'too-few',
      '0 of 0 between 2017-10-01 and 2017-12-31, counted by definition 2015',
    ]));
});

it('a measure uses a rate of the terms and groups that it is counted for', () => {
  const metrics = new Map([['on-time', aRate({ groups: ['q1', 'q5'] })]]);
  const told = (id: string) =>
    rateFaults(metrics, id, [
      ['/groups/0', 'q1'],
      ['/groups/1', 'q9'],
    ]).map(({ at, code, detail }) => `${at} ${code}: ${detail}`);
  expect(told('late')).toEqual([
    '/metric METRIC_UNKNOWN: "late" is not a rate metric of these terms.',
  ]);
  expect(told('on-time')).toEqual([
    '/groups/1 GROUP_UNKNOWN: Visits on time is not counted for the group "q9". Its groups are q1, q5.',
  ]);
});
