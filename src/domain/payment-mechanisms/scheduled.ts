import { z } from 'zod';
import { addMonths, type CivilDate } from '../calendar/civil-date.js';
import { day } from '../calendar/civil-date.schema.js';
import { dateInWords } from '../calendar/date-in-words.js';
import { formatFraction, fraction, ONE, ZERO } from '../money/fraction.js';
import { amountFaults } from '../money/amount-faults.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { lengthInWords } from '../outcomes/length.js';
import { ALL_COHORTS, type CohortOutcome, type Outcome, type Reason } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { Fault } from '../shared/domain-error.js';
import {
  perParticipant,
  type ClauseContext,
  type ClauseWeigher,
  type Mechanism,
} from './mechanism.js';

/**
 * R12, scheduled: amounts that do not hang on a measured outcome. By date: a list of dated amounts about the contract as a
 * whole, such as an activity fee, or payments after a modelled or medium scenario in the place of measured outcomes. For
 * each participant: an attachment fee, at the start, after so many months if still enrolled, or on leaving. It is a fee, so
 * no deadweight is deducted. Whoever is outside the population keeps a nil line; so does whoever leaves before the months
 * are over. An amendment changes what falls due after it: each fee is known by its id, and one paid before stays paid. A
 * fee that falls due after what is computed is found all the same and left to its posting, so that it is not taken back
 * where an earlier period is computed again.
 */
export const scheduledSchema = z
  .strictObject({
    type: z.literal('R12'),
    schedule: z.discriminatedUnion('by', [
      z.strictObject({
        by: z.literal('date'),
        payments: z
          .array(
            z.strictObject({
              id: z
                .string()
                .regex(/^[a-z0-9][a-z0-9-]*$/, 'Write lower-case letters, digits and hyphens.')
                .describe('Names the payment for good, also in later editions.'),
              label: z.string().min(1).describe('"Activity fee, second quarter".'),
              on: day.describe('The day on which it falls due.'),
              amount: z.string().describe('"12500.00".'),
            }),
          )
          .min(1),
      }),
      z.strictObject({
        by: z.literal('participant'),
        label: z.string().min(1).describe('"Attachment fee".'),
        amount: z.string().describe('Paid once for each participant: "3200.00".'),
        when: z
          .enum(['start', 'months', 'exit'])
          .describe('At the start, after so many months if still enrolled, or on leaving.'),
        months: z.int().min(1).max(600).optional().describe('Months after the start.'),
      }),
    ]),
  })
  .describe('R12: amounts by date, or a fee for each participant.');
export type ScheduledRule = z.infer<typeof scheduledSchema>;
type ByDate = Extract<ScheduledRule['schedule'], { by: 'date' }>;
type ByParticipant = Extract<ScheduledRule['schedule'], { by: 'participant' }>;

export const scheduled: Mechanism<ScheduledRule> = {
  schema: scheduledSchema,
  pays: 'fees',
  level: ({ schedule }) => (schedule.by === 'date' ? 'cohort' : 'participant'),

  inWords({ schedule }, { currency }) {
    const pounds = (text: string) => formatMoney(parseMoney(text, currency));
    return schedule.by === 'date'
      ? `pays ${schedule.payments.map(({ label, on, amount }) => `${pounds(amount)} on ${dateInWords(on)} (${label})`).join(', ')}`
      : `pays ${pounds(schedule.amount)} (${schedule.label}) for each participant ${whenInWords(schedule)}`;
  },

  metrics: () => [],

  problems({ schedule }, { currency }) {
    if (schedule.by === 'participant')
      return [
        ...amountFaults('/schedule/amount', schedule.amount, currency, 'PRICE_NEGATIVE'),
        ...monthsFaults(schedule),
      ];
    const ids = schedule.payments.map(({ id }) => id);
    return schedule.payments.flatMap(({ id, amount }, index): Fault[] => {
      const at = `/schedule/payments/${index}`;
      const detail = `Payment "${id}" stands twice. Give each its own name.`;
      return [
        ...amountFaults(`${at}/amount`, amount, currency),
        ...(ids.indexOf(id) === index ? [] : [{ at: `${at}/id`, code: 'NAMED_TWICE', detail }]),
      ];
    });
  },

  open: ({ schedule }, context) =>
    schedule.by === 'date' ? openByDate(schedule, context) : openByParticipant(schedule, context),
};

