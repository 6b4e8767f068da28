import { z } from 'zod';
import { addMonths, type CivilDate, type MonthRule } from '../calendar/civil-date.js';
import { contains } from '../calendar/period.js';
import { formatFraction, fraction, isPositive, ONE, ZERO } from '../money/fraction.js';
import { amountFaults } from '../money/amount-faults.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { clauseAboveFaults } from '../outcomes/clause-above-faults.js';
import { lengthInWords } from '../outcomes/length.js';
import { inOrder } from '../outcomes/in-order.js';
import { ALL_COHORTS, type CohortOutcome, type Outcome } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';
import type { ClauseContext, ClauseWeigher, Mechanism } from './mechanism.js';

/**
 * R10, composite: all, any or so many of the conditions that clauses above this one set; it pays its price once, or in each
 * claim window, or so many times by new results, on the
 * day on which the last condition needed was met, and if the terms say so only where all of them were met within a number of
 * months. A clause's condition is met on each day on which an outcome of it counted: one that is worth something, or
 * that the clause records without a price. It judges participants or cohorts as its clauses do; a result about all
 * cohorts counts for each. One refusal is given, and only once no more is to be expected: when every clause has been
 * looked at and too few conditions were met, or when the months have run out. What is reversed is said by M9.
 */
export const compositeSchema = z
  .strictObject({
    type: z.literal('R10'),
    conditions: z.array(z.string()).min(1).describe('Clauses above this one, each a condition.'),
    need: z
      .union([z.enum(['all', 'any']), z.int().min(1)])
      .describe('How many of the conditions must be met: all, any, or a number.'),
    withinMonths: z
      .int()
      .min(1)
      .max(600)
      .optional()
      .describe('The most months from the first condition that counts to the last.'),
    price: z.string().describe('Price, paid once unless it repeats: "1000.00".'),
    repeats: z
      .discriminatedUnion('per', [
        z.strictObject({
          per: z.literal('period').describe('Once in each claim window, by what was met in it.'),
        }),
        z.strictObject({
          per: z.literal('contract').describe('So many times over the contract.'),
          times: z
            .int()
            .min(2)
            .max(100)
            .describe('How often, each time by results on which no earlier payment rests.'),
        }),
      ])
      .optional()
      .describe('Where it is paid more than once; left out, it is paid once.'),
    unit: z.string().min(1).default('result').describe('What it is called in sentences.'),
  })
  .describe('R10: price where all, any or so many of the conditions of other clauses are met.');
export type CompositeRule = z.infer<typeof compositeSchema>;

export const composite: Mechanism<CompositeRule> = {
  schema: compositeSchema,
  pays: 'outcomes',
  level: ({ conditions }, { earlierClauses }) =>
    conditions.map((id) => earlierClauses.get(id)).find((level) => level !== undefined) ??
    'participant',

  inWords: (rule, { currency }) =>
    `pays ${formatMoney(parseMoney(rule.price, currency))} ${oftenInWords(rule)} where ${needInWords(rule)}` +
    (rule.withinMonths === undefined ? '' : withinInWords(rule, rule.withinMonths)) +
    (rule.repeats?.per === 'contract'
      ? ', each time by results on which no earlier payment rests'
      : ''),

  metrics: () => [],

  problems(rule, { currency, earlierClauses, clauseIds }) {
    const faults: Fault[] = amountFaults('/price', rule.price, currency, 'PRICE_NEGATIVE');
    rule.conditions.forEach((id, index) => {
      const at = `/conditions/${index}`;
      faults.push(...clauseAboveFaults(id, at, { clauseIds, earlierClauses }));
      if (rule.conditions.indexOf(id) !== index) {
        const detail = `Clause "${id}" stands twice. Name each condition once.`;
        faults.push({ at, code: 'NAMED_TWICE', detail });
      }
    });
    const levels = new Set(rule.conditions.flatMap((id) => earlierClauses.get(id) ?? []));
    if (levels.size > 1)
      faults.push({
        at: '/conditions',
        code: 'LEVELS_MIXED',
        detail:
          'Some of these clauses pay for each participant and others for a whole cohort. Name only clauses of one kind.',
      });
    if (needed(rule) === 1 && rule.withinMonths !== undefined)
      faults.push({
        at: '/withinMonths',
        code: 'MONTHS_WITHOUT_EFFECT',
        detail:
          'One condition is enough, so there is no time between conditions. Remove the months.',
      });
    if (needed(rule) > rule.conditions.length)
      faults.push({
        at: '/need',
        code: 'COUNT_TOO_HIGH',
        detail: `${needed(rule)} of ${rule.conditions.length} conditions can never be met.`,
      });
    return faults;
  },

  open: openComposite,
};

