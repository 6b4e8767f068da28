import type { CivilDate } from '../calendar/civil-date.js';
import { formatFraction, type Fraction } from '../money/fraction.js';
import { canonical } from '../shared/canonical.js';
import type { Reason, Step } from '../outcomes/outcome.js';

/**
 * payment: an outcome posted for the first time; refusal: a nil line that says why; true-up: a later line that corrects
 * an earlier one, up or down; withheld: a nil line for what a cap cut off.
 */
export type LineKind = 'payment' | 'refusal' | 'true-up' | 'withheld';

/** One explained amount. A computation is a list of these; every total is a fold over them. */
export interface PaymentLine {
  /** Pseudonymous reference; null where the line is about a whole cohort. */
  readonly participant: string | null;
  readonly cohort: string;
  readonly termsNumber: number;
  readonly clause: string;
  readonly metric: string;
  readonly occurrence: string;
  /** 1 when first posted; each true-up of the same outcome is the next. */
  readonly revision: number;
  readonly kind: LineKind;
  readonly outcomeOn: CivilDate;
  readonly quantity: Fraction;
  readonly unit: string;
  readonly rateMinor: bigint;
  /** What the outcome is worth after its modifiers and before caps, in whole minor units. */
  readonly uncappedMinor: bigint;
  /** What this line adds to what was posted for the outcome before. */
  readonly amountMinor: bigint;
  /** What caps cut off. */
  readonly withheldMinor: bigint;
  /** Each payer's part of amountMinor, in the order of the terms; sums to it exactly. */
  readonly parts: ReadonlyMap<string, bigint>;
  readonly reason: Reason | null;
  readonly steps: readonly Step[];
  readonly evidence: readonly string[];
  /** Reference of the line that a true-up corrects. */
  readonly corrects: string | null;
  /** One sentence that can be read aloud. */
  readonly explanation: string;
}

/** A line as it was posted by an earlier computation. */
export interface PostedLine {
  /** "worcestershire-loneliness.3.1042": contract, computation number, line number. */
  readonly reference: string;
  readonly clause: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly revision: number;
  readonly kind: LineKind;
  readonly outcomeOn: CivilDate;
  readonly quantity: Fraction;
  readonly unit: string;
  readonly rateMinor: bigint;
  readonly uncappedMinor: bigint;
  readonly amountMinor: bigint;
  readonly parts: ReadonlyMap<string, bigint>;
  readonly reason: Reason | null;
}

/** The stable key of a line: what it is about, whichever computation wrote it. */
export const lineKey = (
  line: Pick<PaymentLine, 'clause' | 'cohort' | 'participant' | 'occurrence' | 'revision' | 'kind'>,
): string =>
  [
    line.clause,
    line.cohort,
    line.participant ?? '*',
    line.occurrence,
    line.revision,
    line.kind,
  ].join('|');

/** The canonical bytes of a line, which the digest of a computation covers. */
export const encodeLine = (line: PaymentLine): string =>
  canonical({
    amount: line.amountMinor,
    clause: line.clause,
    cohort: line.cohort,
    corrects: line.corrects,
    evidence: line.evidence,
    explanation: line.explanation,
    kind: line.kind,
    metric: line.metric,
    occurrence: line.occurrence,
    outcomeOn: line.outcomeOn,
    participant: line.participant,
    parts: Object.fromEntries(line.parts),
    quantity: formatFraction(line.quantity),
    rate: line.rateMinor,
    reason: line.reason,
    revision: line.revision,
    steps: line.steps.map(({ step, before, after, why }) => ({ step, before, after, why })),
    terms: line.termsNumber,
    uncapped: line.uncappedMinor,
    unit: line.unit,
    withheld: line.withheldMinor,
  });
