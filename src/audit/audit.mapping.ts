import { commitmentOf, type EntryLeaf } from '../domain/log/leaf-text.js';
import type { StoredEntry } from '../domain/audit/verify.js';
import type { EntryRow, NewEntryRow } from './audit.repository.js';

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

/** An entry with what opens its commitment. */
export interface OpenedEntry {
  readonly leaf: EntryLeaf;
  /** 32 bytes. */
  readonly salt: Uint8Array;
  readonly body: string;
}

export const openedEntryOf = (row: NewEntryRow): OpenedEntry => ({
  leaf: {
    commitment: commitmentOf(row.salt, row.body),
    seq: BigInt(row.seq),
    stream: row.stream,
    type: row.type,
  },
  salt: row.salt,
  body: row.body,
});

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