/** How often it is paid: "once", "once in each claim window", "up to 3 times". */
function oftenInWords({ repeats }: CompositeRule): string {
  if (repeats === undefined) return 'once';
  return repeats.per === 'period' ? 'once in each claim window' : `up to ${repeats.times} times`;
}

/** " within 6 months of each other", where more than one condition is needed. */
const withinInWords = (rule: CompositeRule, months: number): string =>
  ` within ${lengthInWords({ months })}${needed(rule) > 1 ? ' of each other' : ''}`;

const needed = ({ need, conditions }: CompositeRule): number =>
  need === 'all' ? conditions.length : need === 'any' ? 1 : need;

function needInWords({ need, conditions }: CompositeRule): string {
  if (conditions.length === 1) return `the condition of clause ${conditions[0]} is met`;
  const names = `clauses ${conditions.join(', ')}`;
  if (need === 'all') return `the conditions of ${names} are all met`;
  return need === 'any'
    ? `the condition of any of ${names} is met`
    : `the conditions of at least ${need} of ${names} are met`;
}

/** A refusal, a reversal and a change for the worse meet no condition; a result that is recorded without a price does. */
const isMet = ({ reason, quantity, exactMinor }: Outcome): boolean =>
  isPositive(exactMinor) ||
  (exactMinor.numerator === 0n &&
    isPositive(quantity) &&
    (reason === null || reason === 'price-is-nil'));

function openComposite(rule: CompositeRule, context: ClauseContext): ClauseWeigher {
  const names = new Set(rule.conditions);
  const level = rule.conditions.map((id) => context.levels.get(id)).find((one) => one);
  const rateMinor = parseMoney(rule.price, context.currency).minor;
  const priced: Priced = { rule, context, rateMinor };

  function judge(earlier: readonly Outcome[]): Outcome[] {
    const seen = inOrder(earlier.filter(({ clause }) => names.has(clause)));
    if (rule.repeats?.per === 'period') return judgeByPeriod(priced, seen);
    return rule.repeats === undefined
      ? judgeOnce(priced, seen, '')
      : judgeTimes(priced, seen, rule.repeats.times);
  }

  return {
    weigh: (_facts, _counts, earlier) => (level === 'cohort' ? [] : judge(earlier)),

    close(earlier) {
      if (level !== 'cohort') return [];
      const own = earlier.filter(({ clause }) => names.has(clause));
      const cohorts = new Set(own.map(({ cohort }) => cohort));
      if (cohorts.size > 1) cohorts.delete(ALL_COHORTS);
      return [...cohorts]
        .sort()
        .flatMap((cohort) =>
          judge(own.filter((one) => one.cohort === cohort || one.cohort === ALL_COHORTS)).map(
            (outcome): CohortOutcome => ({ ...outcome, cohort }),
          ),
        );
    },
  };
}

/** What is paid or refused where it is paid once; `of` tells several such judgements of one clause apart. */
function judgeOnce(priced: Priced, seen: readonly Outcome[], of: string): Outcome[] {
  const { rule, context } = priced;
  const met = seen.filter(isMet);
  const metOn = firstDayMet(rule, met, context.months);
  if (metOn !== null)
    return [outcomeOf(priced, `met${of}`, metOn, countedOn(rule, met, metOn, context.months))];
  const refusedOn = lookedAtOn(rule, seen, met, context);
  if (refusedOn === null) return [];
  return [outcomeOf(priced, `not-met${of}`, refusedOn, met.length > 0 ? met : seen)];
}

/** Each claim window by itself: what was met in another one counts for nothing in it. */
const judgeByPeriod = (priced: Priced, seen: readonly Outcome[]): Outcome[] =>
  priced.context.periods.flatMap((period) =>
    judgeOnce(
      priced,
      seen.filter(({ outcomeOn }) => contains(period, outcomeOn)),
      `/${period.id}`,
    ),
  );

/** One payment after another, each by results on which none before it rests; refused only where there is none at all. */
function judgeTimes(priced: Priced, seen: readonly Outcome[], times: number): Outcome[] {
  const { rule, context } = priced;
  const paid: Outcome[] = [];
  let left = seen;
  while (paid.length < times) {
    const met = left.filter(isMet);
    const metOn = firstDayMet(rule, met, context.months);
    if (metOn === null) break;
    const counted = needful(rule, countedOn(rule, met, metOn, context.months));
    paid.push(outcomeOf(priced, `met/${paid.length + 1}`, metOn, counted));
    left = left.filter((one) => !counted.includes(one));
  }
  return paid.length > 0 ? paid : judgeOnce(priced, seen, '');
}

/** No more results than are needed, so that what is not is left for the next time: the first that were met. */
const needful = (rule: CompositeRule, counted: readonly Outcome[]): readonly Outcome[] =>
  inOrder(counted).slice(0, needed(rule));

