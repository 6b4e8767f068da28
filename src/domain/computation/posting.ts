import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { equals, fraction } from '../money/fraction.js';
import type { CohortOutcome, Outcome, Reason, Step } from '../outcomes/outcome.js';
import { limitsMany, type CapUse } from './caps.js';
import type { LineKind, PaymentLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';
import { PostingEdition, sumOf, type StandingPaid, type Subject } from './posting-edition.js';
import { divideAnew } from './redivision.js';
import { sentenceOf } from './sentence.js';
import { withdraw } from './withdrawal.js';

/**
 * Turns weighed outcomes into lines under one edition of the terms. The last steps of a line, in the order that the terms
 * fix: round once; take off what was posted before; caps on amounts; the payers' split; payers' own caps. A part cut off
 * by a cap gets a nil line of its own.
 */
export class Posting {
  private readonly edition: PostingEdition;
  private readonly isLimited: boolean;

  constructor(
    version: TermsInForce,
    period: Period,
    capUse: CapUse,
    /** Editions whose split is another, so that a line posted under them may have to be divided anew. */
    private readonly otherwiseDivided: ReadonlySet<number>,
  ) {
    this.edition = new PostingEdition(version, period, capUse);
    this.isLimited = limitsMany(version.terms);
  }

  /** Whether the outcome is worth less than was posted for it or, where a limit is shared, less than nothing at first. */
  takesBack(outcome: Outcome, before: PostedOutcome | null): boolean {
    if (before === null && !this.isLimited) return false;
    return this.edition.worthOf(outcome.exactMinor) < (before?.amountMinor ?? 0n);
  }

  /**
   * Posts what an outcome adds to, or takes from, what was posted for it before; nothing where it stands unchanged.
   * `paid` is what stands paid for the result, where the outcome takes a result back.
   */
  outcome(
    subject: Subject,
    found: Outcome,
    before: PostedOutcome | null,
    lines: PaymentLine[],
    paid: StandingPaid | null = null,
  ): void {
    const outcome = paid === null ? found : this.noMoreThan(paid, found);
    const worthMinor = this.edition.worthOf(outcome.exactMinor);
    if (before !== null && isUnchanged(outcome, worthMinor, before)) {
      this.divideAnew(subject, outcome, before, paid, lines);
      return;
    }
    const steps: Step[] = [...outcome.steps];
    const postedMinor = before?.amountMinor ?? 0n;
    const dueMinor = worthMinor - postedMinor;
    const parts = this.partsOf(subject, outcome, dueMinor, before, paid, steps);
    const amountMinor = sumOf(parts);
    this.edition.caps.count(outcome, parts);
    const cutByCaps = dueMinor - amountMinor;
    const cutByPerson = this.edition.worthOf(outcome.cutMinor);
    const withheldMinor = cutByCaps + cutByPerson;
    const reason = cutByCaps > 0n && amountMinor === 0n ? 'cap-reached' : outcome.reason;
    const whollyCut = amountMinor === 0n && withheldMinor > 0n;
    // one literal without spreads: this runs for every line, and spreading costs several times as much
    const main: PaymentLine = {
      participant: subject.participant,
      cohort: subject.cohort,
      termsNumber: this.edition.version.number,
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
        currency: this.edition.version.terms.currency,
        worthMinor,
        amountMinor,
        corrects: before === null ? null : { reference: before.last.reference, postedMinor },
        withheldMinor: cutByCaps,
      }),
    };
    lines.push(main);
    if (withheldMinor > 0n && !whollyCut) {
      const why = cutByCaps > 0n ? 'cap-reached' : 'participant-cap';
      lines.push(this.edition.withheldLine(main, withheldMinor, why));
    }
    // nothing was added that could have moved what was posted before to the payers who carry it now
    if (before !== null && parts === this.edition.nilParts) {
      const { revision, quantity, uncappedMinor } = main;
      const last = { ...before.last, revision, quantity, uncappedMinor, reason };
      this.divideAnew(subject, outcome, { ...before, last }, paid, lines);
    }
  }

  /** Posts a standing outcome to other payers, where it has others now. */
  private divideAnew(
    subject: Subject,
    outcome: Outcome,
    before: PostedOutcome,
    paid: StandingPaid | null,
    lines: PaymentLine[],
  ): void {
    const amended = this.otherwiseDivided.has(before.last.termsNumber);
    divideAnew(this.edition, { subject, outcome, before, paid, amended }, lines);
  }

  /** Takes back whatever was posted for an outcome that is no longer there. */
  withdrawn(subject: Subject, before: PostedOutcome, lines: PaymentLine[]): void {
    withdraw(this.edition, subject, before, lines);
  }

  /** The payers' parts of what is due. Parts are split from the running total, so that true-ups return the same pennies. */
  private partsOf(
    subject: Subject,
    outcome: Outcome,
    dueMinor: bigint,
    before: PostedOutcome | null,
    paid: StandingPaid | null,
    steps: Step[],
  ): ReadonlyMap<string, bigint> {
    const leftMinor = this.edition.caps.cut(dueMinor, outcome, steps);
    if (leftMinor === 0n) return this.edition.nilParts;
    const postedMinor = before?.amountMinor ?? 0n;
    const parts = this.edition.divide(subject, outcome, postedMinor + leftMinor, before, paid);
    if (before === null) return this.edition.caps.cutParts(parts, steps);
    const added = new Map(parts);
    for (const [payer, part] of before.parts) added.set(payer, (added.get(payer) ?? 0n) - part);
    return this.edition.caps.cutParts(added, steps);
  }

  /** Cuts what is taken back to what stands paid: a cap may have left less of the result than it was worth. */
  private noMoreThan({ amountMinor }: StandingPaid, outcome: Outcome): Outcome {
    const worthMinor = this.edition.worthOf(outcome.exactMinor);
    const mostMinor = amountMinor > 0n ? amountMinor : 0n;
    if (-worthMinor <= mostMinor) return outcome;
    const why = `no more is taken back than the ${this.edition.pounds(mostMinor)} that stands paid`;
    const step = { step: 'paid', before: `${worthMinor}`, after: `${-mostMinor}`, why };
    return { ...outcome, exactMinor: fraction(-mostMinor), steps: [...outcome.steps, step] };
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
