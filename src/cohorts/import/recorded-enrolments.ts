import { dayNumber } from '../../domain/calendar/day-number.js';
import { RowsCommitment, type RowsCommitted } from '../../domain/log/rows-commitment.js';
import type { CheckedEnrolment } from '../../domain/outcomes/check-enrolment.js';
import { recordedText } from '../cohorts.mapping.js';

interface Correction {
  readonly id: bigint;
  readonly enrolment: CheckedEnrolment;
  readonly exceptionBy: string | null;
}

/**
 * Commits to the enrolments that a file records. Whoever is new is enrolled in the order of the file, which is that of
 * their ids, and committed to as they are read; then come those who were enrolled before, in the order of their ids.
 */
export class RecordedEnrolments {
  private readonly commitment: RowsCommitment;
  private readonly corrections: Correction[] = [];

  constructor(salt: Uint8Array) {
    this.commitment = new RowsCommitment(salt);
  }

  /** `id` is null of whoever is new. */
  add(id: string | null, enrolment: CheckedEnrolment, exceptionBy: string | null): void {
    if (id === null) this.put(enrolment, exceptionBy);
    else this.corrections.push({ id: BigInt(id), enrolment, exceptionBy });
  }

  finish(): RowsCommitted {
    this.corrections.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { enrolment, exceptionBy } of this.corrections) this.put(enrolment, exceptionBy);
    return this.commitment.finish();
  }

  private put(enrolment: CheckedEnrolment, exceptionBy: string | null): void {
    this.commitment.subject(enrolment.reference);
    const text = recordedText({ ...enrolment, exceptionBy });
    this.commitment.say(text, dayNumber(enrolment.startedOn));
  }
}
