import { assertNever } from '../shared/assert.js';

/** What was found out about one record. */
export type RecordStanding =
  | 'altered' // it is not as it was written, or the log does not have it as it is
  | 'recorded' // as it was written, and not in the log yet
  | 'sealed' // and in a signed checkpoint of the log
  | 'witnessed'; // and enough witnesses have cosigned that checkpoint

/** The checkpoint in which a record was found. */
export interface FoundIn {
  /** Leaves of the log. */
  readonly size: number;
}

/** The verdict in plain words, and what is worth knowing beside it. */
export function verdictInWords(
  seq: bigint,
  standing: RecordStanding,
  found: FoundIn | null,
  fault: string | null,
): string {
  const size = found?.size ?? 0;
  switch (standing) {
    case 'altered':
      return `The trail is not as it was written here. ${fault ?? ''}`.trimEnd();
    case 'recorded':
      return `Entry ${seq} is as it was written. It is not sealed in the audit log yet: new entries are sealed within seconds.`;
    case 'sealed':
      return `Entry ${seq} is as it was written, and is in the audit log of ${size} leaves that this service signed. No witness has cosigned it yet.`;
    case 'witnessed':
      return `Entry ${seq} is as it was written, and is in the audit log of ${size} leaves that this service signed and the witnesses cosigned.`;
    default:
      return assertNever(standing);
  }
}
