import type { CivilDate } from '../../domain/calendar/civil-date.js';
import { withdrawalFault, type RecordingLimits } from '../../domain/privacy/consent.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { participantErased } from '../../cohorts/keys/keys.errors.js';
import type { Roster } from './roster.js';

const NO_LIMITS: RecordingLimits = { scoresFrom: null, eventsFrom: null };

/** Whose records are closed, wholly or from a day on: erased, or consent withdrawn. Nearly always nobody. */
export class ClosedRecords {
  private readonly limits = new Map<number, RecordingLimits>();
  private readonly erased = new Set<number>();

  constructor(
    roster: Roster,
    limits: ReadonlyMap<string, RecordingLimits>,
    erased: Iterable<string>,
  ) {
    const numberOf = (reference: string) => {
      const bytes = Buffer.from(reference, 'utf8');
      return roster.find(bytes, 0, bytes.length);
    };
    for (const [reference, one] of limits) this.limits.set(numberOf(reference), one);
    for (const reference of erased) this.erased.add(numberOf(reference));
  }

  /** Whether anything may not be recorded of a participant. */
  has(participant: number): boolean {
    return (
      (this.limits.size > 0 && this.limits.has(participant)) ||
      (this.erased.size > 0 && this.erased.has(participant))
    );
  }

  /** Why a measurement may not be recorded, or null. */
  fault(participant: number, isScore: boolean, measuredOn: CivilDate): Fault | null {
    if (this.erased.has(participant)) return participantErased();
    return withdrawalFault(this.limits.get(participant) ?? NO_LIMITS, isScore, measuredOn);
  }
}
