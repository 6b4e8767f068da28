import type { CivilDate } from '../calendar/civil-date.js';
import type { Fraction } from '../money/fraction.js';

/**
 * A count or rate that a partner submitted for a group and a span of days, without saying who stands behind it:
 * "of 120 births in the quarter, 103 were visited within 14 days".
 */
export interface Figure {
  /** A rate metric of the terms. */
  readonly metric: string;
  /** A group that the metric names; "all" where it names none. */
  readonly group: string;
  /** The span, half-open. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** 1 as first submitted; each correction is the next. */
  readonly version: number;
  readonly numerator: Fraction;
  readonly denominator: Fraction;
  /** Which definition of the metric was counted by. */
  readonly definition: string;
}

/** A result that an independent evaluator worked out and signed; Outturn holds it and never reckons it again. */
export interface EffectResult {
  /** An effect metric of the terms. */
  readonly metric: string;
  /** The cohort it is about; ALL_COHORTS where cohorts were pooled. */
  readonly cohort: string;
  readonly signedOn: CivilDate;
  /**
   * The day on which it was first signed, where this version supersedes another: it decides its period and the edition of
   * the terms, because a correction changes what was found and not when it counts. A result that was taken back and signed
   * anew is another, with a day of its own.
   */
  readonly firstSignedOn?: CivilDate;
  /** 1 as first delivered; a later version supersedes it. */
  readonly version: number;
  readonly value: Fraction;
  /** Bounds of its interval, where one was given. */
  readonly low: Fraction | null;
  readonly high: Fraction | null;
  /** How many were treated. */
  readonly n: bigint;
  /** SHA-256 of the evaluator's report, in hexadecimal. */
  readonly documentHash: string;
}

/** What is recorded about a contract as a whole, each fact in the version that was known on the knowledge date. */
export interface ContractRecord {
  readonly figures: readonly Figure[];
  readonly effects: readonly EffectResult[];
}

export const EMPTY_RECORD: ContractRecord = { figures: [], effects: [] };

/** How a line names a figure it rests on: "visits/all/2017-10-01#1". */
export const figureEvidence = (f: Pick<Figure, 'metric' | 'group' | 'from' | 'version'>): string =>
  `${f.metric}/${f.group}/${f.from}#${f.version}`;

/** How a line names an external result it rests on: "reconvictions/cohort-1#2 sha256:ab12...". */
export const effectEvidence = (e: EffectResult): string =>
  `${e.metric}/${e.cohort}#${e.version} sha256:${e.documentHash}`;
