import { anEffect, aRate, aResult } from '../../../test/support/figures.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import { evaluatorFault, openEffectCheck, type EffectInput } from './check-effect.js';
import type { Metric } from './metric.js';

const METRICS = [aRate(), anEffect(), anEffect({ id: 'mean', label: 'Mean fall', unit: 'number' })];
const told = (given: Partial<EffectInput>, metrics: readonly Metric[] = METRICS): string[] => {
  const faults: Fault[] = [];
  const check = openEffectCheck(metrics, ['all', 'second'], civilDate('2016-06-01'));
  expect(check.read(aResult(given), faults) === null).toBe(faults.length > 0);
  return faults.map(({ at, code, detail }) => `${at} ${code}: ${detail}`);
};
const EFFECTS = 'Effects of these terms: reconvictions, mean.';
const PERCENT = 'Write it as a percentage with its sign, such as 8.4% or -1.25%.';
const NUMBER = 'Write it as a plain number, such as 0.69 or -0.2.';
const HALF = 'An interval has both its bounds. Give the other one, or leave both blank.';
const MEAN = { metric: 'mean', value: '0.69', low: '0.55', high: '0.83' };
const BACK = { value: '', low: '', high: '', n: '', documentHash: '', status: 'void' };

describe('what a person is told of a signed result', () => {
  it.each<[string, Partial<EffectInput>, string]>([
    ['no metric', { metric: '' }, `/metric METRIC_MISSING: Name the metric. ${EFFECTS}`],
    [
      'an unknown metric',
      { metric: 'x' },
      `/metric METRIC_UNKNOWN: The terms have no metric "x". ${EFFECTS}`,
    ],
    [
      'a rate for its metric',
      { metric: 'on-time' },
      `/metric METRIC_NOT_AN_EFFECT: Visits on time is not delivered as a signed result. ${EFFECTS}`,
    ],
    [
      'an unknown cohort',
      { cohort: 'third' },
      '/cohort COHORT_UNKNOWN: The terms have no cohort "third". They have: all, second. Leave it blank where all were pooled.',
    ],
    [
      'no day',
      { signedOn: '' },
      '/signedOn DATE_MISSING: Give the day on which the result was signed.',
    ],
    [
      'the day of tomorrow',
      { signedOn: '2016-06-02' },
      '/signedOn DATE_IN_FUTURE: 2016-06-02 has not come yet. Check the day and the year.',
    ],
    ['no value', { value: '' }, `/value VALUE_MISSING: The value is blank. ${PERCENT}`],
    [
      'a value with a character that nobody sees',
      { value: '8.4\u00a0%' },
      `/value VALUE_UNREADABLE: "8.4\u00a0%" is no value of Fall in reconvictions. ${PERCENT} It holds a non-breaking space (U+00A0), which nobody sees: remove it.`,
    ],
    [
      'a percentage without its sign',
      { value: '8.4' },
      `/value VALUE_UNREADABLE: "8.4" is no value of Fall in reconvictions. ${PERCENT}`,
    ],
    [
      'a number with a sign of per cent',
      { ...MEAN, value: '0.69%' },
      `/value VALUE_UNREADABLE: "0.69%" is no value of Mean fall. ${NUMBER}`,
    ],
    [
      'a lower bound that is no number',
      { ...MEAN, low: 'low' },
      `/low VALUE_UNREADABLE: "low" is no value of Mean fall. ${NUMBER}`,
    ],
    [
      'an upper bound that is no number',
      { ...MEAN, high: '1e3' },
      `/high VALUE_UNREADABLE: "1e3" is no value of Mean fall. ${NUMBER}`,
    ],
    ['no upper bound', { high: '' }, `/high INTERVAL_HALF_GIVEN: ${HALF}`],
    ['no lower bound', { low: '' }, `/low INTERVAL_HALF_GIVEN: ${HALF}`],
    [
      'a lower bound above the value',
      { low: '8.5%' },
      '/low INTERVAL_MISSES_VALUE: The lower bound is above the value. Check both.',
    ],
    [
      'an upper bound below the value',
      { high: '8.3%' },
      '/high INTERVAL_MISSES_VALUE: The upper bound is below the value. Check both.',
    ],
    [
      'nobody',
      { n: '0' },
      '/n N_NOT_A_WHOLE_NUMBER: "0" is no number of people. Write how many were treated, as a whole number of 1 or more.',
    ],
    [
      'a number of people like a formula',
      { n: '=936' },
      '/n FORMULA_CELL: "=936" is no number of people. Write how many were treated, as a whole number of 1 or more.',
    ],
    ...['ab'.repeat(16), 'ab'.repeat(33), `x${'ab'.repeat(32)}`, `${'ab'.repeat(32)} `].map(
      (documentHash): [string, Partial<EffectInput>, string] => [
        `the digest "${documentHash}"`,
        { documentHash },
        "/documentHash NOT_A_SHA256: Give the SHA-256 of the evaluator's report: 64 hexadecimal digits.",
      ],
    ),
    [
      'no word why it is taken back',
      BACK,
      '/correctionReason VOID_NEEDS_REASON: To take a result back, say why in the correction reason.',
    ],
    ...(['value', 'low', 'high', 'n', 'documentHash'] as const).map(
      (name): [string, Partial<EffectInput>, string] => [
        `${name} though it is taken back`,
        { ...BACK, [name]: '3', correctionReason: 'withdrawn by its author' },
        `/${name} NUMBERS_NOT_FOR_VOID: The result is taken back, so it has no numbers. Leave one of them blank.`,
      ],
    ),
  ])('with %s', (_, given, sentence) => expect(told(given)).toEqual([sentence]));

  it('where the terms have no effects', () =>
    expect(told({}, [aRate()])).toEqual([
      '/metric METRIC_UNKNOWN: The terms have no metric "reconvictions". Effects of these terms: none.',
    ]));

  it('for whose evaluator they do not act', () =>
    expect(evaluatorFault(anEffect(), 'council')).toEqual({
      at: '/metric',
      code: 'EVALUATOR_IS_ANOTHER',
      detail:
        'Fall in reconvictions is signed by a verifier of the party "university", for which you do not act.',
    }));
});
