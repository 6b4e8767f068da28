import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { equals, ZERO } from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { round } from '../money/rounding.js';
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

  constructor(
    private readonly version: TermsInForce,
    period: Period,
    capUse: CapUse,
  ) {
    const { terms } = version;
    const split = splitOf(terms.split);
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
    if (before !== null && isUnchanged(outcome, worthMinor, before)) return;
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

  /** Takes back whatever was posted for an outcome that is no longer there. */
  withdrawn(subject: Subject, before: PostedOutcome, lines: PaymentLine[]): void {
    const { last, amountMinor, parts } = before;
    if (amountMinor === 0n && last.uncappedMinor === 0n) return;
    const returned = new Map([...parts].map(([payer, part]) => [payer, -part]));
    const why = REASON_IN_WORDS.withdrawn;
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
      reason: 'withdrawn',
      steps: [{ step: 'withdrawn', before: `${amountMinor}`, after: '0', why }],
      evidence: [],
      corrects: last.reference,
      explanation:
        `Corrects line ${last.reference}. Nothing is payable, because ${why}; ` +
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
