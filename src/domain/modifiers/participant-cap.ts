import { z } from 'zod';
import {
  add,
  compare,
  formatFraction,
  fraction,
  max,
  min,
  subtract,
  ZERO,
} from '../money/fraction.js';
import { amountFaults } from '../money/amount-faults.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { inOrder } from '../outcomes/in-order.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Modifier, ModifierContext } from './modifier.js';

/** M3, cap per participant: what one participant may bring in under the clause. Earlier outcomes use it up first. */
export const participantCapSchema = z
  .strictObject({
    type: z.literal('M3'),
    amount: z.string().describe('The most that one participant may bring in: "2640.00".'),
  })
  .describe('M3: cap per participant.');
export type ParticipantCap = z.infer<typeof participantCapSchema>;

export const participantCap: Modifier<ParticipantCap> = {
  schema: participantCapSchema,
  levels: ['participant'],
  inWords: ({ amount }, currency) =>
    `at most ${formatMoney(parseMoney(amount, currency))} for each participant`,
  problems: ({ amount }, { currency }) => amountFaults('/amount', amount, currency, 'CAP_NEGATIVE'),
  apply: ({ amount }, outcomes, context) =>
    capParticipant(outcomes, parseMoney(amount, context.currency).minor, 'M3', context),
};

/**
 * Cuts outcomes, in the order they happened, so that together they come to no more than the cap. Each uses up what it is
 * worth once it is rounded: two halves of a penny, each rounded up, would else come to a penny more than the cap.
 */
export function capParticipant(
  outcomes: readonly Outcome[],
  capMinor: bigint,
  step: string,
  { currency, worthOf }: Pick<ModifierContext, 'currency' | 'worthOf'>,
): Outcome[] {
  const counted: Outcome[] = [];
  let usedMinor = 0n;
  for (const outcome of inOrder(outcomes)) {
    const room = max(ZERO, fraction(capMinor - usedMinor));
    const left = min(outcome.exactMinor, room);
    usedMinor += worthOf(left);
    if (compare(left, outcome.exactMinor) === 0) {
      counted.push(outcome);
      continue;
    }
    counted.push({
      ...outcome,
      exactMinor: left,
      cutMinor: add(outcome.cutMinor, subtract(outcome.exactMinor, left)),
      reason: outcome.reason ?? 'participant-cap',
      steps: [
        ...outcome.steps,
        {
          step,
          before: formatFraction(outcome.exactMinor),
          after: formatFraction(left),
          why: `at most ${formatMoney(money(capMinor, currency))} for each participant`,
        },
      ],
    });
  }
  return counted;
}
