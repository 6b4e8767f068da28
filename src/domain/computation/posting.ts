import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { openRounding } from '../contract-terms/open-rounding.js';
import { allocate } from '../money/allocate.js';
import { equals, fraction, ZERO, type Fraction } from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import type { Outcome, Reason, Step } from '../outcomes/outcome.js';
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
  private readonly worthOf: (exactMinor: Fraction) => bigint;

  constructor(
    private readonly version: TermsInForce,
    period: Period,
    capUse: CapUse,
  ) {
    const { terms } = version;
    const split = splitOf(terms.split);
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
    if (before !== null && isUnchanged(outcome, worthMinor, before)) return;
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
   * Takes back whatever was posted for an outcome that is no longer there. Where that was a reversal, money is due again,
   * and what a cap has no room for any more stays cut off.
   */
  withdrawn(subject: Subject, before: PostedOutcome, lines: PaymentLine[]): void {
    const { last, amountMinor: postedMinor } = before;
    const isSettled = postedMinor === 0n || last.reason === 'withdrawn';
    if (isSettled && last.uncappedMinor === 0n) return;
    const why = REASON_IN_WORDS.withdrawn;
    const steps: Step[] = [{ step: 'withdrawn', before: `${postedMinor}`, after: '0', why }];
    const parts = this.returned(before, steps);
    const amountMinor = sumOf(parts);
    const withheldMinor = -postedMinor - amountMinor;
    const whollyCut = amountMinor === 0n && withheldMinor > 0n;
    this.caps.count(last, parts);
    const cut =
      withheldMinor === 0n
        ? ''
        : ` and ${this.pounds(withheldMinor)} is withheld, because ${REASON_IN_WORDS['cap-reached']}`;
    const main: PaymentLine = {
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
      amountMinor,
      withheldMinor: whollyCut ? withheldMinor : 0n,
      parts,
      reason: 'withdrawn',
      steps,
      evidence: [],
      corrects: last.reference,
      explanation:
        `Corrects line ${last.reference}. Nothing is payable, because ${why}; ` +
        `${this.pounds(postedMinor)} was posted before, so ${this.pounds(amountMinor)} is posted now${cut} (clause ${last.clause}).`,
    };
    lines.push(main);
    if (withheldMinor > 0n && !whollyCut)
      lines.push(this.withheldLine(main, withheldMinor, 'cap-reached'));
  }

  /** The payers' parts of what was posted, turned round; a reversal's are cut by the caps like any payment. */
  private returned({ last, amountMinor, parts }: PostedOutcome, steps: Step[]) {
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
    { attributes }: Subject,
    outcome: Outcome,
    dueMinor: bigint,
    before: PostedOutcome | null,
    paid: StandingPaid | null,
    steps: Step[],
  ): ReadonlyMap<string, bigint> {
    const leftMinor = this.caps.cut(dueMinor, outcome, steps);
    if (leftMinor === 0n) return this.nilParts;
    const { metric, clause, outcomeOn } = outcome;
    const about = { metric, clause, outcomeOn, attributes };
    const carried = (payer: string) => before?.parts.get(payer) ?? 0n;
    const divide = (minor: bigint) =>
      paid !== null && paid.amountMinor > 0n
        ? asPaid(minor, paid)
        : this.split(minor, about, (payer) => this.roomOf(payer, carried(payer)));
    if (before === null) return this.caps.cutParts(divide(leftMinor), steps);
    const added = new Map(divide(before.amountMinor + leftMinor));
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
