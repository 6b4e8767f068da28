import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { equals, ZERO } from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { CohortOutcome, Outcome, Reason, Step } from '../outcomes/outcome.js';
import type { Attributes } from '../outcomes/participant-facts.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';
import type { PayerSplit } from '../payer-splits/payer-split.js';
import { splitOf, type SplitTerms } from '../payer-splits/registry.js';
import { openCaps, type CapUse, type OpenCaps } from './caps.js';
import type { LineKind, PaymentLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';
import { sentenceOf } from './sentence.js';

/** Whom a line is about: one participant, or a whole cohort. */
export interface Subject {
  readonly participant: string | null;
  readonly cohort: string;
  /** The participant's declared attributes; null where the line is about a whole cohort. */
  readonly attributes: Attributes | null;
}

/**
 * Turns weighed outcomes into lines under one edition of the terms. The last steps of a line, in the order that the terms
 * fix: round once; take off what was posted before; caps on amounts; the payers' split; payers' own caps. A part cut off
 * by a cap gets a nil line of its own.
 */
export class Posting {
  private readonly caps: OpenCaps;
  private readonly split: ReturnType<PayerSplit<SplitTerms>['open']>;
  private readonly nilParts: ReadonlyMap<string, bigint>;
  private readonly limits: ReadonlyMap<string, bigint>;
  private readonly followsParticipant: boolean;

  constructor(
    private readonly version: TermsInForce,
    period: Period,
    capUse: CapUse,
    /** Editions whose split is another, so that a line posted under them may have to be divided anew. */
    private readonly otherwiseDivided: ReadonlySet<number>,
  ) {
    const { terms } = version;
    const split = splitOf(terms.split);
    // a part that a payer's cap has cut looks like another division, so only an amendment divides such lines anew
    this.followsParticipant =
      split.followsParticipant && !terms.caps.some(({ scope }) => scope === 'payer');
    this.caps = openCaps(terms, period.id, capUse);
    this.split = split.open(terms.split);
    this.limits = new Map(
      split
        .limits(terms.split)
        .map(({ payer, amount }) => [payer, parseMoney(amount, terms.currency).minor]),
    );
    this.nilParts = new Map(split.payers(terms.split).map((payer) => [payer, 0n]));
  }

  /** Whether the outcome is worth less than was posted for it. */
  takesBack(outcome: Outcome, before: PostedOutcome | null): boolean {
    return before !== null && this.worthOf(outcome) < before.amountMinor;
  }

  /** Posts what an outcome adds to, or takes from, what was posted for it before; nothing where it stands unchanged. */
  outcome(
    subject: Subject,
    outcome: Outcome,
    before: PostedOutcome | null,
    lines: PaymentLine[],
  ): void {
    const worthMinor = this.worthOf(outcome);
    if (before !== null && isUnchanged(outcome, worthMinor, before)) {
      this.divideAnew(subject, outcome, before, lines);
      return;
    }
    const steps: Step[] = [...outcome.steps];
    const postedMinor = before?.amountMinor ?? 0n;
    const dueMinor = worthMinor - postedMinor;
    const parts = this.partsOf(subject, outcome, dueMinor, before, steps);
    const amountMinor = sumOf(parts);
    this.caps.count(outcome, parts);
    const cutByCaps = dueMinor - amountMinor;
    const cutByPerson = round(outcome.cutMinor, this.version.terms.rounding.mode);
    const withheldMinor = cutByCaps + cutByPerson;
    const reason = cutByCaps > 0n && amountMinor === 0n ? 'cap-reached' : outcome.reason;
    const whollyCut = amountMinor === 0n && withheldMinor > 0n;
    // one literal without spreads: this runs for every line, and spreading costs several times as much
    const main: PaymentLine = {
      participant: subject.participant,
      cohort: subject.cohort,
      termsNumber: this.version.number,
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
      followUp: (outcome as Partial<CohortOutcome>).followUp,
      corrects: before === null ? null : before.last.reference,
      explanation: sentenceOf({
        outcome,
        currency: this.version.terms.currency,
        worthMinor,
        amountMinor,
        corrects: before === null ? null : { reference: before.last.reference, postedMinor },
        withheldMinor: cutByCaps,
      }),
    };
    lines.push(main);
    if (withheldMinor > 0n && !whollyCut) {
      const why = cutByCaps > 0n ? 'cap-reached' : 'participant-cap';
      lines.push(this.withheldLine(main, withheldMinor, why));
    }
  }

  /**
   * Where an outcome stands but its payers have changed, by an amendment or because the participant's home was corrected:
   * what was posted is returned to those who carried it, and posted again to those who do now.
   */
  private divideAnew(
    subject: Subject,
    outcome: Outcome,
    before: PostedOutcome,
    lines: PaymentLine[],
  ): void {
    const { last, amountMinor } = before;
    if (amountMinor === 0n) return;
    if (!this.followsParticipant && !this.otherwiseDivided.has(last.termsNumber)) return;
    const steps: Step[] = [...outcome.steps];
    const parts = this.dividedAnew(subject, outcome, before);
    if ([...parts].every(([payer, part]) => part === (before.parts.get(payer) ?? 0n))) return;
    this.returned(subject, before, 'redivided', lines);
    const kept = this.caps.cutParts(parts, steps);
    this.caps.count(outcome, kept);
    const text = `${this.pounds(amountMinor)} is divided anew between the payers`;
    steps.push({ step: 'split', before: '0', after: `${sumOf(kept)}`, why: text });
    lines.push({
      participant: subject.participant,
      cohort: subject.cohort,
      termsNumber: this.version.number,
      clause: outcome.clause,
      metric: outcome.metric,
      occurrence: outcome.occurrence,
      revision: last.revision + 2,
      kind: 'true-up',
      outcomeOn: outcome.outcomeOn,
      quantity: last.quantity,
      unit: last.unit,
      rateMinor: last.rateMinor,
      uncappedMinor: last.uncappedMinor,
      amountMinor: sumOf(kept),
      withheldMinor: 0n,
      parts: kept,
      reason: last.reason,
      steps,
      evidence: outcome.evidence,
      corrects: last.reference,
      explanation: `Corrects line ${last.reference}. ${outcome.finding}: ${text} (clause ${outcome.clause}).`,
    });
  }

  private dividedAnew(
    { attributes }: Subject,
    { metric, clause, outcomeOn }: Outcome,
    { amountMinor, parts }: PostedOutcome,
  ): ReadonlyMap<string, bigint> {
    return this.split(amountMinor, { metric, clause, outcomeOn, attributes }, (payer) =>
      this.roomOf(payer, parts.get(payer) ?? 0n),
    );
  }

  /** Takes back whatever was posted for an outcome that is no longer there. */
  withdrawn(subject: Subject, before: PostedOutcome, lines: PaymentLine[]): void {
    const { last, amountMinor } = before;
    if (amountMinor === 0n && last.uncappedMinor === 0n) return;
    this.returned(subject, before, 'withdrawn', lines);
  }

  /** The line that returns to each payer what it carried, entry for entry. */
  private returned(
    subject: Subject,
    { last, amountMinor, parts }: PostedOutcome,
    reason: 'withdrawn' | 'redivided',
    lines: PaymentLine[],
  ): void {
    const returned = new Map([...parts].map(([payer, part]) => [payer, -part]));
    const why = REASON_IN_WORDS[reason];
    this.caps.count(last, returned);
    lines.push({
      participant: subject.participant,
      cohort: subject.cohort,
      termsNumber: this.version.number,
      clause: last.clause,
      metric: last.metric,
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
      reason,
      steps: [{ step: reason, before: `${amountMinor}`, after: '0', why }],
      evidence: [],
      corrects: last.reference,
      explanation:
        `Corrects line ${last.reference}. ${reason === 'withdrawn' ? 'Nothing is payable' : 'It is returned'}, because ${why}; ` +
        `${this.pounds(amountMinor)} was posted before, so ${this.pounds(-amountMinor)} is posted now (clause ${last.clause}).`,
    });
  }

  /** The payers' parts of what is due. Parts are split from the running total, so that true-ups return the same pennies. */
  private partsOf(
    { attributes }: Subject,
    outcome: Outcome,
    dueMinor: bigint,
    before: PostedOutcome | null,
    steps: Step[],
  ): ReadonlyMap<string, bigint> {
    const leftMinor = this.caps.cut(dueMinor, outcome, steps);
    if (leftMinor === 0n) return this.nilParts;
    const { metric, clause, outcomeOn } = outcome;
    const about = { metric, clause, outcomeOn, attributes };
    if (before === null) {
      const parts = this.split(leftMinor, about, (payer) => this.roomOf(payer, 0n));
      return this.caps.cutParts(parts, steps);
    }
    const carried = (payer: string) => before.parts.get(payer) ?? 0n;
    const added = new Map(
      this.split(before.amountMinor + leftMinor, about, (payer) =>
        this.roomOf(payer, carried(payer)),
      ),
    );
    for (const [payer, part] of before.parts) added.set(payer, (added.get(payer) ?? 0n) - part);
    return this.caps.cutParts(added, steps);
  }

  /** What a payer may still carry of this line: what its limit leaves, and what it carries of the line already. */
  private roomOf(payer: string, carriedMinor: bigint): bigint | null {
    const limitMinor = this.limits.get(payer);
    if (limitMinor === undefined) return null;
    return limitMinor - this.caps.usedBy(payer) + carriedMinor;
  }

  private withheldLine(main: PaymentLine, withheldMinor: bigint, reason: Reason): PaymentLine {
    return {
      ...main,
      kind: 'withheld',
      quantity: ZERO,
      uncappedMinor: 0n,
      amountMinor: 0n,
      withheldMinor,
      parts: this.nilParts,
      reason,
      corrects: null,
      explanation: `${this.pounds(withheldMinor)} of this outcome is withheld, because ${REASON_IN_WORDS[reason]} (clause ${main.clause}).`,
    };
  }

  private worthOf(outcome: Outcome): bigint {
    return round(outcome.exactMinor, this.version.terms.rounding.mode);
  }

  private pounds(minor: bigint): string {
    return formatMoney(money(minor, this.version.terms.currency));
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
