import { aFigure, anEffect, aRate } from '../../../test/support/figures.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import { openFigureCheck, type FigureInput } from './check-figure.js';
import type { Metric } from './metric.js';

const counted = { numerator: 'Visits', denominator: 'Births' };
const DEFINITIONS = [
  { ...counted, version: '2015', from: civilDate('2015-04-01') },
  { ...counted, version: '2016', from: civilDate('2015-08-01') },
  { ...counted, version: '2017', from: civilDate('2015-09-01') },
];
const METRICS = [
  aRate(),
  aRate({ id: 'by-year', label: 'Readiness', grain: 'year', groups: ['q1', 'q5'] }),
  aRate({ id: 'redefined', label: 'Attendance', definitions: DEFINITIONS }),
  anEffect(),
];
const told = (given: Partial<FigureInput>, metrics: readonly Metric[] = METRICS): string[] => {
  const faults: Fault[] = [];
  const figure = openFigureCheck(metrics, civilDate('2016-01-01')).read(aFigure(given), faults);
  expect(figure === null).toBe(faults.length > 0);
  return faults.map(({ at, code, detail }) => `${at} ${code}: ${detail}`);
};
const RATES = 'Rates of these terms: on-time, by-year, redefined.';

describe('what a person is told of a figure', () => {
  it.each<[string, Partial<FigureInput>, string]>([
    ['no metric', { metric: '' }, `/metric METRIC_MISSING: Name the metric. ${RATES}`],
    [
      'an unknown metric',
      { metric: 'visits' },
      `/metric METRIC_UNKNOWN: The terms have no metric "visits". ${RATES}`,
    ],
    [
      'a metric that is no rate',
      { metric: 'reconvictions' },
      `/metric METRIC_NOT_A_RATE: Fall in reconvictions is no rate, so no figure can be submitted for it. ${RATES}`,
    ],
    [
      'an unknown group',
      { group: 'q1' },
      '/group GROUP_UNKNOWN: Visits on time has no group "q1". It has: all.',
    ],
    [
      'no group where there are two',
      { metric: 'by-year', from: '2014-09-01', to: '2015-09-01', definition: '2015' },
      '/group GROUP_MISSING: Readiness is counted by group. Name it. It has: q1, q5.',
    ],
    ['no first day', { from: '' }, '/from DATE_MISSING: Give the first day of the span.'],
    ['no day after', { to: '' }, '/to DATE_MISSING: Give the first day after the span.'],
    [
      'a date that is none',
      { from: '2015-02-30' },
      '/from NOT_A_DATE: There is no such day as 2015-02-30. Check the day and the month.',
    ],
    [
      'a group with a character that nobody sees',
      { group: 'a\u00adll' },
      '/group GROUP_UNKNOWN: Visits on time has no group "a\u00adll". It has: all. It holds a soft hyphen (U+00AD), which nobody sees: remove it.',
    ],
    [
      'a date of long ago',
      { from: '0015-04-01' },
      '/from DATE_BEFORE_1900: 0015-04-01 is before 1900. Check the year.',
    ],
    [
      'a span from the second of a month',
      { from: '2015-04-02' },
      '/from SPAN_NOT_WHOLE: Visits on time is counted over a whole quarter, which begins on the first of a month, not on 2015-04-02.',
    ],
    [
      'a quarter that is not over',
      { from: '2015-11-01', to: '2016-02-01' },
      '/to SPAN_NOT_OVER: The quarter that begins on 2015-11-01 is not over yet. Submit its figure from 2016-02-01 on.',
    ],
    [
      'no numerator',
      { numerator: '' },
      '/numerator NUMBER_MISSING: Give the numerator. Blank is missing, not nought.',
    ],
    [
      'no denominator',
      { denominator: '' },
      '/denominator NUMBER_MISSING: Give the denominator. Blank is missing, not nought.',
    ],
    [
      'a numerator below nought',
      { numerator: '-1' },
      '/numerator FORMULA_CELL: "-1" is no numerator. Write a plain number of nought or more, such as 103 or 12.5, without signs or commas.',
    ],
    [
      'a thousands comma',
      { denominator: '1,200' },
      '/denominator NOT_A_PLAIN_NUMBER: "1,200" is no denominator. Write a plain number of nought or more, such as 103 or 12.5, without signs or commas.',
    ],
    [
      'a denominator of nought',
      { denominator: '0' },
      '/denominator DENOMINATOR_NOUGHT: The denominator is nought, and a rate of nothing has no value. Submit no figure for this span.',
    ],
    [
      'a part larger than the whole',
      { numerator: '120.5' },
      '/numerator PART_LARGER_THAN_WHOLE: 120.5 of 120: the part is larger than the whole. Check both.',
    ],
    [
      'an unknown status',
      { status: 'late' },
      '/status STATUS_UNKNOWN: "late" is no status. Leave it blank, or write void to take it back.',
    ],
    [
      'numbers though it is taken back',
      { status: 'void', denominator: '', correctionReason: 'wrong area' },
      '/numerator NUMBERS_NOT_FOR_VOID: The figure is taken back, so it has no numbers. Leave one of them blank.',
    ],
    [
      'a denominator though it is taken back',
      { status: 'Void', numerator: '', correctionReason: 'wrong area' },
      '/numerator NUMBERS_NOT_FOR_VOID: The figure is taken back, so it has no numbers. Leave one of them blank.',
    ],
    [
      'no word why it is taken back',
      { status: 'void', numerator: '', denominator: '' },
      '/correctionReason VOID_NEEDS_REASON: To take a figure back, say why in the correction reason.',
    ],
  ])('with %s', (_, given, sentence) => expect(told(given)).toEqual([sentence]));

  it('where the terms have no rates', () =>
    expect(told({}, [anEffect()])).toEqual([
      '/metric METRIC_UNKNOWN: The terms have no metric "on-time". Rates of these terms: none.',
    ]));
});

