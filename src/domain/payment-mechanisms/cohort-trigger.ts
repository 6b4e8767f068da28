import { z } from 'zod';
import { effect, effectInWords, effectOf, effectSchema } from '../aggregate-measures/effect.js';
import type { MeasuredValue } from '../aggregate-measures/measure.js';
import { cohortName } from '../aggregate-measures/places.js';
import { amountFaults } from '../money/amount-faults.js';
import {
  compare,
  fraction,
  isPositive,
  multiply,
  parseFraction,
  type Fraction,
} from '../money/fraction.js';
import { numberFaults } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { ALL_COHORTS, type CohortOutcome } from '../outcomes/outcome.js';
import { nothing, outcomeOf, type Worth } from './aggregate.js';
import type { ClauseContext, ClauseWeigher, Mechanism } from './mechanism.js';

/**
 * R6, cohort trigger with a pooled fallback: a cohort whose signed effect reaches the trigger is paid on its own. For the
 * cohorts that were not, the pooled effect, which is a signed result of its own over all cohorts, is tested against a
 * lower trigger, and pays for those cohorts only; a cohort that was paid for, on its own or from the pool, is never paid
 * for again, also under a later edition with other triggers. Where an earlier edition has decided the pool, a cohort whose
 * own result comes later is tested by the pooled effect on its own line. An effect equal to the trigger reaches it. Refused with a line: a trigger that is not reached, a result that was not delivered by the end of
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
  inWords: (rule, { currency, metrics, attributes }) =>
    `pays ${
      rule.pays.by === 'cohort'
        ? `${formatMoney(parseMoney(rule.pays.amount, currency))} for each cohort`
        : `${formatMoney(parseMoney(rule.pays.price, currency))} for each participant of a cohort`
    } for which ${effect.inWords(measureOf(rule, 'each'), { metrics, attributes })} reaches ${rule.trigger}; for the other cohorts ` +
    `if ${effect.inWords(measureOf(rule, 'pooled'), { metrics, attributes })} reaches ${rule.pooledTrigger}`,
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

/** Cohorts that earlier editions of the terms have paid for, on their own or from the pool, and whether they decided it. */
interface Decided {
  readonly own: ReadonlySet<string>;
  readonly pooled: ReadonlySet<string>;
  readonly pool: boolean;
}

function decidedBy(before: readonly CohortOutcome[]): Decided {
  const paid = before.filter(({ exactMinor }) => isPositive(exactMinor));
  return {
    own: new Set(paid.map(({ cohort }) => cohort)),
    pooled: new Set(paid.flatMap(({ covers }) => covers ?? [])),
    pool: before.some(({ cohort }) => cohort === ALL_COHORTS),
  };
}

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
  const { metric } = rule;
  const priced = pricedOf(rule, context);
  const { againstTrigger, againstPooled, nameOf } = wordsOf(rule, context);
  const reaches = ({ value }: MeasuredValue, least: Fraction) =>
    value !== null && compare(value, least) >= 0;

  const worth = (cohorts: readonly MeasuredValue[], why: string) => worthOf(cohorts, priced, why);

  function ofCohort(
    own: MeasuredValue,
    pooled: MeasuredValue | undefined,
    decided: Decided,
  ): Worth {
    if (decided.pooled.has(own.cohort))
      return nothing(
        'already-paid',
        'the cohort was paid for from the pool before the terms changed',
      );
    if (own.value === null) return nothing(own.reason!, 'there is no result to test');
    const tested = againstTrigger(own.value);
    if (reaches(own, trigger)) return worth([own], `${tested}: reached`);
    const notReached = `${tested}: not reached, so the cohort goes to the pooled test`;
    if (!decided.pool || pooled === undefined || pooled.value === null)
      return nothing('trigger-not-met', notReached);
    const again = `${notReached}, which was decided before its result: ${againstPooled(pooled.value)}`;
    return reaches(pooled, pooledTrigger)
      ? worth([own], `${again}: reached`)
      : nothing('trigger-not-met', `${again}: not reached`);
  }

  const isPaidFor = (own: MeasuredValue, decided: Decided) =>
    decided.own.has(own.cohort) || reaches(own, trigger);
  const leftOf = (results: readonly MeasuredValue[], decided: Decided) =>
    results.filter((own) => own.value !== null && !isPaidFor(own, decided));

  function ofPool(pooled: MeasuredValue, results: readonly MeasuredValue[], decided: Decided) {
    const left = leftOf(results, decided);
    const paid = results.filter((own) => isPaidFor(own, decided)).map(nameOf);
    if (left.length === 0) return nobodyLeft(paid);
    if (pooled.value === null) return nothing(pooled.reason!, 'there is no pooled result to test');
    const tested = againstPooled(pooled.value);
    if (!reaches(pooled, pooledTrigger))
      return nothing('trigger-not-met', `${tested}: not reached`);
    const apart = paid.length === 0 ? '' : `; paid on their own already: ${paid.join(', ')}`;
    return worth(left, `${tested}: reached, for ${left.map(nameOf).join(', ')}${apart}`);
  }

  return {
    weigh: () => [],
    close(_earlier, before = []): CohortOutcome[] {
      const decided = decidedBy(before);
      const each = measureOf(rule, 'each');
      const results = context.cohorts.flatMap(({ id }) => effectOf(each, id, context));
      const pooled = effectOf(measureOf(rule, 'pooled'), ALL_COHORTS, context);
      const covers = leftOf(results, decided).map(({ cohort }) => cohort);
      const outcome = (own: MeasuredValue, found: Worth) =>
        outcomeOf('R6', context.clause, metric, own, found);
      return [
        ...results.map((own) => outcome(own, ofCohort(own, pooled[0], decided))),
        ...pooled.map((own) => ({
          ...outcome(restingOn(own, results), ofPool(own, results, decided)),
          covers,
        })),
      ];
    },
  };
}

