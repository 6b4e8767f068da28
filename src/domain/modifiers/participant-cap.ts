import { z } from 'zod';
import type { Currency } from '../money/currency.js';
import {
  add,
  compare,
  formatFraction,
  fraction,
  max,
  negate,
  subtract,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { amountFaults } from '../money/amount-faults.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { inOrder } from '../outcomes/in-order.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Modifier } from './modifier.js';

/**
 * M3, cap per participant: what one participant may bring in under the clause. Earlier outcomes use it up first, each as
 * much as its line is rounded to, so that no sum of lines exceeds it; what is taken back makes room again.
 */
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
  inWords: ({ amount }, { currency }) =>
    `at most ${formatMoney(parseMoney(amount, currency))} for each participant`,
  problems: ({ amount }, { currency }) => amountFaults('/amount', amount, currency, 'CAP_NEGATIVE'),
  apply: ({ amount }, outcomes, { currency, rounded }) =>
    capParticipant(outcomes, {
      step: 'M3',
      minor: parseMoney(amount, currency).minor,
      currency,
      rounded,
    }),
};

/** A cap per participant, ready to bite. */
export interface ParticipantLimit {
  readonly step: string;
  readonly minor: bigint;
  readonly currency: Currency;
  /** What an exact amount is rounded to on its line. */
  readonly rounded: (exactMinor: Fraction) => bigint;
}

/** Cuts outcomes, in the order they happened, so that together they come to no more than the cap. */
export function capParticipant(outcomes: readonly Outcome[], limit: ParticipantLimit): Outcome[] {
  const most = `at most ${formatMoney(money(limit.minor, limit.currency))} for each participant`;
  const standing = new Map<string, Fraction>();
  let usedMinor = 0n;
  return inOrder(outcomes).map((found) => {
    const outcome = found.reverses === undefined ? found : noMoreThanStands(found, standing, limit);
    const roomMinor = usedMinor < limit.minor ? limit.minor - usedMinor : 0n;
    const room = fraction(roomMinor);
    const fits =
      compare(outcome.exactMinor, room) <= 0 && limit.rounded(outcome.exactMinor) <= roomMinor;
    const counted = fits ? outcome : cut(outcome, room, limit.step, most);
    usedMinor += limit.rounded(counted.exactMinor);
    const result = standingKey(counted.clause, counted.reverses ?? counted.occurrence);
    standing.set(result, add(standing.get(result) ?? ZERO, counted.exactMinor));
    return counted;
  });
}

const standingKey = (clause: string, occurrence: string): string => `${clause}|${occurrence}`;

/** What the cap left of a result is all that can be taken back of it: more would make room for others that nobody gave. */
function noMoreThanStands(
  outcome: Outcome,
  standing: ReadonlyMap<string, Fraction>,
  { step }: ParticipantLimit,
): Outcome {
  const left = standing.get(standingKey(outcome.clause, outcome.reverses!));
  if (left === undefined) return outcome;
  const backMinor = negate(max(ZERO, left));
  return compare(outcome.exactMinor, backMinor) >= 0
    ? outcome
    : stepped(outcome, backMinor, step, 'no more is taken back than the cap had left of it');
}

function cut(outcome: Outcome, left: Fraction, step: string, why: string): Outcome {
  return {
    ...stepped(outcome, left, step, why),
    cutMinor: add(outcome.cutMinor, subtract(outcome.exactMinor, left)),
    reason: outcome.reason ?? 'participant-cap',
  };
}

const stepped = (outcome: Outcome, exactMinor: Fraction, step: string, why: string): Outcome => ({
  ...outcome,
  exactMinor,
  steps: [
    ...outcome.steps,
    {
      step,
      before: formatFraction(outcome.exactMinor),
      after: formatFraction(exactMinor),
      why,
    },
  ],
});
