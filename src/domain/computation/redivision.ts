import { ZERO } from '../money/fraction.js';
import type { Outcome, Step } from '../outcomes/outcome.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';
import type { PaymentLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';
import { sumOf, type PostingEdition, type StandingPaid, type Subject } from './posting-edition.js';
import { cutInWords } from './sentence.js';

/** An outcome that stands posted, which may have other payers now. */
export interface Standing {
  readonly subject: Subject;
  readonly outcome: Outcome;
  readonly before: PostedOutcome;
  /** What stands paid for the result that the outcome takes back, where it does. */
  readonly paid: StandingPaid | null;
  /** Whether the edition that it was posted under divides otherwise. */
  readonly amended: boolean;
}

/**
 * Where an outcome stands but its payers have changed, by an amendment or because the fact that decides them was
 * corrected: what was posted is returned to those who carried it, and posted again to those who do now.
 */
export function divideAnew(
  edition: PostingEdition,
  standing: Standing,
  lines: PaymentLine[],
): void {
  const { subject, outcome, before, paid, amended } = standing;
  const { last, amountMinor } = before;
  if (amountMinor === 0n) return;
  if (!edition.followsFacts && !amended) return;
  const steps: Step[] = [...outcome.steps];
  const parts = edition.divide(subject, outcome, amountMinor, before, paid);
  if (!(amended ? isOther(parts, before.parts) : isMoved(edition, standing, parts))) return;
  returned(edition, subject, before, lines);
  const kept = edition.caps.cutParts(parts, steps);
  edition.caps.count(outcome, kept);
  const keptMinor = sumOf(kept);
  const withheldMinor = amountMinor - keptMinor;
  const text = `${edition.pounds(amountMinor)} is divided anew between the payers`;
  steps.push({ step: 'split', before: '0', after: `${keptMinor}`, why: text });
  const { currency } = edition.version.terms;
  const cut = cutInWords({ amountMinor: keptMinor, withheldMinor, currency });
  const again: PaymentLine = {
    ...edition.trueUpOf(subject, last, 2),
    metric: outcome.metric,
    outcomeOn: outcome.outcomeOn,
    quantity: last.quantity,
    uncappedMinor: last.uncappedMinor,
    amountMinor: keptMinor,
    withheldMinor: keptMinor === 0n ? withheldMinor : 0n,
    parts: kept,
    reason: withheldMinor > 0n && keptMinor === 0n ? 'cap-reached' : last.reason,
    steps,
    evidence: outcome.evidence,
    explanation: `Corrects line ${last.reference}. ${outcome.finding}: ${text}${cut} (clause ${outcome.clause}).`,
  };
  lines.push(again);
  if (withheldMinor > 0n && keptMinor !== 0n)
    lines.push(edition.withheldLine(again, withheldMinor, 'cap-reached'));
}

/**
 * Whether a corrected fact gives a line to other payers. What a payer's cap has cut looks like another division too, so
 * where there is one, it takes another day or metric that divides otherwise, or a part that its payer has no share in.
 */
function isMoved(
  edition: PostingEdition,
  { subject, outcome, before: { last, parts: carried } }: Standing,
  parts: ReadonlyMap<string, bigint>,
): boolean {
  if (!isOther(parts, carried)) return false;
  if (!edition.capsPayers || outcome.reverses !== undefined) return true;
  const shares = edition.sharesOf(subject, outcome);
  const carriesWithoutShare = ([payer, part]: [string, bigint]) =>
    part !== 0n && (shares.get(payer) ?? 0n) === 0n;
  return isOther(shares, edition.sharesOf(subject, last)) || [...carried].some(carriesWithoutShare);
}

/** The line that returns to each payer what it carried, entry for entry, before it is divided anew. */
function returned(
  edition: PostingEdition,
  subject: Subject,
  { last, amountMinor, parts }: PostedOutcome,
  lines: PaymentLine[],
): void {
  const back = new Map([...parts].map(([payer, part]) => [payer, -part]));
  const why = REASON_IN_WORDS.redivided;
  edition.caps.count(last, back);
  lines.push({
    ...edition.trueUpOf(subject, last, 1),
    quantity: ZERO,
    uncappedMinor: 0n,
    amountMinor: -amountMinor,
    withheldMinor: 0n,
    parts: back,
    reason: 'redivided',
    steps: [{ step: 'redivided', before: `${amountMinor}`, after: '0', why }],
    evidence: [],
    explanation:
      `Corrects line ${last.reference}. It is returned, because ${why}; ` +
      `${edition.pounds(amountMinor)} was posted before, so ${edition.pounds(-amountMinor)} is posted now (clause ${last.clause}).`,
  });
}

/** Whether two divisions of an amount differ in the part of any payer of the first. */
const isOther = (
  parts: ReadonlyMap<string, bigint>,
  others: ReadonlyMap<string, bigint>,
): boolean => [...parts].some(([payer, part]) => part !== (others.get(payer) ?? 0n));
