import type { CivilDate } from '../calendar/civil-date.js';
import { formatFraction, type Fraction } from '../money/fraction.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
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
  /** How many were due and what became of them, where the line rests on a sample of participants. */
  readonly followUp?: FollowUpCounts | undefined;
  /** Reference of the line that a true-up corrects. */
  readonly corrects: string | null;
  /** One sentence that can be read aloud. */
  readonly explanation: string;
}

/** A line as it was posted by an earlier computation. */
export interface PostedLine {
  /** "worcestershire-loneliness.3.1042": contract, computation number, line number. */
  readonly reference: string;
  /** The edition of the terms it was posted under. */
  readonly termsNumber: number;
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

/**
 * The canonical bytes of a line (RFC 8785), which the digest of a computation covers. Written out member by member, in
 * canonical order, because it runs for every line of every computation; payment-line.spec.ts holds it equal to the
 * general encoder.
 */
export function encodeLine(line: PaymentLine): string {
  const evidence = line.evidence.map(quoted).join(',');
  const parts = [...line.parts.keys()]
    .sort()
    .map((payer) => `${quoted(payer)}:"${line.parts.get(payer)!}"`)
    .join(',');
  const steps = line.steps
    .map(
      ({ step, before, after, why }) =>
        `{"after":${quoted(after)},"before":${quoted(before)},"step":${quoted(step)},"why":${quoted(why)}}`,
    )
    .join(',');
  return (
    `{"amount":"${line.amountMinor}","clause":${quoted(line.clause)},"cohort":${quoted(line.cohort)},` +
    `"corrects":${orNull(line.corrects)},"evidence":[${evidence}],"explanation":${quoted(line.explanation)},` +
    (line.followUp === undefined ? '' : `"followUp":${canonical({ ...line.followUp })},`) +
    `"kind":"${line.kind}","metric":${quoted(line.metric)},"occurrence":${quoted(line.occurrence)},` +
    `"outcomeOn":"${line.outcomeOn}","participant":${orNull(line.participant)},"parts":{${parts}},` +
    `"quantity":"${formatFraction(line.quantity)}","rate":"${line.rateMinor}","reason":${orNull(line.reason)},` +
    `"revision":${line.revision},"steps":[${steps}],"terms":${line.termsNumber},` +
    `"uncapped":"${line.uncappedMinor}","unit":${quoted(line.unit)},"withheld":"${line.withheldMinor}"}`
  );
}

const PLAIN = /^[ !#-[\]-\ud7ff]*$/;
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : canonical(text));
const orNull = (text: string | null): string => (text === null ? 'null' : quoted(text));
