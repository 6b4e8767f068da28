import { civilDate } from '../calendar/civil-date.js';
import type { EffectResult } from '../outcomes/contract-record.js';
import { someRuleSurroundings, aWording } from '../../../test/support/clause.builder.js';
import {
  aMeasureContext,
  EFFECT,
  foundBy,
  inShort,
  signed,
  UCLA,
} from '../../../test/support/measure.builder.js';
import { PETERBOROUGH_TRIGGERS as PETERBOROUGH } from '../../../test/worked-examples/cohort-rules.js';
import { cohortTrigger, type CohortTriggerRule } from './cohort-trigger.js';

const RULE: CohortTriggerRule = {
  type: 'R6',
  metric: 'reconvictions',
  test: 'point',
  trigger: PETERBOROUGH.trigger,
  pooledTrigger: PETERBOROUGH.pooledTrigger,
  pays: { by: 'cohort', amount: '1000000.00' },
};
const EACH: CohortTriggerRule = { ...RULE, pays: { by: 'each', price: '1000.00' } };

const cohorts = ['cohort-1', 'cohort-2'].map((id) => ({
  id,
  label: id,
  opensOn: civilDate('2015-04-01'),
  closesOn: civilDate('2015-12-31'),
}));
const outcomes = (effects: readonly EffectResult[], rule: CohortTriggerRule = RULE) =>
  foundBy(rule, aMeasureContext({ effects }, { cohorts }));
const rows = (...given: Parameters<typeof outcomes>) =>
  inShort(outcomes(...given)).map(({ cohort, pays, reason }) => [cohort, pays, reason]);

const FAILED = signed('cohort-1', '8.4%');
const PASSED = signed('cohort-2', '10%', { n: 900n });
const POOLED = signed('*', '9.0%', { n: 1900n });

describe('R6, the triggers of Peterborough', () => {
  const { effects } = PETERBOROUGH;
  it('pay nothing for the first cohort, and for it once the pooled effect is signed', () => {
    const found = rows([signed('cohort-1', effects['cohort-1']), signed('*', effects.pooled)]);
    expect(found).toEqual([
      ['cohort-1', PETERBOROUGH.cohortPays.amount, PETERBOROUGH.cohortPays.reason],
      ['cohort-2', '0.00', 'no-result'],
      ['*', '1000000.00', PETERBOROUGH.pooledPays.reason],
    ]);
  });
});

