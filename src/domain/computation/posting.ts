import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { equals, ZERO } from '../money/fraction.js';
import { formatMoney, money } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { Outcome, Reason, Step } from '../outcomes/outcome.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';
import { splitOf } from '../payer-splits/registry.js';
import { openCaps, type CapUse } from './caps.js';
import type { LineKind, PaymentLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';
import { sentenceOf } from './sentence.js';

/** Whom a line is about: one participant, or a whole cohort. */
export interface Subject {
  readonly participant: string | null;
  readonly cohort: string;
}

/** Turns weighed outcomes into lines under one edition of the terms. */
export interface Posting {
  outcome(
    subject: Subject,
    outcome: Outcome,
    before: PostedOutcome | null,
    lines: PaymentLine[],
  ): void;
  /** Whether the outcome is worth less than was posted for it. */
  takesBack(outcome: Outcome, before: PostedOutcome | null): boolean;
  withdrawn(subject: Subject, before: PostedOutcome, lines: PaymentLine[]): void;
}

/**
 * The last steps of a line, in the order that the terms fix: round once; take off what was posted before; caps on
 * amounts; the payers' split; payers' own caps. A part cut off by a cap gets a nil line of its own.
 */
export function openPosting(version: TermsInForce, period: Period, capUse: CapUse): Posting {
  const { terms } = version;
  const caps = openCaps(terms, period.id, capUse);
  const split = splitOf(terms.split).open(terms.split);
  const nilParts: ReadonlyMap<string, bigint> = new Map(
    splitOf(terms.split)
      .payers(terms.split)
      .map((payer) => [payer, 0n]),
  );
  const pounds = (minor: bigint) => formatMoney(money(minor, terms.currency));

  return { outcome: postOutcome, takesBack, withdrawn: postWithdrawal };

  function takesBack(outcome: Outcome, before: PostedOutcome | null): boolean {
    return before !== null && round(outcome.exactMinor, terms.rounding.mode) < before.amountMinor;
  }

  function postOutcome(
    subject: Subject,
    outcome: Outcome,
    before: PostedOutcome | null,
    lines: PaymentLine[],
  ): void {
    const worthMinor = round(outcome.exactMinor, terms.rounding.mode);
    if (before !== null && isUnchanged(outcome, worthMinor, before)) return;
    const steps: Step[] = [...outcome.steps];
    const postedMinor = before?.amountMinor ?? 0n;
    const dueMinor = worthMinor - postedMinor;
    const parts = partsOf(outcome, dueMinor, before, steps);
    const amountMinor = sumOf(parts);
    caps.count(outcome, parts);
    const cutByCaps = dueMinor - amountMinor;
    const cutByPerson = round(outcome.cutMinor, terms.rounding.mode);
    const withheldMinor = cutByCaps + cutByPerson;
    const reason: Reason | null =
      cutByCaps > 0n && amountMinor === 0n ? 'cap-reached' : outcome.reason;
    const whollyCut = amountMinor === 0n && withheldMinor > 0n;
    // one literal without spreads: this runs for every line, and spreading costs several times as much
    const main: PaymentLine = {
      participant: subject.participant,
      cohort: subject.cohort,
      termsNumber: version.number,
      clause: outcome.clause,
      metric: outcome.metric,
      occurrence: outcome.occurrence,
      revision: before === null ? 1 : before.last.revision + 1,
      kind: kindOf(before, amountMinor, reason),
      outcomeOn: outcome.outcomeOn,
      quantity: outcome.quantity,
      unit: outcome.unit,
      rateMinor: outcome.rateMinor,
      uncappedMinor: worthMinor,
      amountMinor,
      withheldMinor: whollyCut ? withheldMinor : 0n,
      parts,
      reason,
      steps,
      evidence: outcome.evidence,
      corrects: before === null ? null : before.last.reference,
      explanation: sentenceOf({
        outcome,
        currency: terms.currency,
        worthMinor,
        amountMinor,
        corrects: before === null ? null : { reference: before.last.reference, postedMinor },
        withheldMinor: cutByCaps,
      }),
    };
    lines.push(main);
    if (withheldMinor > 0n && !whollyCut)
      lines.push(
        withheldLine(main, withheldMinor, cutByCaps > 0n ? 'cap-reached' : 'participant-cap'),
      );
  }

  /** The payers' parts of what is due. Parts are split from the running total, so that true-ups return the same pennies. */
  function partsOf(
    outcome: Outcome,
    dueMinor: bigint,
    before: PostedOutcome | null,
    steps: Step[],
  ): ReadonlyMap<string, bigint> {
    const leftMinor = caps.cut(dueMinor, outcome, steps);
    if (before === null)
      return leftMinor === 0n ? nilParts : caps.cutParts(split(leftMinor, outcome), steps);
    if (leftMinor === 0n) return nilParts;
    const added = new Map(split(before.amountMinor + leftMinor, outcome));
    for (const [payer, part] of before.parts) added.set(payer, (added.get(payer) ?? 0n) - part);
    return caps.cutParts(added, steps);
  }

  function withheldLine(main: PaymentLine, withheldMinor: bigint, reason: Reason): PaymentLine {
    return {
      ...main,
      kind: 'withheld',
      quantity: ZERO,
      uncappedMinor: 0n,
      amountMinor: 0n,
      withheldMinor,
      parts: nilParts,
      reason,
      corrects: null,
      explanation: `${pounds(withheldMinor)} of this outcome is withheld, because ${REASON_IN_WORDS[reason]} (clause ${main.clause}).`,
    };
  }

  function postWithdrawal(
    subject: Subject,
    { last, amountMinor, parts }: PostedOutcome,
    lines: PaymentLine[],
  ): void {
    if (amountMinor === 0n && last.uncappedMinor === 0n) return;
    const returned = new Map([...parts].map(([payer, part]) => [payer, -part]));
    const metric = last.metric;
    caps.count({ clause: last.clause, metric }, returned);
    lines.push({
      ...subject,
      termsNumber: version.number,
      clause: last.clause,
      metric,
      occurrence: last.occurrence,
      outcomeOn: last.outcomeOn,
      unit: last.unit,
      rateMinor: last.rateMinor,
      revision: last.revision + 1,
      kind: 'true-up',
      quantity: ZERO,
      uncappedMinor: 0n,
      amountMinor: -amountMinor,
      withheldMinor: 0n,
      parts: returned,
      reason: 'withdrawn',
      steps: [
        { step: 'withdrawn', before: `${amountMinor}`, after: '0', why: REASON_IN_WORDS.withdrawn },
      ],
      evidence: [],
      corrects: last.reference,
      explanation:
        `Corrects line ${last.reference}. Nothing is payable, because ${REASON_IN_WORDS.withdrawn}; ` +
        `${pounds(amountMinor)} was posted before, so ${pounds(-amountMinor)} is posted now (clause ${last.clause}).`,
    });
  }
}

/** Whether an outcome stands exactly as it was last posted. What a cap cut off then stays cut off: the outcome is settled. */
function isUnchanged(outcome: Outcome, worthMinor: bigint, { last }: PostedOutcome): boolean {
  return (
    last.uncappedMinor === worthMinor &&
    equals(last.quantity, outcome.quantity) &&
    (last.reason === outcome.reason || last.reason === 'cap-reached')
  );
}

function kindOf(
  before: PostedOutcome | null,
  amountMinor: bigint,
  reason: Reason | null,
): LineKind {
  if (before !== null) return 'true-up';
  return amountMinor === 0n && reason !== null ? 'refusal' : 'payment';
}

function sumOf(parts: ReadonlyMap<string, bigint>): bigint {
  let total = 0n;
  for (const part of parts.values()) total += part;
  return total;
}
