import { z } from 'zod';
import { effect, effectInWords, effectOf, effectSchema } from '../aggregate-measures/effect.js';
import type { MeasuredValue } from '../aggregate-measures/measure.js';
import { cohortName } from '../aggregate-measures/places.js';
import { amountFaults } from '../money/amount-faults.js';
import { compare, fraction, multiply, parseFraction } from '../money/fraction.js';
import { numberFaults } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { ALL_COHORTS, type CohortOutcome } from '../outcomes/outcome.js';
import { nothing, outcomeOf, type Worth } from './aggregate.js';
import type { ClauseContext, ClauseWeigher, Mechanism } from './mechanism.js';

/**
 * R6, cohort trigger with a pooled fallback: a cohort whose signed effect reaches the trigger is paid on its own. For the
 * cohorts that were not, the pooled effect, which is a signed result of its own over all cohorts, is tested against a
 * lower trigger, and pays for those cohorts only; a cohort paid on its own is never paid again. An effect equal to the
 * trigger reaches it. Refused with a line: a trigger that is not reached, a result that was not delivered by the end of
 * the last period. What the deal pays at most is said by caps, not here.
 */
export const cohortTriggerSchema = z
  .strictObject({
    type: z.literal('R6'),
    metric: effectSchema.shape.metric,
    test: effectSchema.shape.test,
    trigger: z.string().describe('The effect at which a cohort is paid on its own: "10%".'),
    pooledTrigger: z
      .string()
      .describe('The pooled effect at which the other cohorts are paid: "7.5%".'),
    pays: z.discriminatedUnion('by', [
      z.strictObject({
        by: z.literal('cohort'),
        amount: z.string().describe('What each cohort that is paid for brings in.'),
      }),
      z.strictObject({
        by: z.literal('each'),
        price: z.string().describe('A price for each participant of a cohort that is paid for.'),
      }),
    ]),
  })
  .describe('R6: a trigger for each cohort, and a pooled one for the rest.');
export type CohortTriggerRule = z.infer<typeof cohortTriggerSchema>;

export const cohortTrigger: Mechanism<CohortTriggerRule> = {
  schema: cohortTriggerSchema,
  pays: 'outcomes',
  level: () => 'cohort',
  inWords: (rule, { currency, metrics }) =>
    `pays ${
      rule.pays.by === 'cohort'
        ? `${formatMoney(parseMoney(rule.pays.amount, currency))} for each cohort`
        : `${formatMoney(parseMoney(rule.pays.price, currency))} for each participant of a cohort`
    } for which ${effect.inWords(measureOf(rule, 'each'), { metrics })} reaches ${rule.trigger}; for the other cohorts ` +
    `if ${effect.inWords(measureOf(rule, 'pooled'), { metrics })} reaches ${rule.pooledTrigger}`,
  metrics: ({ metric }) => [metric],

  problems(rule, surroundings) {
    const { trigger, pooledTrigger, pays } = rule;
    const numbers = [
      ...numberFaults(trigger, '/trigger'),
      ...numberFaults(pooledTrigger, '/pooledTrigger'),
    ];
    return [
      ...effect.problems(measureOf(rule, 'each'), surroundings),
      ...(numbers.length > 0 ? numbers : orderFaults(rule)),
      ...(pays.by === 'cohort'
        ? amountFaults('/pays/amount', pays.amount, surroundings.currency, 'PRICE_NEGATIVE')
        : amountFaults('/pays/price', pays.price, surroundings.currency, 'PRICE_NEGATIVE')),
    ];
  },

  open: openCohortTrigger,
};

const measureOf = ({ metric, test }: CohortTriggerRule, cohorts: 'each' | 'pooled') =>
  ({ of: 'effect', metric, test, cohorts }) as const;

