import type { StoredEntry } from '../domain/audit/verify.js';
import type { EntryRow } from './audit.repository.js';

/** An entry as a reader sees it. */
export interface EntryView {
  readonly seq: string;
  readonly type: string;
  readonly personId: string | null;
  readonly duty: string;
  readonly recordedAt: string;
  /** The hashed text, exactly: SHA-256 over the bytes of previousHash and this text gives hash. */
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}

export const storedEntryOf = (row: EntryRow): StoredEntry => ({
  stream: row.stream,
  seq: BigInt(row.seq),
  type: row.type,
  personId: row.person_id,
  duty: row.duty,
  recordedAt: row.recorded_at.toISOString(),
  body: row.body,
  previousHash: row.previous_hash,
  hash: row.hash,
});

export const entryViewOf = (row: EntryRow): EntryView => ({
  seq: row.seq,
  type: row.type,
  personId: row.person_id,
  duty: row.duty,
  recordedAt: row.recorded_at.toISOString(),
  body: row.body,
  previousHash: row.previous_hash.toString('hex'),
  hash: row.hash.toString('hex'),
});
