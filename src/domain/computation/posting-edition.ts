import type { Period } from '../calendar/period.js';
import { openRounding } from '../contract-terms/open-rounding.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { allocate } from '../money/allocate.js';
import { fraction, ZERO, type Fraction } from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import type { Attributes } from '../outcomes/participant-facts.js';
import { REASON_IN_WORDS } from '../outcomes/reasons.js';
import type { PayerSplit, Room } from '../payer-splits/payer-split.js';
import { splitOf, type SplitTerms } from '../payer-splits/registry.js';
import { openCaps, type CapUse, type OpenCaps } from './caps.js';
import type { PaymentLine, PostedLine } from './payment-line.js';
import type { PostedOutcome } from './posted-outcomes.js';

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
 * One edition of the terms, opened for posting: how it rounds, what its caps leave, how its payers divide an amount, and
 * what every line under it says alike.
 */
export class PostingEdition {
  readonly caps: OpenCaps;
  readonly worthOf: (exactMinor: Fraction) => bigint;
  /** Nothing for each payer. */
  readonly nilParts: ReadonlyMap<string, bigint>;
  /** Whether a corrected fact can change who carries a line. */
  readonly followsFacts: boolean;
  readonly capsPayers: boolean;
  private readonly split: ReturnType<PayerSplit<SplitTerms>['open']>;
  private readonly limits: ReadonlyMap<string, bigint>;

  constructor(
    readonly version: TermsInForce,
    period: Period,
    capUse: CapUse,
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

  /** An outcome's whole amount between the payers: as the split has it or, for what is taken back, as it was paid. */
  divide(
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

  /** The shares of an outcome or of a line, as parts of an amount so large that none is rounded away. */
  sharesOf({ attributes }: Subject, { metric, clause, outcomeOn }: PostedLine | Outcome) {
    return this.split(MUCH, { metric, clause, outcomeOn, attributes }, () => null);
  }

  /** What a payer may still carry of this line: what its limit leaves, and what it carries of the line already. */
  private roomOf(payer: string, carriedMinor: bigint): Room | null {
    const limitMinor = this.limits.get(payer);
    if (limitMinor === undefined) return null;
    return { leftMinor: limitMinor - this.caps.usedBy(payer) + carriedMinor, carriedMinor };
  }

  /** What every line says that corrects an earlier one without weighing the outcome anew. */
  trueUpOf({ participant, cohort }: Subject, last: PostedLine, later: number) {
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

  /** The nil line for what caps cut off another line. */
  withheldLine(main: PaymentLine, withheldMinor: bigint, reason: Reason): PaymentLine {
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

  pounds(minor: bigint): string {
    return formatMoney(money(minor, this.version.terms.currency));
  }
}

/** What is taken back goes to the payers who paid, in the proportion in which they did. */
export function asPaid(
  minor: bigint,
  { amountMinor, parts }: StandingPaid,
): ReadonlyMap<string, bigint> {
  const payers = [...parts.keys()];
  const shares = payers.map((payer) => fraction(parts.get(payer)!, amountMinor));
  const returned = allocate(minor, shares);
  return new Map(payers.map((payer, index) => [payer, returned[index]!]));
}

const MUCH = 10n ** 40n;

export function sumOf(parts: ReadonlyMap<string, bigint>): bigint {
  let total = 0n;
  for (const part of parts.values()) total += part;
  return total;
}
