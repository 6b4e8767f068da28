/** One answer that an item accepts, with the value it scores before any reversal. */
export interface AnswerOption {
  readonly value: number;
  readonly text: string;
}

/** One question of an instrument. */
export interface Item {
  readonly id: string;
  /** Absent where the licence allows the score but not the wording. */
  readonly text?: string;
  readonly options: readonly AnswerOption[];
  /** Scored from the other end of its range. */
  readonly reversed?: boolean;
}

/** Whether the wording may be shipped, or only the score may be recorded (ruling 8). */
export type LicenceStatus = 'whole' | 'score-only';

/** A questionnaire or scale: versioned, with its bounds, direction and missing-item rule. */
export interface Instrument {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  /** Whole numbers only; an instrument with decimals declares its own step in a later version. */
  readonly minScore: number;
  readonly maxScore: number;
  /** Which way a score moves when life gets better. */
  readonly improvement: 'lower' | 'higher';
  readonly items: readonly Item[];
  /** How many items may be missing before the total may not be computed. */
  readonly missingItemsAllowed: number;
  readonly licence: LicenceStatus;
  readonly citation: string;
}