describe('R6', () => {
  it.each<[string, EffectResult[], [string, string, string | null][]]>([
    [
      'every cohort on its own',
      [signed('cohort-1', '12%'), PASSED, POOLED],
      [
        ['cohort-1', '1000000.00', null],
        ['cohort-2', '1000000.00', null],
        ['*', '0.00', 'already-paid'],
      ],
    ],
    [
      'the pooled effect only for those that were not paid on their own',
      [FAILED, PASSED, POOLED],
      [
        ['cohort-1', '0.00', 'trigger-not-met'],
        ['cohort-2', '1000000.00', null],
        ['*', '1000000.00', null],
      ],
    ],
    [
      'a pooled effect exactly at its trigger',
      [FAILED, signed('cohort-2', '9.99%'), signed('*', '7.5%')],
      [
        ['cohort-1', '0.00', 'trigger-not-met'],
        ['cohort-2', '0.00', 'trigger-not-met'],
        ['*', '2000000.00', null],
      ],
    ],
    [
      'a pooled effect just below it',
      [FAILED, PASSED, signed('*', '7.49%')],
      [
        ['cohort-1', '0.00', 'trigger-not-met'],
        ['cohort-2', '1000000.00', null],
        ['*', '0.00', 'trigger-not-met'],
      ],
    ],
    [
      'a pooled effect that was never delivered',
      [FAILED, PASSED],
      [
        ['cohort-1', '0.00', 'trigger-not-met'],
        ['cohort-2', '1000000.00', null],
        ['*', '0.00', 'no-result'],
      ],
    ],
    [
      'no result at all',
      [],
      [
        ['cohort-1', '0.00', 'no-result'],
        ['cohort-2', '0.00', 'no-result'],
        ['*', '0.00', 'no-result'],
      ],
    ],
    [
      'a later version that falls short',
      [FAILED, PASSED, signed('cohort-2', '9%', { version: 2 }), POOLED],
      [
        ['cohort-1', '0.00', 'trigger-not-met'],
        ['cohort-2', '0.00', 'trigger-not-met'],
        ['*', '2000000.00', null],
      ],
    ],
  ])('pays %s', (_name, effects, expected) => expect(rows(effects)).toEqual(expected));

  it('prices the participants of the cohorts that are paid for', () =>
    expect(inShort(outcomes([FAILED, PASSED, POOLED], EACH))).toMatchObject([
      { pays: '0.00' },
      { pays: '900000.00', quantity: '900' },
      { pays: '1000000.00', quantity: '1000' },
    ]));

  it('may ask for the lower bound of the interval', () => {
    const effects = [signed('cohort-1', '12%', { low: '9%' }), signed('cohort-2', '12%')];
    expect(rows(effects, { ...RULE, test: 'lower-bound' })).toEqual([
      ['cohort-1', '0.00', 'trigger-not-met'],
      ['cohort-2', '0.00', 'no-result'],
      ['*', '0.00', 'no-result'],
    ]);
  });

  it('says what was tested, and for whom the pooled effect pays', () => {
    const [first, , pooled] = outcomes([FAILED, PASSED, POOLED]);
    expect(first!.steps[0]!.why).toBe(
      '8.4% against a trigger of 10%: not reached, so the cohort goes to the pooled test',
    );
    expect(pooled!.steps[0]!.why).toBe(
      '9% pooled against a trigger of 7.5%: reached, for cohort-1; paid on their own already: cohort-2',
    );
    expect(pooled!.reckoning).toBe('1 cohort at £1,000,000.00');
  });

  it('says so where nobody or nothing is priced', () => {
    expect(rows([signed('cohort-1', '12%', { n: 0n })], EACH)[0]).toEqual([
      'cohort-1',
      '0.00',
      'too-few',
    ]);
    const nil: CohortTriggerRule = { ...RULE, pays: { by: 'cohort', amount: '0.00' } };
    expect(rows([PASSED], nil)[1]).toEqual(['cohort-2', '0.00', 'price-is-nil']);
  });

  it.each<[string, Partial<CohortTriggerRule>, string[][]]>([
    ['nothing wrong', {}, []],
    ['another kind of metric', { metric: 'ucla' }, [['/metric', 'METRIC_UNKNOWN']]],
    ['crossed triggers', { pooledTrigger: '11%' }, [['/pooledTrigger', 'TRIGGERS_CROSSED']]],
    ['equal triggers', { pooledTrigger: '10%' }, []],
    ['a trigger that is no number', { trigger: 'ten' }, [['/trigger', 'NOT_A_FRACTION']]],
    [
      'a negative amount',
      { pays: { by: 'cohort', amount: '-1.00' } },
      [['/pays/amount', 'PRICE_NEGATIVE']],
    ],
    [
      'a negative price',
      { pays: { by: 'each', price: '-1.00' } },
      [['/pays/price', 'PRICE_NEGATIVE']],
    ],
  ])('answers %s', (_name, rule, faults) =>
    expect(
      cohortTrigger
        .problems({ ...RULE, ...rule }, someRuleSurroundings([EFFECT, UCLA]))
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );

  it('reads aloud', () =>
    expect(cohortTrigger.inWords(EACH, aWording(aMeasureContext().metrics))).toBe(
      'pays £1,000.00 for each participant of a cohort for which the signed result for Reduction in reconvictions of each ' +
        'cohort reaches 10%; for the other cohorts if the signed result for Reduction in reconvictions of all cohorts ' +
        'pooled reaches 7.5%',
    ));
});
