import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { openRounding } from '../contract-terms/open-rounding.js';
import { allocate } from '../money/allocate.js';
import { equals, fraction, ZERO, type Fraction } from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import type { CohortOutcome, Outcome, Reason, Step } from '../outcomes/outcome.js';
import type { Attributes } from '../outcomes/participant-facts.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';
import type { PayerSplit } from '../payer-splits/payer-split.js';
import { splitOf, type SplitTerms } from '../payer-splits/registry.js';
import { openCaps, type CapUse, type OpenCaps } from './caps.js';
import type { LineKind, PaymentLine, PostedLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';
import { cutInWords, sentenceOf } from './sentence.js';

/** Whom a line is about: one participant, or a whole cohort. */
export interface Subject {
  readonly participant: string | null;
  readonly cohort: string;
  /** The participant's declared attributes; null where the line is about a whole cohort. */
  readonly attributes: Attributes | null;
}

/** What stands paid for a result that an outcome takes back. */
export interface StandingPaid {
  readonly amountMinor: bigint;
  readonly parts: ReadonlyMap<string, bigint>;
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
  private readonly followsFacts: boolean;
  private readonly capsPayers: boolean;
  private readonly worthOf: (exactMinor: Fraction) => bigint;

  constructor(
    private readonly version: TermsInForce,
    period: Period,
    capUse: CapUse,
    /** Editions whose split is another, so that a line posted under them may have to be divided anew. */
    private readonly otherwiseDivided: ReadonlySet<number>,
  ) {
    const { terms } = version;
    const split = splitOf(terms.split);
    this.followsFacts = split.followsFacts;
    this.capsPayers = terms.caps.some(({ scope }) => scope === 'payer');
    this.caps = openCaps(terms, period.id, capUse);
    this.split = split.open(terms.split);
    this.worthOf = openRounding(terms);
    this.limits = new Map(
      split
        .limits(terms.split)
        .map(({ payer, amount }) => [payer, parseMoney(amount, terms.currency).minor]),
    );
    this.nilParts = new Map(split.payers(terms.split).map((payer) => [payer, 0n]));
  }

  /** Whether the outcome is worth less than was posted for it. */
  takesBack(outcome: Outcome, before: PostedOutcome | null): boolean {
    return before !== null && this.worthOf(outcome.exactMinor) < before.amountMinor;
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
    const worthMinor = this.worthOf(outcome.exactMinor);
    if (before !== null && isUnchanged(outcome, worthMinor, before)) {
      this.divideAnew(subject, outcome, before, paid, lines);
      return;
    }
    const steps: Step[] = [...outcome.steps];
    const postedMinor = before?.amountMinor ?? 0n;
    const dueMinor = worthMinor - postedMinor;
    const parts = this.partsOf(subject, outcome, dueMinor, before, paid, steps);
    const amountMinor = sumOf(parts);
    this.caps.count(outcome, parts);
    const cutByCaps = dueMinor - amountMinor;
    const cutByPerson = this.worthOf(outcome.cutMinor);
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
    // nothing was added that could have moved what was posted before to the payers who carry it now
    if (before !== null && parts === this.nilParts) {
      const { revision, quantity, uncappedMinor } = main;
      const last = { ...before.last, revision, quantity, uncappedMinor, reason };
      this.divideAnew(subject, outcome, { ...before, last }, paid, lines);
    }
  }

  /**
   * Where an outcome stands but its payers have changed, by an amendment or because the fact that decides them was
   * corrected: what was posted is returned to those who carried it, and posted again to those who do now.
   */
  private divideAnew(
    subject: Subject,
    outcome: Outcome,
    before: PostedOutcome,
    paid: StandingPaid | null,
    lines: PaymentLine[],
  ): void {
    const { last, amountMinor } = before;
    if (amountMinor === 0n) return;
    const amended = this.otherwiseDivided.has(last.termsNumber);
    if (!this.followsFacts && !amended) return;
    const steps: Step[] = [...outcome.steps];
    const parts = this.divide(subject, outcome, amountMinor, before, paid);
    if (!(amended ? isOther(parts, before.parts) : this.movedTo(parts, subject, outcome, before)))
      return;
    this.returned(subject, before, lines);
    const kept = this.caps.cutParts(parts, steps);
    this.caps.count(outcome, kept);
    const keptMinor = sumOf(kept);
    const withheldMinor = amountMinor - keptMinor;
    const text = `${this.pounds(amountMinor)} is divided anew between the payers`;
    steps.push({ step: 'split', before: '0', after: `${keptMinor}`, why: text });
    const { currency } = this.version.terms;
    const cut = cutInWords({ amountMinor: keptMinor, withheldMinor, currency });
    const again: PaymentLine = {
      ...this.trueUpOf(subject, last, 2),
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
      lines.push(this.withheldLine(again, withheldMinor, 'cap-reached'));
  }

  /**
   * Whether a corrected fact gives a line to other payers. What a payer's cap has cut looks like another division too, so
   * where there is one, it takes another day or metric that divides otherwise, or a part that its payer has no share in.
   */
  private movedTo(
    parts: ReadonlyMap<string, bigint>,
    { attributes }: Subject,
    outcome: Outcome,
    { last, parts: carried }: PostedOutcome,
  ): boolean {
    if (!isOther(parts, carried)) return false;
    if (!this.capsPayers || outcome.reverses !== undefined) return true;
    const sharesOf = ({ metric, clause, outcomeOn }: PostedLine | Outcome) =>
      this.split(MUCH, { metric, clause, outcomeOn, attributes }, () => null);
    const shares = sharesOf(outcome);
    const carriesWithoutShare = ([payer, part]: [string, bigint]) =>
      part !== 0n && (shares.get(payer) ?? 0n) === 0n;
    return isOther(shares, sharesOf(last)) || [...carried].some(carriesWithoutShare);
  }

  /** The line that returns to each payer what it carried, entry for entry, before it is divided anew. */
  private returned(
    subject: Subject,
    { last, amountMinor, parts }: PostedOutcome,
    lines: PaymentLine[],
  ): void {
    const returned = new Map([...parts].map(([payer, part]) => [payer, -part]));
    const why = REASON_IN_WORDS.redivided;
    this.caps.count(last, returned);
    lines.push({
      ...this.trueUpOf(subject, last, 1),
      quantity: ZERO,
      uncappedMinor: 0n,
      amountMinor: -amountMinor,
      withheldMinor: 0n,
      parts: returned,
      reason: 'redivided',
      steps: [{ step: 'redivided', before: `${amountMinor}`, after: '0', why }],
      evidence: [],
      explanation:
        `Corrects line ${last.reference}. It is returned, because ${why}; ` +
        `${this.pounds(amountMinor)} was posted before, so ${this.pounds(-amountMinor)} is posted now (clause ${last.clause}).`,
    });
  }

  /**
   * Takes back whatever was posted for an outcome that is no longer there. Where that was a reversal, money is due again,
   * and what a cap has no room for any more stays cut off.
   */
  withdrawn(subject: Subject, before: PostedOutcome, lines: PaymentLine[]): void {
    const { last, amountMinor: postedMinor } = before;
    const isSettled = postedMinor === 0n || last.reason === 'withdrawn';
    if (isSettled && last.uncappedMinor === 0n) return;
    const why = REASON_IN_WORDS.withdrawn;
    const steps: Step[] = [{ step: 'withdrawn', before: `${postedMinor}`, after: '0', why }];
    const parts = this.turnedRound(before, steps);
    const amountMinor = sumOf(parts);
    const withheldMinor = -postedMinor - amountMinor;
    const whollyCut = amountMinor === 0n && withheldMinor > 0n;
    this.caps.count(last, parts);
    const cut =
      withheldMinor === 0n
        ? ''
        : ` and ${this.pounds(withheldMinor)} is withheld, because ${REASON_IN_WORDS['cap-reached']}`;
    const main: PaymentLine = {
      ...this.trueUpOf(subject, last, 1),
      quantity: ZERO,
      uncappedMinor: 0n,
      amountMinor,
      withheldMinor: whollyCut ? withheldMinor : 0n,
      parts,
      reason: 'withdrawn',
      steps,
      evidence: [],
      explanation:
        `Corrects line ${last.reference}. Nothing is payable, because ${why}; ` +
        `${this.pounds(postedMinor)} was posted before, so ${this.pounds(amountMinor)} is posted now${cut} (clause ${last.clause}).`,
    };
    lines.push(main);
    if (withheldMinor > 0n && !whollyCut)
      lines.push(this.withheldLine(main, withheldMinor, 'cap-reached'));
  }

  /** The payers' parts of what was posted, turned round; a reversal's are cut by the caps like any payment. */
  private turnedRound({ last, amountMinor, parts }: PostedOutcome, steps: Step[]) {
    const back = new Map([...parts].map(([payer, part]) => [payer, -part]));
    const leftMinor = this.caps.cut(-amountMinor, last, steps);
    if (leftMinor === 0n && amountMinor !== 0n) return this.nilParts;
    const left =
      leftMinor === -amountMinor
        ? back
        : asPaid(leftMinor, { amountMinor: -amountMinor, parts: back });
    return this.caps.cutParts(left, steps);
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
    const leftMinor = this.caps.cut(dueMinor, outcome, steps);
    if (leftMinor === 0n) return this.nilParts;
    const postedMinor = before?.amountMinor ?? 0n;
    const parts = this.divide(subject, outcome, postedMinor + leftMinor, before, paid);
    if (before === null) return this.caps.cutParts(parts, steps);
    const added = new Map(parts);
    for (const [payer, part] of before.parts) added.set(payer, (added.get(payer) ?? 0n) - part);
    return this.caps.cutParts(added, steps);
  }

  /** An outcome's whole amount between the payers: as the split has it or, for what is taken back, as it was paid. */
  private divide(
    { attributes }: Subject,
    { metric, clause, outcomeOn }: Outcome,
    minor: bigint,
    before: PostedOutcome | null,
    paid: StandingPaid | null,
  ): ReadonlyMap<string, bigint> {
    if (paid !== null && paid.amountMinor > 0n) return asPaid(minor, paid);
    const carried = (payer: string) => before?.parts.get(payer) ?? 0n;
    return this.split(minor, { metric, clause, outcomeOn, attributes }, (payer) =>
      this.roomOf(payer, carried(payer)),
    );
  }

  /** What a payer may still carry of this line: what its limit leaves, and what it carries of the line already. */
  private roomOf(payer: string, carriedMinor: bigint): bigint | null {
    const limitMinor = this.limits.get(payer);
    if (limitMinor === undefined) return null;
    return limitMinor - this.caps.usedBy(payer) + carriedMinor;
  }

  /** What every line says that corrects an earlier one without weighing the outcome anew. */
  private trueUpOf({ participant, cohort }: Subject, last: PostedLine, later: number) {
    const { clause, metric, occurrence, outcomeOn, unit, rateMinor, reference } = last;
    return {
      participant,
      cohort,
      termsNumber: this.version.number,
      clause,
      metric,
      occurrence,
      outcomeOn,
      unit,
      rateMinor,
      revision: last.revision + later,
      kind: 'true-up' as const,
      corrects: reference,
    };
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

  /** Cuts what is taken back to what stands paid: a cap may have left less of the result than it was worth. */
  private noMoreThan({ amountMinor }: StandingPaid, outcome: Outcome): Outcome {
    const worthMinor = this.worthOf(outcome.exactMinor);
    const mostMinor = amountMinor > 0n ? amountMinor : 0n;
    if (-worthMinor <= mostMinor) return outcome;
    const why = `no more is taken back than the ${this.pounds(mostMinor)} that stands paid`;
    const step = { step: 'paid', before: `${worthMinor}`, after: `${-mostMinor}`, why };
    return { ...outcome, exactMinor: fraction(-mostMinor), steps: [...outcome.steps, step] };
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

/** What is taken back goes to the payers who paid, in the proportion in which they did. */
function asPaid(minor: bigint, { amountMinor, parts }: StandingPaid): ReadonlyMap<string, bigint> {
  const payers = [...parts.keys()];
  const shares = payers.map((payer) => fraction(parts.get(payer)!, amountMinor));
  const returned = allocate(minor, shares);
  return new Map(payers.map((payer, index) => [payer, returned[index]!]));
}

/** An amount so large that no share of it is rounded away. */
const MUCH = 10n ** 40n;

/** Whether two divisions of an amount differ in the part of any payer of the first. */
const isOther = (
  parts: ReadonlyMap<string, bigint>,
  others: ReadonlyMap<string, bigint>,
): boolean => [...parts].some(([payer, part]) => part !== (others.get(payer) ?? 0n));

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
