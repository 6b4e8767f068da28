import { z } from 'zod';
import type { CivilDate } from '../calendar/civil-date.js';
import { ONE, ZERO, fraction } from '../money/fraction.js';
import { dayAfter, lengthFaults, lengthInWords, lengthSchema } from '../outcomes/length.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { labelOf } from '../outcomes/wording.js';
import { inOrder } from '../outcomes/in-order.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import { evidenceOf, type Observation } from '../outcomes/participant-facts.js';
import type { Fault } from '../shared/domain-error.js';
import {
  laterPricesSchema,
  openPrices,
  priceFaults,
  pricesInWords,
  type PriceOnDay,
} from './dated-price.js';
import { perParticipant, type ClauseContext, type Mechanism } from './mechanism.js';

/**
 * R1, unit price per verified event: each event recorded for one of the named metrics is one claim at the price. Several
 * metrics are alternative routes to the same result, so that a claim frequency (M2) counts across them. What is paid
 * once only, or capped, is said by modifiers and caps, not here. An event that was withdrawn pays nothing; a price of
 * nil records the claim and adds no money, and a later price applies from its day on. Where the terms say within how long of
 * the participant's start it must happen, an event before the start or after the last day is refused with its line.
 */
export const perEventSchema = z
  .strictObject({
    type: z.literal('R1'),
    events: z
      .array(z.string())
      .min(1)
      .describe('Event metrics; more than one are alternative routes to the same result.'),
    price: z
      .string()
      .describe(
        'Price of one claim: "4000.00". Nil is allowed for results that are recorded and not paid.',
      ),
    laterPrices: laterPricesSchema,
    within: lengthSchema
      .optional()
      .describe(
        'How long after the participant’s start it must have happened, the last day inside, and not before the start; left out, any day counts.',
      ),
    unit: z.string().min(1).default('claim').describe('What one claim is called in sentences.'),
  })
  .describe('R1: unit price per verified event.');
export type PerEventRule = z.infer<typeof perEventSchema>;

export const perEvent: Mechanism<PerEventRule> = {
  schema: perEventSchema,
  pays: 'outcomes',
  level: () => 'participant',

  inWords: (rule, { currency, metrics }) =>
    `pays ${pricesInWords(rule.price, rule.laterPrices, currency)} for each ${rule.unit}: ` +
    rule.events.map((id) => labelOf(id, metrics)).join(', or ') +
    (rule.within === undefined
      ? ''
      : `, within ${lengthInWords(rule.within)} of the participant's start and not before it`),

  metrics: (rule) => rule.events,

  problems(rule, { currency, metrics }) {
    const faults: Fault[] = priceFaults('/price', rule.price, rule.laterPrices, currency);
    if (rule.within !== undefined) faults.push(...lengthFaults('/within', rule.within));
    rule.events.forEach((id, index) => {
      if (metrics.get(id)?.kind !== 'event')
        faults.push({
          at: `/events/${index}`,
          code: 'METRIC_UNKNOWN',
          detail: `"${id}" is not an event metric of these terms.`,
        });
      if (rule.events.indexOf(id) !== index)
        faults.push({
          at: `/events/${index}`,
          code: 'NAMED_TWICE',
          detail: `"${id}" stands twice. Name each route once.`,
        });
    });
    return faults;
  },

  open(rule, context) {
    const priceOn = openPrices(rule.price, rule.laterPrices, context.currency);
    const routes = new Set(rule.events);
    return perParticipant((facts) =>
      inOrder(
        facts.observations
          .filter((o) => routes.has(o.metric) && o.status !== 'void')
          .map((event) =>
            weighEvent(rule, context, priceOn(event.measuredOn), event, {
              startedOn: facts.startedOn,
              lastOn: lastDay(facts.startedOn, rule, context),
            }),
          ),
      ),
    );
  },
};

/** The days on which an event counts; no last day where the terms set none. */
interface Time {
  readonly startedOn: CivilDate;
  readonly lastOn: CivilDate | null;
}

const lastDay = (
  startedOn: CivilDate,
  { within }: PerEventRule,
  { months }: ClauseContext,
): CivilDate | null => (within === undefined ? null : dayAfter(startedOn, within, months));

function refusalOf(
  { status, measuredOn }: Observation,
  { startedOn, lastOn }: Time,
): Reason | null {
  if (status === 'declined' || status === 'could-not-collect') return status;
  if (lastOn === null) return null;
  if (measuredOn < startedOn) return 'before-start';
  return measuredOn > lastOn ? 'too-late' : null;
}

/** ", where it counts from 2015-06-04 to 2016-06-04", where the terms set a last day. */
const timeInWords = ({ startedOn, lastOn }: Time): string =>
  lastOn === null ? '' : `, where it counts from ${startedOn} to ${lastOn}`;

function weighEvent(
  rule: PerEventRule,
  context: ClauseContext,
  { minor: rateMinor, inWords: price }: PriceOnDay,
  event: Observation,
  time: Time,
): Outcome {
  const label = context.metrics.get(event.metric)?.label ?? event.metric;
  const reason = refusalOf(event, time);
  const collected = reason === null;
  const exactMinor = collected ? fraction(rateMinor) : ZERO;
  return {
    clause: context.clause,
    metric: event.metric,
    occurrence: rule.events.length === 1 ? event.occurrence : `${event.metric}/${event.occurrence}`,
    outcomeOn: event.measuredOn,
    quantity: collected ? ONE : ZERO,
    unit: rule.unit,
    rateMinor,
    exactMinor,
    cutMinor: ZERO,
    reason: reason ?? (rateMinor === 0n ? 'price-is-nil' : null),
    finding: `"${label}" on ${event.measuredOn} (evidence ${event.occurrence})${timeInWords(time)}`,
    steps: [
      {
        step: 'R1',
        before: '0',
        after: exactMinor.numerator.toString(),
        why: reason === null ? `1 ${rule.unit} at ${price}` : nothingPayable(reason),
      },
    ],
    evidence: [evidenceOf(event)],
  };
}
