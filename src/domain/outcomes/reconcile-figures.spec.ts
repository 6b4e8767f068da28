import fc from 'fast-check';
import { aRate } from '../../../test/support/figures.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { fraction } from '../money/fraction.js';
import { reconcileFigures } from './reconcile-figures.js';

const METRICS = [
  aRate({ completes: ['late', 'unseen'] }),
  aRate({ id: 'late', label: 'Visits late' }),
  aRate({ id: 'unseen', label: 'Not seen' }),
];
const figure = (metric: string, numerator: number, denominator = 120, from = '2015-04-01') => ({
  metric,
  group: 'all',
  from: civilDate(from),
  to: civilDate(from === '2015-04-01' ? '2015-07-01' : '2015-08-01'),
  numerator: fraction(BigInt(numerator)),
  denominator: fraction(BigInt(denominator)),
});
const found = (...figures: ReturnType<typeof figure>[]) =>
  reconcileFigures(METRICS, figures).map(({ fault }) => fault);

describe('figures that complete one another', () => {
  it('sum to the whole', () =>
    expect(found(figure('on-time', 103), figure('late', 12), figure('unseen', 5))).toEqual([]));

  it('are not compared while one is missing', () =>
    expect(found(figure('on-time', 103), figure('late', 1))).toEqual([]));

  it.each([4, 6])('that do not sum are told with each part (%d unseen)', (unseen) => {
    const [fault, ...more] = found(
      figure('on-time', 103),
      figure('late', 12),
      figure('unseen', unseen),
    );
    expect(more).toEqual([]);
    expect(fault).toEqual({
      at: '/numerator',
      code: 'PARTS_DO_NOT_SUM',
      detail: `The parts must sum to 120, but they come to ${115 + unseen}: Visits on time 103, Visits late 12, Not seen ${unseen} (group all, 2015-04-01 to 2015-07-01).`,
    });
  });

  it('are parts of the same whole', () =>
    expect(found(figure('on-time', 103), figure('late', 12, 119), figure('unseen', 5))).toEqual([
      {
        at: '/denominator',
        code: 'WHOLES_DIFFER',
        detail:
          'Parts of one whole have one denominator, but here they differ: Visits on time of 120, Visits late of 119, Not seen of 120 (group all, 2015-04-01 to 2015-07-01).',
      },
    ]));

  it('are told once where each names the others', () => {
    const metrics = [
      aRate({ completes: ['late'] }),
      aRate({ id: 'late', label: 'Visits late', completes: ['on-time'] }),
    ];
    const figures = [figure('on-time', 103), figure('late', 18)];
    expect(reconcileFigures(metrics, figures)).toHaveLength(1);
  });

  it('are told of each whole by itself', () => {
    const metrics = [
      ...METRICS,
      aRate({ id: 'ready', label: 'Ready', completes: ['unready'] }),
      aRate({ id: 'unready', label: 'Not ready' }),
    ];
    const figures = [
      ...[figure('on-time', 103), figure('late', 12), figure('unseen', 6)],
      ...[figure('ready', 60), figure('unready', 61)],
    ];
    expect(
      reconcileFigures(metrics, figures).map(({ between }) => between.map(({ metric }) => metric)),
    ).toEqual([
      ['on-time', 'late', 'unseen'],
      ['ready', 'unready'],
    ]);
  });

  it('name the figures they are between', () => {
    const figures = [figure('unseen', 6), figure('late', 12), figure('on-time', 103)];
    const [disagreement] = reconcileFigures(METRICS, figures);
    expect(disagreement!.between.map(({ metric }) => metric)).toEqual([
      'on-time',
      'late',
      'unseen',
    ]);
  });

  it('agree whatever order they stand in', () =>
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(200), fc.nat(5), (a, b, c, more) => {
        const whole = a + b + c + more + 1;
        const three = [figure('on-time', a, whole), figure('late', b, whole)];
        const last = figure('unseen', c + more + 1, whole);
        expect(found(...three, last)).toEqual([]);
        expect(found(last, ...three.reverse())).toEqual([]);
      }),
    ));
});

describe('spans', () => {
  const late = (from: string, to: string) => ({
    ...figure('late', 1),
    from: civilDate(from),
    to: civilDate(to),
  });
  const [spring, middle, summer, autumn] = [
    late('2015-04-01', '2015-07-01'),
    late('2015-05-01', '2015-08-01'),
    late('2015-07-01', '2015-10-01'),
    late('2015-10-01', '2016-01-01'),
  ];

  it('of one rate and group do not overlap', () => {
    for (const figures of [
      [spring, middle],
      [middle, spring],
    ])
      expect(reconcileFigures(METRICS, figures)).toEqual([
        {
          fault: {
            at: '/from',
            code: 'SPANS_OVERLAP',
            detail:
              'Visits late would be counted twice: 2015-05-01 to 2015-08-01 overlaps 2015-04-01 to 2015-07-01 (group all).',
          },
          between: [spring, middle],
        },
      ]);
  });

  it('of one rate and group may follow one another, in whatever order they are given', () => {
    expect(found(autumn, spring, summer)).toEqual([]);
    expect(found(summer, autumn, spring)).toEqual([]);
  });

  it('of different rates may', () =>
    expect(found(figure('late', 1, 120, '2015-05-01'), figure('unseen', 1))).toEqual([]));
});