const orderFaults = ({ trigger, pooledTrigger }: CohortTriggerRule) =>
  compare(parseFraction(pooledTrigger), parseFraction(trigger)) <= 0
    ? []
    : [
        {
          at: '/pooledTrigger',
          code: 'TRIGGERS_CROSSED',
          detail: `The pooled trigger ${pooledTrigger} is higher than the trigger of one cohort, ${trigger}. Lower it.`,
        },
      ];

function openCohortTrigger(rule: CohortTriggerRule, context: ClauseContext): ClauseWeigher {
  const [trigger, pooledTrigger] = [parseFraction(rule.trigger), parseFraction(rule.pooledTrigger)];
  const { pays, metric } = rule;
  const rateMinor = parseMoney(
    pays.by === 'cohort' ? pays.amount : pays.price,
    context.currency,
  ).minor;
  const rateText = formatMoney(money(rateMinor, context.currency));
  const valueInWords = (value: typeof trigger) => effectInWords(context.metrics.get(metric), value);
  const reaches = ({ value }: MeasuredValue, least: typeof trigger) =>
    value !== null && compare(value, least) >= 0;

  /** What the cohorts named bring in. */
  function worth(cohorts: readonly MeasuredValue[], why: string): Worth {
    const n = cohorts.reduce((sum, one) => sum + one.n, 0n);
    const quantity = fraction(pays.by === 'cohort' ? BigInt(cohorts.length) : n);
    const exactMinor = multiply(quantity, fraction(rateMinor));
    const unit = pays.by === 'cohort' ? 'cohort' : 'participant';
    return {
      quantity,
      unit,
      rateMinor,
      exactMinor,
      reason: rateMinor === 0n ? 'price-is-nil' : quantity.numerator === 0n ? 'too-few' : null,
      reckoning: `${quantity.numerator} ${unit}${quantity.numerator === 1n ? '' : 's'} at ${rateText}`,
      why,
    };
  }

  function ofCohort(own: MeasuredValue): Worth {
    if (own.value === null) return nothing(own.reason!, 'there is no result to test');
    const tested = `${valueInWords(own.value)} against a trigger of ${valueInWords(trigger)}`;
    return reaches(own, trigger)
      ? worth([own], `${tested}: reached`)
      : nothing('trigger-not-met', `${tested}: not reached, so the cohort goes to the pooled test`);
  }

  function ofPool(pooled: MeasuredValue, results: readonly MeasuredValue[]): Worth {
    const left = results.filter((own) => own.value !== null && !reaches(own, trigger));
    const paid = results.filter((own) => reaches(own, trigger)).map(nameOf);
    if (left.length === 0)
      return paid.length === 0
        ? nothing('no-result', 'no cohort has a result of its own, so there is none to pay for')
        : nothing(
            'already-paid',
            `every cohort with a result was paid on its own: ${paid.join(', ')}`,
          );
    if (pooled.value === null) return nothing(pooled.reason!, 'there is no pooled result to test');
    const tested = `${valueInWords(pooled.value)} pooled against a trigger of ${valueInWords(pooledTrigger)}`;
    if (!reaches(pooled, pooledTrigger))
      return nothing('trigger-not-met', `${tested}: not reached`);
    const apart = paid.length === 0 ? '' : `; paid on their own already: ${paid.join(', ')}`;
    return worth(left, `${tested}: reached, for ${left.map(nameOf).join(', ')}${apart}`);
  }

  const nameOf = ({ cohort }: MeasuredValue) => cohortName(cohort, context.cohorts);

  return {
    weigh: () => [],
    close(): CohortOutcome[] {
      const each = measureOf(rule, 'each');
      const results = context.cohorts.flatMap(({ id }) => effectOf(each, id, context));
      const pooled = effectOf(measureOf(rule, 'pooled'), ALL_COHORTS, context);
      return [
        ...results.map((own) => ({ own, found: ofCohort(own) })),
        ...pooled.map((own) => ({ own, found: ofPool(own, results) })),
      ].map(({ own, found }) => outcomeOf('R6', context.clause, metric, own, found));
    },
  };
}
