import { ZERO } from '../money/fraction.js';
import type { Step } from '../outcomes/outcome.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';
import type { PaymentLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';
import { asPaid, sumOf, type PostingEdition, type Subject } from './posting-edition.js';

/**
 * Takes back whatever was posted for an outcome that is no longer there. Where that was a reversal, money is due again,
 * and what a cap has no room for any more stays cut off.
 */
export function withdraw(
  edition: PostingEdition,
  subject: Subject,
  before: PostedOutcome,
  lines: PaymentLine[],
): void {
  const { last, amountMinor: postedMinor } = before;
  const isSettled = postedMinor === 0n || last.reason === 'withdrawn';
  if (isSettled && last.uncappedMinor === 0n) return;
  const why = REASON_IN_WORDS.withdrawn;
  const outcome = postedMinor < 0n ? 'Nothing is to be returned any more' : 'Nothing is payable';
  const steps: Step[] = [{ step: 'withdrawn', before: `${postedMinor}`, after: '0', why }];
  const parts = turnedRound(edition, before, steps);
  const amountMinor = sumOf(parts);
  const withheldMinor = -postedMinor - amountMinor;
  const whollyCut = amountMinor === 0n && withheldMinor > 0n;
  edition.caps.count(last, parts);
  const cut =
    withheldMinor === 0n
      ? ''
      : ` and ${edition.pounds(withheldMinor)} is withheld, because ${REASON_IN_WORDS['cap-reached']}`;
  const main: PaymentLine = {
    ...edition.trueUpOf(subject, last, 1),
    quantity: ZERO,
    uncappedMinor: 0n,
    amountMinor,
    withheldMinor: whollyCut ? withheldMinor : 0n,
    parts,
    reason: 'withdrawn',
    steps,
    evidence: [],
    explanation:
      `Corrects line ${last.reference}. ${outcome}, because ${why}; ` +
      `${edition.pounds(postedMinor)} was posted before, so ${edition.pounds(amountMinor)} is posted now${cut} (clause ${last.clause}).`,
  };
  lines.push(main);
  if (withheldMinor > 0n && !whollyCut)
    lines.push(edition.withheldLine(main, withheldMinor, 'cap-reached'));
}

/** The payers' parts of what was posted, turned round; a reversal's are cut by the caps like any payment. */
function turnedRound(
  { caps, nilParts }: PostingEdition,
  { last, amountMinor, parts }: PostedOutcome,
  steps: Step[],
): ReadonlyMap<string, bigint> {
  const back = new Map([...parts].map(([payer, part]) => [payer, -part]));
  const leftMinor = caps.cut(-amountMinor, last, steps);
  if (leftMinor === 0n && amountMinor !== 0n) return nilParts;
  const left =
    leftMinor === -amountMinor
      ? back
      : asPaid(leftMinor, { amountMinor: -amountMinor, parts: back });
  return caps.cutParts(left, steps);
}