/** The first day on which enough conditions had been met; null where there is none. It looks at each outcome once. */
function firstDayMet(
  rule: CompositeRule,
  met: readonly Outcome[],
  months: MonthRule,
): CivilDate | null {
  const { withinMonths } = rule;
  const lastOn = new Map<string, CivilDate>();
  for (const [index, { clause, outcomeOn }] of met.entries()) {
    lastOn.set(clause, outcomeOn);
    if (met[index + 1]?.outcomeOn === outcomeOn || lastOn.size < needed(rule)) continue;
    const days = [...lastOn.values()];
    const standing =
      withinMonths === undefined
        ? days
        : days.filter((day) => addMonths(day, withinMonths, months) >= outcomeOn);
    if (standing.length >= needed(rule)) return outcomeOn;
  }
  return null;
}

/** One outcome of each clause whose condition was met by the day, and not too long before it. */
function countedOn(
  { withinMonths }: CompositeRule,
  met: readonly Outcome[],
  day: CivilDate,
  months: MonthRule,
): Outcome[] {
  const counted = new Map<string, Outcome>();
  for (const outcome of met) {
    const { clause, outcomeOn } = outcome;
    if (outcomeOn > day) break;
    if (withinMonths !== undefined && addMonths(outcomeOn, withinMonths, months) < day) continue;
    // without a limit the first time counts; with one, the time that is nearest to the others
    if (withinMonths !== undefined || !counted.has(clause)) counted.set(clause, outcome);
  }
  return [...counted.values()];
}

/** The day on which it was plain that too few conditions are met; null where more may come. */
function lookedAtOn(
  { conditions, withinMonths }: CompositeRule,
  seen: readonly Outcome[],
  met: readonly Outcome[],
  { before, months }: ClauseContext,
): CivilDate | null {
  if (new Set(seen.map(({ clause }) => clause)).size === conditions.length)
    return seen.at(-1)!.outcomeOn;
  const lastMet = met.at(-1);
  if (withinMonths === undefined || lastMet === undefined) return null;
  const ranOutOn = addMonths(lastMet.outcomeOn, withinMonths, months);
  return ranOutOn < before ? ranOutOn : null;
}

interface Priced {
  readonly rule: CompositeRule;
  readonly context: ClauseContext;
  readonly rateMinor: bigint;
}

function outcomeOf(
  { rule, context, rateMinor }: Priced,
  occurrence: string,
  outcomeOn: CivilDate,
  counted: readonly Outcome[],
): Outcome {
  const isPaid = !occurrence.startsWith('not-met');
  const exactMinor = isPaid ? fraction(rateMinor) : ZERO;
  const price = formatMoney(money(rateMinor, context.currency));
  const why = isPaid ? `1 ${rule.unit} at ${price}` : nothingPayable('condition-not-met');
  return {
    clause: context.clause,
    metric: counted.at(-1)!.metric,
    occurrence,
    outcomeOn,
    quantity: isPaid ? ONE : ZERO,
    unit: rule.unit,
    rateMinor,
    exactMinor,
    cutMinor: ZERO,
    reason: isPaid ? (rateMinor === 0n ? 'price-is-nil' : null) : 'condition-not-met',
    finding: findingOf(rule, outcomeOn, counted),
    steps: [{ step: 'R10', before: '0', after: formatFraction(exactMinor), why }],
    evidence: [...new Set(counted.flatMap(({ evidence }) => evidence))],
  };
}

/** "By 2015-08-01 2 of 3 conditions had been met (...), where 2 are needed within 6 months". */
function findingOf(rule: CompositeRule, on: CivilDate, counted: readonly Outcome[]): string {
  const met = counted.filter(isMet);
  const among = `${new Set(met.map(({ clause }) => clause)).size} of ${rule.conditions.length}`;
  const count = needed(rule);
  return (
    `By ${on} ${among} ${rule.conditions.length === 1 ? 'condition' : 'conditions'} had been met` +
    (met.length === 0 ? '' : ` (${metInWords(met)})`) +
    `, where ${count} ${count === 1 ? 'is' : 'are'} needed` +
    (rule.withinMonths === undefined ? '' : withinInWords(rule, rule.withinMonths))
  );
}

/** "clause 1 on 2015-06-02, clause 2 on 2015-08-01": the first day on which each was met. */
function metInWords(met: readonly Outcome[]): string {
  const first = new Map<string, CivilDate>();
  for (const { clause, outcomeOn } of met) if (!first.has(clause)) first.set(clause, outcomeOn);
  return [...first].map(([clause, on]) => `clause ${clause} on ${on}`).join(', ');
}
