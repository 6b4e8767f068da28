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
  const { outcome, corrects } = facts;
  const opening = corrects ? `Corrects line ${corrects.reference}. ` : '';
  const posted = corrects ? differenceInWords(facts, corrects.postedMinor) : cutInWords(facts);
  return `${opening}${outcome.finding}: ${worthInWords(facts)}${posted} (clause ${outcome.clause}).`;
}

function worthInWords({ outcome, worthMinor, currency }: SentenceFacts): string {
  const { reason, rateMinor, steps } = outcome;
  if (worthMinor === 0n && reason !== null)
    return `nothing is payable, because ${REASON_IN_WORDS[reason]}`;
  const [worth, rate] = [inWords(worthMinor, currency), inWords(rateMinor, currency)];
  const last = steps.at(-1);
  const reckoned = outcome.reckoning ?? `${counted(outcome)} at ${rate}`;
  return steps.length > 1 && last && !isRule(last.step)
    ? `${reckoned}, ${worth} after ${last.step}: ${last.why}`
    : `${reckoned} = ${worth}`;
}

/** Whether a step is the pricing by the rule itself (R1 to R12), after which nothing has changed the worth. */
const isRule = (step: string): boolean => /^R\d+$/.test(step);

/** What caps left of a line that is posted for the first time, or divided anew between its payers. */
export function cutInWords({
  amountMinor,
  withheldMinor,
  currency,
}: Pick<SentenceFacts, 'amountMinor' | 'withheldMinor' | 'currency'>): string {
  if (withheldMinor === 0n) return '';
  const because = `because ${REASON_IN_WORDS['cap-reached']}`;
  return amountMinor === 0n
    ? `, of which nothing is payable, ${because}`
    : `, of which ${inWords(amountMinor, currency)} is payable and ${inWords(withheldMinor, currency)} is withheld, ${because}`;
}

function differenceInWords(
  { amountMinor, withheldMinor, currency }: SentenceFacts,
  postedMinor: bigint,
): string {
  const orNothing = (minor: bigint) => (minor === 0n ? 'nothing' : inWords(minor, currency));
  const cut =
    withheldMinor === 0n
      ? ''
      : ` and ${inWords(withheldMinor, currency)} is withheld, because ${REASON_IN_WORDS['cap-reached']}`;
  return `; ${orNothing(postedMinor)} was posted before, so ${orNothing(amountMinor)} is posted now${cut}`;
}

const inWords = (minor: bigint, currency: Currency): string => formatMoney(money(minor, currency));
