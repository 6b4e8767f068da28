import { aFigure, anEffect, aRate } from '../../../test/support/figures.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import { figureColumn, openFigureCheck, type FigureInput } from './check-figure.js';

const TWICE_DEFINED = [
  { version: '2015', from: civilDate('2015-04-01'), numerator: 'Visits', denominator: 'Births' },
  {
    version: '2016',
    from: civilDate('2015-08-01'),
    numerator: 'Visits',
    denominator: 'Live births',
  },
];
const METRICS = [
  aRate(),
  aRate({ id: 'by-month', label: 'Reviews', grain: 'month', bounded: false }),
  aRate({ id: 'by-year', label: 'Readiness', grain: 'year', groups: ['q1', 'q5'] }),
  aRate({ id: 'redefined', label: 'Attendance', definitions: TWICE_DEFINED }),
  anEffect(),
];
const check = openFigureCheck(METRICS, civilDate('2016-01-01'));

const codes = (given: Partial<FigureInput>): string[] => {
  const faults: Fault[] = [];
  const figure = check.read(aFigure(given), faults);
  expect(figure === null).toBe(faults.length > 0);
  return faults.map(({ at, code }) => `${at} ${code}`);
};
const read = (given: Partial<FigureInput> = {}) => check.read(aFigure(given), [])!;

describe('a figure', () => {
  it('is read with the only group and the only definition in force', () => {
    expect(read()).toEqual({
      metric: 'on-time',
      group: 'all',
      from: '2015-04-01',
      to: '2015-07-01',
      counted: {
        numerator: { numerator: 103n, denominator: 1n },
        denominator: { numerator: 120n, denominator: 1n },
        definition: '2015',
      },
      correctionReason: null,
    });
  });

  it.each([
    ['a month', { metric: 'by-month', from: '2015-11-01', to: '2015-12-01' }],
    ['a month that ends today', { metric: 'by-month', from: '2015-12-01', to: '2016-01-01' }],
    [
      'a year from September to August',
      { metric: 'by-year', group: 'q1', from: '2014-09-01', to: '2015-09-01', definition: '2015' },
    ],
    ['nought of some', { numerator: '0' }],
    ['all of them', { numerator: '120' }],
    ['more than the whole where it is no part of it', monthly({ numerator: '121' })],
  ])('is taken over %s', (_name, given) => expect(codes(given)).toEqual([]));

  it.each<[string, Partial<FigureInput>, string[]]>([
    ['no metric', { metric: '' }, ['/metric METRIC_MISSING']],
    ['an unknown metric', { metric: 'visits' }, ['/metric METRIC_UNKNOWN']],
    ['a metric that is no rate', { metric: 'reconvictions' }, ['/metric METRIC_NOT_A_RATE']],
    ['an unknown group', { group: 'q1' }, ['/group GROUP_UNKNOWN']],
    [
      'no group where there are two',
      { metric: 'by-year', from: '2014-09-01', to: '2015-09-01', definition: '2015' },
      ['/group GROUP_MISSING'],
    ],
    ['no dates', { from: '', to: '' }, ['/from DATE_MISSING', '/to DATE_MISSING']],
    ['a date that is none', { from: '2015-02-30' }, ['/from NOT_A_DATE']],
    ['a date of long ago', { from: '0015-04-01' }, ['/from DATE_BEFORE_1900']],
    ['a span from the second of a month', { from: '2015-04-02' }, ['/from SPAN_NOT_WHOLE']],
    ['its last day for the day after', { to: '2015-06-30' }, ['/to SPAN_NOT_WHOLE']],
    ['a month for a quarter', { to: '2015-05-01' }, ['/to SPAN_NOT_WHOLE']],
    ['a quarter that is not over', { from: '2015-11-01', to: '2016-02-01' }, ['/to SPAN_NOT_OVER']],
    ['no numerator', { numerator: '' }, ['/numerator NUMBER_MISSING']],
    ['a negative numerator', { numerator: '-1' }, ['/numerator FORMULA_CELL']],
    ['a thousands comma', { denominator: '1,200' }, ['/denominator NOT_A_PLAIN_NUMBER']],
    ['a percentage', { numerator: '86%' }, ['/numerator NOT_A_PLAIN_NUMBER']],
    ['a denominator of nought', { denominator: '0' }, ['/denominator DENOMINATOR_NOUGHT']],
    ['a part larger than the whole', { numerator: '121' }, ['/numerator PART_LARGER_THAN_WHOLE']],
    ['an unknown definition', { definition: '2014' }, ['/definition DEFINITION_UNKNOWN']],
    ['an unknown status', { status: 'late' }, ['/status STATUS_UNKNOWN']],
    [
      'a reason that names somebody',
      { correctionReason: 'see a@b.example' },
      ['/correctionReason TEXT_IDENTIFIES_A_PERSON'],
    ],
  ])('with %s is refused', (_name, given, expected) => expect(codes(given)).toEqual(expected));

  it('tells everything that is wrong with it at once', () =>
    expect(codes({ group: 'q9', from: '2015-04-02', numerator: 'x', denominator: '0' })).toEqual([
      '/group GROUP_UNKNOWN',
      '/from SPAN_NOT_WHOLE',
      '/numerator NOT_A_PLAIN_NUMBER',
      '/denominator DENOMINATOR_NOUGHT',
    ]));

  it('says what would mend a span', () => {
    const faults: Fault[] = [];
    check.read(aFigure({ to: '2015-06-30' }), faults);
    expect(faults[0]!.detail).toBe(
      'Visits on time is counted over a whole quarter. The first day after the one that begins on 2015-04-01 is 2015-07-01, not 2015-06-30.',
    );
  });
});

