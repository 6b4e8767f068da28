import type { Period } from '../domain/calendar/period.js';
import type {
  ComputationKind,
  ComputationState,
} from '../domain/computation/computation-states.js';

/** A payment computation as it is shown: what was asked for, how far it is, and what came of it. */
export interface ComputationView {
  readonly id: string;
  /** Code of the contract. */
  readonly contract: string;
  readonly number: number;
  readonly kind: ComputationKind;
  /** The computation that a recheck repeats. */
  readonly rechecks: string | null;
  readonly period: Period;
  /** The audit entry up to which facts count. */
  readonly knownThrough: string;
  readonly state: ComputationState;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Participants weighed so far, and in all (null until it has begun). */
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
  readonly lines: number | null;
  readonly total: { readonly amount: string; readonly currency: string } | null;
  readonly digest: string | null;
  readonly engineVersion: string | null;
  /** Of a recheck that has ended: whether it gave the same digest. */
  readonly agrees: boolean | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
}
