import { anEffect, aRate, aResult } from '../../../test/support/figures.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import { effectColumn, evaluatorFault, openEffectCheck, type EffectInput } from './check-effect.js';

const METRICS = [anEffect(), anEffect({ id: 'mean', label: 'Mean fall', unit: 'number' }), aRate()];
const check = openEffectCheck(METRICS, ['all', 'second'], civilDate('2016-06-01'));

const codes = (given: Partial<EffectInput>): string[] => {
  const faults: Fault[] = [];
  const effect = check.read(aResult(given), faults);
  expect(effect === null).toBe(faults.length > 0);
  return faults.map(({ at, code }) => `${at} ${code}`);
};
const MEAN = { metric: 'mean', value: '0.69', low: '0.55', high: '0.83' };

describe('a signed result', () => {
  it('is read exactly, a percentage as its part of one', () => {
    expect(check.read(aResult({ documentHash: 'AB'.repeat(32) }), [])).toEqual({
      metric: 'reconvictions',
      cohort: 'all',
      signedOn: '2016-03-01',
      found: {
        value: { numerator: 21n, denominator: 250n },
        low: { numerator: 21n, denominator: 1000n },
        high: { numerator: 147n, denominator: 1000n },
        n: 936n,
        documentHash: 'ab'.repeat(32),
      },
      correctionReason: null,
    });
  });

  it.each<[string, Partial<EffectInput>]>([
    ['no interval', { low: '', high: '' }],
    ['an interval of one value', { low: '8.4%', high: '8.4%' }],
    ['a value below nought', { value: '-1.25%', low: '-4%', high: '2%' }],
    ['a plain number', MEAN],
    ['the day of today', { signedOn: '2016-06-01' }],
  ])('may have %s', (_name, given) => expect(codes(given)).toEqual([]));

  it.each(['', '*'])('is about all cohorts pooled where the cohort is "%s"', (cohort) =>
    expect(check.read(aResult({ cohort }), [])!.cohort).toBe('*'),
  );

  it.each<[string, Partial<EffectInput>, string[]]>([
    ['no metric', { metric: '' }, ['/metric METRIC_MISSING']],
    ['an unknown metric', { metric: 'x' }, ['/metric METRIC_UNKNOWN']],
    ['a rate for its metric', { metric: 'on-time' }, ['/metric METRIC_NOT_AN_EFFECT']],
    ['an unknown cohort', { cohort: 'third' }, ['/cohort COHORT_UNKNOWN']],
    ['no value', { value: '' }, ['/value VALUE_MISSING']],
    ['a percentage without its sign', { value: '8.4' }, ['/value VALUE_UNREADABLE']],
    ['a number with a sign of per cent', { ...MEAN, value: '0.69%' }, ['/value VALUE_UNREADABLE']],
    ['scientific notation', { ...MEAN, value: '6.9e-1' }, ['/value VALUE_UNREADABLE']],
    ['half an interval', { high: '' }, ['/high INTERVAL_HALF_GIVEN']],
    ['a bound above the value', { low: '8.5%' }, ['/low INTERVAL_MISSES_VALUE']],
    ['a bound below the value', { high: '8.3%' }, ['/high INTERVAL_MISSES_VALUE']],
    ['nobody', { n: '0' }, ['/n N_NOT_A_WHOLE_NUMBER']],
    ['half a person', { n: '1.5' }, ['/n N_NOT_A_WHOLE_NUMBER']],
    ['no day', { signedOn: '' }, ['/signedOn DATE_MISSING']],
    ['the day of tomorrow', { signedOn: '2016-06-02' }, ['/signedOn DATE_IN_FUTURE']],
    ['half a digest', { documentHash: 'ab'.repeat(16) }, ['/documentHash NOT_A_SHA256']],
    ['a reason like a formula', { correctionReason: '=A1' }, ['/correctionReason FORMULA_CELL']],
  ])('with %s is refused', (_name, given, expected) => expect(codes(given)).toEqual(expected));

  it('is taken back with a reason and without numbers', () => {
    const blank = { value: '', low: '', high: '', n: '', documentHash: '', status: 'void' };
    expect(codes({ ...blank, correctionReason: 'withdrawn by its author' })).toEqual([]);
    expect(codes({ ...blank, n: '3' })).toEqual([
      '/correctionReason VOID_NEEDS_REASON',
      '/n NUMBERS_NOT_FOR_VOID',
    ]);
  });

  it('is signed by the party that the metric names', () => {
    expect(evaluatorFault(anEffect(), 'university')).toBeNull();
    expect(evaluatorFault(anEffect(), 'council')).toMatchObject({ code: 'EVALUATOR_IS_ANOTHER' });
    expect(evaluatorFault(anEffect(), null)).toMatchObject({ at: '/metric' });
  });

  it('has its faults told by the columns of the file', () =>
    expect(['/signedOn', '/documentHash', '/low'].map(effectColumn)).toEqual([
      'signed_on',
      'document_sha256',
      'low',
    ]));
});