describe('what a person is told of the definition of a figure', () => {
  const SECOND = { from: '2015-04-01', to: '2015-07-01' };
  const THIRD = { from: '2015-07-01', to: '2015-10-01' };
  const LAST = { from: '2015-10-01', to: '2016-01-01' };
  const WRITE_YES = 'If it was counted by it all the same, write yes for the definition differing.';

  it.each<[string, Partial<FigureInput>, string]>([
    [
      'left blank, changed during the span',
      THIRD,
      '/definition DEFINITION_MISSING: Name the definition that Attendance was counted by: 2015, 2016, 2017.',
    ],
    [
      'unknown',
      { ...LAST, definition: '2014' },
      '/definition DEFINITION_UNKNOWN: Attendance has no definition "2014". It has: 2015, 2016, 2017.',
    ],
    [
      'no longer in force',
      { ...LAST, definition: '2015' },
      `/definition DEFINITION_NOT_IN_FORCE: Definition "2015" is not in force between 2015-10-01 and 2016-01-01 ("2017" is). ${WRITE_YES}`,
    ],
    [
      'not in force yet, where another is',
      { ...SECOND, definition: '2017' },
      `/definition DEFINITION_NOT_IN_FORCE: Definition "2017" is not in force between 2015-04-01 and 2015-07-01 ("2015" is). ${WRITE_YES}`,
    ],
    [
      'not in force, where two are',
      { from: '2015-08-01', to: '2015-11-01', definition: '2015' },
      `/definition DEFINITION_NOT_IN_FORCE: Definition "2015" is not in force between 2015-08-01 and 2015-11-01 ("2016", "2017" is). ${WRITE_YES}`,
    ],
    [
      'not in force yet, where none is',
      { from: '2015-01-01', to: '2015-04-01', definition: '2015' },
      `/definition DEFINITION_NOT_IN_FORCE: Definition "2015" is not in force between 2015-01-01 and 2015-04-01. ${WRITE_YES}`,
    ],
    [
      'said to differ perhaps',
      { ...LAST, definitionDiffers: 'perhaps' },
      '/definitionDiffers NOT_YES_OR_NO: Leave it blank, or write yes or no.',
    ],
  ])('%s', (_, given, sentence) =>
    expect(told({ metric: 'redefined', ...given })).toEqual([sentence]),
  );

  it('nothing where it does not differ', () =>
    expect(told({ metric: 'redefined', ...LAST, definitionDiffers: 'No' })).toEqual([]));
});