function whenInWords({ when, months }: ByParticipant): string {
  if (when === 'months') return `still enrolled ${lengthInWords({ months })} after the start`;
  return when === 'start' ? 'at the start' : 'on leaving';
}

function monthsFaults({ when, months }: ByParticipant): Fault[] {
  if ((when === 'months') === (months !== undefined)) return [];
  const detail =
    months === undefined
      ? 'Say after how many months the fee is paid.'
      : 'Months are counted only where the fee is paid after so many months. Remove them.';
  return [{ at: '/schedule/months', code: 'MONTHS_UNCLEAR', detail }];
}

function openByDate({ payments }: ByDate, context: ClauseContext): ClauseWeigher {
  return {
    weigh: () => [],
    close: () =>
      payments.map(({ id, label, on, amount }): CohortOutcome => ({
        ...feeOf(context, amount, id, on, `${label} on ${on}`, null),
        cohort: ALL_COHORTS,
      })),
  };
}

function openByParticipant(schedule: ByParticipant, context: ClauseContext): ClauseWeigher {
  const { label, amount, when, months } = schedule;
  // worked out once for each day: participants share start dates
  const after = new Map<CivilDate, CivilDate>();
  const monthsAfter = (start: CivilDate): CivilDate => {
    const known = after.get(start) ?? addMonths(start, months!, context.months);
    after.set(start, known);
    return known;
  };

  return perParticipant((facts) => {
    const due = dueOf(facts);
    if (due === null) return [];
    return [feeOf(context, amount, 'fee', due.on, `${label} ${due.finding}`, due.reason)];
  });

  function dueOf({ startedOn, exitedOn }: ParticipantFacts) {
    if (when === 'start')
      return { on: startedOn, reason: null, finding: `for the start on ${startedOn}` };
    if (when === 'exit')
      return exitedOn === null
        ? null
        : { on: exitedOn, reason: null, finding: `for leaving on ${exitedOn}` };
    const on = monthsAfter(startedOn);
    return exitedOn !== null && exitedOn < on
      ? {
          on,
          reason: 'not-sustained' as const,
          finding: `due on ${on}, after leaving on ${exitedOn}`,
        }
      : {
          on,
          reason: null,
          finding: `for being enrolled on ${on}, ${lengthInWords({ months })} after the start`,
        };
  }
}

/** What a fee that rests on no metric counts under, where caps and reports ask for one; no metric can have this name. */
export const NO_METRIC = '-';

function feeOf(
  { clause, currency }: ClauseContext,
  amount: string,
  occurrence: string,
  outcomeOn: CivilDate,
  finding: string,
  refusal: Reason | null,
): Outcome {
  const rateMinor = parseMoney(amount, currency).minor;
  const exactMinor = refusal === null ? fraction(rateMinor) : ZERO;
  const why =
    refusal === null
      ? `1 fee at ${formatMoney(money(rateMinor, currency))}`
      : nothingPayable(refusal);
  return {
    clause,
    metric: NO_METRIC,
    occurrence,
    outcomeOn,
    quantity: refusal === null ? ONE : ZERO,
    unit: 'fee',
    rateMinor,
    exactMinor,
    cutMinor: ZERO,
    reason: refusal ?? (rateMinor === 0n ? 'price-is-nil' : null),
    finding,
    steps: [{ step: 'R12', before: '0', after: formatFraction(exactMinor), why }],
    evidence: [],
  };
}
