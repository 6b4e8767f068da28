import { perPointTerms } from '../../../../test/support/record.builder.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { parseDraft } from '../parse.js';
import { activationProblems } from './activation-problems.js';

const DAYS = {
  kind: 'scale',
  id: 'days-out',
  name: 'Days out of the house',
  min: '0',
  max: '7',
  decimals: 1,
  improvement: 'higher',
  unit: 'days',
};
/** Terms in which what was measured on UCLA is measured otherwise. */
const measuredWith = (metric: object, instruments?: readonly object[]) => {
  const terms = trialTerms({ ...perPointTerms() });
  return {
    ...terms,
    metrics: [{ ...terms.metrics[0]!, ...metric }],
    ...(instruments === undefined ? {} : { instruments }),
  };
};
const found = (terms: unknown) =>
  activationProblems(parseDraft(terms)).map(({ at, code }) => [at, code]);

describe('metrics', () => {
  it.each<[string, object, object[] | undefined]>([
    ['a built-in instrument', { instrument: 'phq-9' }, undefined],
    ['a subscale of a built-in one', { instrument: 'sdq', subscale: 'prosocial' }, undefined],
    ['an instrument of the terms', { instrument: 'days-out' }, [DAYS]],
  ])('may be measured with %s', (_name, metric, instruments) =>
    expect(found(measuredWith(metric, instruments))).toEqual([]),
  );

  it.each<[string, object, [string, string][]]>([
    [
      'an unknown instrument',
      { instrument: 'phq-8' },
      [['/metrics/0/instrument', 'INSTRUMENT_UNKNOWN']],
    ],
    [
      'a name that every object has',
      { instrument: 'constructor' },
      [['/metrics/0/instrument', 'INSTRUMENT_UNKNOWN']],
    ],
    [
      'an unknown subscale',
      { instrument: 'sdq', subscale: 'total' },
      [['/metrics/0/subscale', 'SUBSCALE_UNKNOWN']],
    ],
    [
      'a subscale of an instrument that has none',
      { instrument: 'phq-9', subscale: 'sleep' },
      [['/metrics/0/subscale', 'SUBSCALE_UNKNOWN']],
    ],
    [
      'the total of an instrument that has none',
      { instrument: 'asq-3' },
      [['/metrics/0/subscale', 'SUBSCALE_MISSING']],
    ],
  ])('may not be measured with %s', (_name, metric, faults) =>
    expect(found(measuredWith(metric))).toEqual(faults),
  );
});

describe('instruments of the terms', () => {
  it.each<[string, object[], [string, string][]]>([
    [
      'may not take the name of a built-in one',
      [{ ...DAYS, id: 'phq-9' }],
      [['/instruments/0/id', 'INSTRUMENT_BUILT_IN']],
    ],
    ['have one name each', [DAYS, DAYS], [['/instruments/1/id', 'NAMED_TWICE']]],
    ['are sound', [{ ...DAYS, max: '-1' }], [['/instruments/0/max', 'BOUNDS_BACKWARD']]],
  ])('%s', (_name, instruments, faults) =>
    expect(found(measuredWith({}, instruments))).toEqual(faults),
  );

  it('decide which way is better, and how fine a score is: 2.5 to 4 days is 1.5 points', () => {
    const terms = measuredWith({ instrument: 'days-out' }, [DAYS]);
    const seen = (occurrence: string, measuredOn: string, value: string) => ({
      metric: 'ucla',
      occurrence,
      measuredOn,
      value,
    });
    const example = {
      name: 'more days out',
      startedOn: '2015-06-04',
      observations: [seen('baseline', '2015-06-04', '2.5'), seen('6m', '2015-12-10', '4')],
      expect: '990.00',
    };
    const clauses = [{ ...terms.clauses[0]!, examples: [example] }];
    expect(found({ ...terms, clauses })).toEqual([]);
    example.observations[1]!.value = '4.25';
    expect(found({ ...terms, clauses })).toEqual([
      ['/clauses/0/examples/0/observations/1/value', 'SCORE_NOT_A_NUMBER'],
    ]);
  });
});
