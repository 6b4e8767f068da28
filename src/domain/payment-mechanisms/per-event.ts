import { z } from 'zod';
import { amountFaults } from '../money/amount-faults.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { ONE, ZERO, fraction } from '../money/fraction.js';
import { inOrder } from '../outcomes/in-order.js';
import type { Outcome } from '../outcomes/outcome.js';
import { evidenceOf, type Observation } from '../outcomes/participant-facts.js';
import type { Fault } from '../shared/domain-error.js';
import { perParticipant, type ClauseContext, type Mechanism } from './mechanism.js';

/**
 * R1, unit price per verified event: each event recorded for one of the named metrics is one claim at the price. Several
 * metrics are alternative routes to the same result, so that a claim frequency (M2) counts across them. What is paid
 * once only, or capped, is said by modifiers and caps, not here. An event that was withdrawn pays nothing; a price of
 * nil records the claim and adds no money.
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
    unit: z.string().min(1).default('claim').describe('What one claim is called in sentences.'),
  })
  .describe('R1: unit price per verified event.');
export type PerEventRule = z.infer<typeof perEventSchema>;

export const perEvent: Mechanism<PerEventRule> = {
  schema: perEventSchema,
  pays: 'outcomes',
  level: () => 'participant',

  inWords: (rule, { currency, metrics }) =>
    `pays ${formatMoney(parseMoney(rule.price, currency))} for each ${rule.unit}: ` +
    rule.events.map((id) => metrics.get(id)?.label ?? id).join(', or '),

  metrics: (rule) => rule.events,

  problems(rule, { currency, metrics }) {
    const faults: Fault[] = amountFaults('/price', rule.price, currency, 'PRICE_NEGATIVE');
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
    const rateMinor = parseMoney(rule.price, context.currency).minor;
    const routes = new Set(rule.events);
    return perParticipant((facts) =>
      inOrder(
        facts.observations
          .filter((o) => routes.has(o.metric) && o.status !== 'void')
          .map((event) => weighEvent(rule, context, rateMinor, event)),
      ),
    );
  },
};

function weighEvent(
  rule: PerEventRule,
  context: ClauseContext,
  rateMinor: bigint,
  event: Observation,
): Outcome {
  const label = context.metrics.get(event.metric)?.label ?? event.metric;
  const collected = event.status === 'recorded';
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
    reason:
      event.status === 'declined' || event.status === 'could-not-collect'
        ? event.status
        : rateMinor === 0n
          ? 'price-is-nil'
          : null,
    finding: `"${label}" on ${event.measuredOn} (evidence ${event.occurrence})`,
    steps: [
      {
        step: 'R1',
        before: '0',
        after: exactMinor.numerator.toString(),
        why: `1 ${rule.unit} at ${formatMoney(money(rateMinor, context.currency))}`,
      },
    ],
    evidence: [evidenceOf(event)],
  };
}
