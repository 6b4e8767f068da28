import { IsOptional, Matches } from 'class-validator';

/** One act, as it is recorded. */
export class AuditEntryView {
  seq: string;
  type: string;
  personId: string | null;
  duty: string;
  recordedAt: string;
  /** The hashed text, exactly: SHA-256 over the 32 bytes of previousHash and the UTF-8 bytes of this text gives hash. */
  body: string;
  previousHash: string;
  hash: string;
}

/** A page of the audit trail, oldest first. */
export class AuditPage {
  items: AuditEntryView[];
  next: string | null;
}

/** An entry that was noted earlier, to hold the trail against. */
export class VerificationQuery {
  /** The number of the entry noted. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'notedSeq must be the number of an entry' })
  notedSeq?: string;

  /** What was given as its hash to be noted, in hexadecimal. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'notedHash must be 64 hexadecimal digits' })
  notedHash?: string;
}

export class NotedEntryView {
  seq: string;
  /**
   * SHA-256 over the 32 bytes of the entry’s salt and those of its hash in the chain: it commits to the entry and all before it,
   * and nobody can try out what they may say.
   */
  hash: string;
}

export class FirstBadEntryView {
  seq: string;
  fault: string;
  detail: string;
}

/** Whether the whole trail is as it was written. */
export class VerificationView {
  stream: string;
  verified: boolean;
  /** Entries found good, from the first. */
  entries: string;
  /** The last good entry: note it, and give it as notedSeq and notedHash next time. */
  last: NotedEntryView | null;
  firstBad: FirstBadEntryView | null;
}