describe('the definition of a figure', () => {
  const redefined = (given: Partial<FigureInput>) => ({ metric: 'redefined', ...given });
  const THIRD = { from: '2015-07-01', to: '2015-10-01' };
  const LAST = { from: '2015-10-01', to: '2016-01-01' };

  it.each<[string, Partial<FigureInput>, string[]]>([
    ['left blank, one in force', LAST, []],
    ['left blank, changed during the span', THIRD, ['/definition DEFINITION_MISSING']],
    [
      'left blank, come into use during the span',
      { from: '2015-02-01', to: '2015-05-01' },
      ['/definition DEFINITION_MISSING'],
    ],
    ['the earlier of the two in the span', { ...THIRD, definition: '2015' }, []],
    ['the later of the two in the span', { ...THIRD, definition: '2016' }, []],
    ['not in force', { ...LAST, definition: '2015' }, ['/definition DEFINITION_NOT_IN_FORCE']],
    ['not in force yet', { definition: '2016' }, ['/definition DEFINITION_NOT_IN_FORCE']],
    [
      'not in force, and said to differ',
      { ...LAST, definition: '2015', definitionDiffers: 'yes' },
      [],
    ],
    [
      'said to differ and not named',
      { ...LAST, definitionDiffers: 'yes' },
      ['/definition DEFINITION_MISSING'],
    ],
    [
      'said to differ perhaps',
      { ...LAST, definitionDiffers: 'perhaps' },
      ['/definitionDiffers NOT_YES_OR_NO'],
    ],
  ])('%s', (_name, given, expected) => expect(codes(redefined(given))).toEqual(expected));

  it('is the one in force where it is left blank', () =>
    expect(read(redefined(LAST)).counted!.definition).toBe('2016'));
});

describe('a figure that is taken back', () => {
  const back = { status: 'void', numerator: '', denominator: '', correctionReason: 'wrong area' };

  it('has a reason and no numbers', () => expect(read(back).counted).toBeNull());

  it('is refused without the reason, or with numbers', () => {
    expect(codes({ ...back, correctionReason: '' })).toEqual([
      '/correctionReason VOID_NEEDS_REASON',
    ]);
    expect(codes({ ...back, numerator: '1' })).toEqual(['/numerator NUMBERS_NOT_FOR_VOID']);
  });
});

it('faults are told by the columns of the file', () => {
  expect(['/numerator', '/definitionDiffers', '/correctionReason'].map(figureColumn)).toEqual([
    'numerator',
    'definition_differs',
    'correction_reason',
  ]);
  expect(formatFraction(read({ numerator: '12.50' }).counted!.numerator)).toBe('12.5');
});

function monthly(given: Partial<FigureInput>) {
  return { metric: 'by-month', from: '2015-04-01', to: '2015-05-01', ...given };
}