/** How the rule speaks of its tests, and of cohorts. */
function wordsOf({ metric, trigger, pooledTrigger }: CohortTriggerRule, context: ClauseContext) {
  const inWords = (value: Fraction) => effectInWords(context.metrics.get(metric), value);
  const least = (text: string) => `against a trigger of ${inWords(parseFraction(text))}`;
  return {
    againstTrigger: (value: Fraction) => `${inWords(value)} ${least(trigger)}`,
    againstPooled: (value: Fraction) => `${inWords(value)} pooled ${least(pooledTrigger)}`,
    nameOf: ({ cohort }: MeasuredValue) => cohortName(cohort, context.cohorts),
  };
}

/** A pooled payment rests on the cohorts' own results too: they say for whom it is. */
const restingOn = (pooled: MeasuredValue, results: readonly MeasuredValue[]): MeasuredValue => ({
  ...pooled,
  evidence: [...pooled.evidence, ...results.flatMap(({ evidence }) => evidence)],
});

const nobodyLeft = (paid: readonly string[]): Worth =>
  paid.length === 0
    ? nothing('no-result', 'no cohort has a result of its own, so there is none to pay for')
    : nothing('already-paid', `every cohort with a result was paid on its own: ${paid.join(', ')}`);

interface Priced {
  readonly by: CohortTriggerRule['pays']['by'];
  readonly rateMinor: bigint;
  readonly rateText: string;
}

function pricedOf({ pays }: CohortTriggerRule, { currency }: ClauseContext): Priced {
  const rateMinor = parseMoney(pays.by === 'cohort' ? pays.amount : pays.price, currency).minor;
  return { by: pays.by, rateMinor, rateText: formatMoney(money(rateMinor, currency)) };
}

/** What the cohorts given bring in. */
function worthOf(
  cohorts: readonly MeasuredValue[],
  { by, rateMinor, rateText }: Priced,
  why: string,
): Worth {
  const n = cohorts.reduce((sum, one) => sum + one.n, 0n);
  const quantity = fraction(by === 'cohort' ? BigInt(cohorts.length) : n);
  const unit = by === 'cohort' ? 'cohort' : 'participant';
  return {
    quantity,
    unit,
    rateMinor,
    exactMinor: multiply(quantity, fraction(rateMinor)),
    reason: rateMinor === 0n ? 'price-is-nil' : quantity.numerator === 0n ? 'too-few' : null,
    reckoning: `${quantity.numerator} ${unit}${quantity.numerator === 1n ? '' : 's'} at ${rateText}`,
    why,
  };
}
