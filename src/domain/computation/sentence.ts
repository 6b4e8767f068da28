import type { Currency } from '../money/currency.js';
import { formatFraction } from '../money/fraction.js';
import { formatMoney, money } from '../money/money.js';
import type { Outcome } from '../outcomes/outcome.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';

const counted = (outcome: Outcome): string => {
  const quantity = formatFraction(outcome.quantity);
  return `${quantity} ${outcome.unit}${quantity === '1' || quantity === '-1' ? '' : 's'}`;
};

/** Everything a line's sentence may have to say beside what was found. */
export interface SentenceFacts {
  readonly outcome: Outcome;
  readonly currency: Currency;
  /** What the outcome is worth in whole minor units. */
  readonly worthMinor: bigint;
  /** What this line posts. */
  readonly amountMinor: bigint;
  /** The line it corrects and what stood posted, where it is a true-up. */
  readonly corrects: { readonly reference: string; readonly postedMinor: bigint } | null;
  /** What caps cut off this line. */
  readonly withheldMinor: bigint;
}

/** The one sentence that a person can read aloud to say why a line is what it is. */
export function sentenceOf(facts: SentenceFacts): string {
  const { outcome, currency, corrects } = facts;
  const pounds = (minor: bigint) => formatMoney(money(minor, currency));
  const opening = corrects ? `Corrects line ${corrects.reference}. ` : '';
  const difference = corrects
    ? `; ${pounds(corrects.postedMinor)} was posted before, so ${pounds(facts.amountMinor)} is posted now`
    : '';
  return `${opening}${outcome.finding}: ${worthInWords(facts, pounds)}${difference} (clause ${outcome.clause}).`;
}

function worthInWords(
  { outcome, worthMinor, amountMinor, corrects, withheldMinor }: SentenceFacts,
  pounds: (minor: bigint) => string,
): string {
  const { reason } = outcome;
  const last = outcome.steps.at(-1);
  if (worthMinor === 0n && reason !== null)
    return `nothing is payable, because ${REASON_IN_WORDS[reason]}`;
  const tariff = `${counted(outcome)} at ${pounds(outcome.rateMinor)} = ${pounds(worthMinor)}`;
  const adjusted =
    outcome.steps.length > 1 && last
      ? `${counted(outcome)} at ${pounds(outcome.rateMinor)}, ${pounds(worthMinor)} after ${last.step}: ${last.why}`
      : tariff;
  if (withheldMinor === 0n || corrects) return adjusted;
  return amountMinor === 0n
    ? `${adjusted}, of which nothing is payable, because ${REASON_IN_WORDS['cap-reached']}`
    : `${adjusted}, of which ${pounds(amountMinor)} is payable and ${pounds(withheldMinor)} is withheld, because ${REASON_IN_WORDS['cap-reached']}`;
}
