import type { Refusal } from '../domain/shared/domain-error.js';

/** What a thread needs to try a clause: plain data. */
export interface TrialTask {
  /** As a request gives them, or as they stand on the record. */
  readonly terms: unknown;
  /** Whether the terms come from the record, where they were read already, and not from a request. */
  readonly stored: boolean;
  readonly clause: string;
  readonly example: unknown;
}

/** A refusal on its way from the thread. */
export type RefusalInThread = Refusal;
