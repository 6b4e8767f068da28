import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

export interface HeadRow {
  readonly seq: string;
  readonly hash: Buffer;
}

export interface EntryRow {
  readonly stream: string;
  readonly seq: string;
  readonly type: string;
  readonly person_id: string | null;
  readonly duty: string;
  readonly recorded_at: Date;
  readonly body: string;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

export interface NewEntryRow extends EntryRow {
  /** 32 random bytes. */
  readonly salt: Buffer;
}

const ENTRY = 'stream, seq, type, person_id, duty, recorded_at, body, previous_hash, hash';

/** The audit trail's tables. Entries are only ever added; the database refuses anything else. */
@Injectable()
export class AuditRepository {
  /** Locks the head of a stream until the end of the transaction, making the stream first when it is new. */
  async lockHead(tx: Transaction, stream: string): Promise<HeadRow> {
    const lock = 'select seq, hash from audit_head where stream = $1 for update';
    const [head] = await tx.prepared<HeadRow>('audit-head-locked', lock, [stream]);
    if (head) return head;
    await tx.query(
      `insert into audit_head (stream, seq, hash) values ($1, 0, decode(repeat('00', 32), 'hex'))
       on conflict (stream) do nothing`,
      [stream],
    );
    const [created] = await tx.query<HeadRow>(lock, [stream]);
    if (!created) throw new Error(`The head of audit stream ${stream} vanished`);
    return created;
  }

  /** Adds an entry, which moves the head of its stream. */
  async insert(tx: Transaction, row: NewEntryRow): Promise<void> {
    await tx.prepared(
      'audit-entry-added',
      `insert into audit_entry (${ENTRY}, salt) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        row.stream,
        row.seq,
        row.type,
        row.person_id,
        row.duty,
        row.recorded_at,
        row.body,
        row.previous_hash,
        row.hash,
        row.salt,
      ],
    );
  }

  async head(tx: Transaction, stream: string): Promise<HeadRow | null> {
    const [row] = await tx.query<HeadRow>('select seq, hash from audit_head where stream = $1', [
      stream,
    ]);
    return row ?? null;
  }

  /** Entries after a sequence number, in order. Served by the primary key. */
  entriesAfter(
    tx: Transaction,
    stream: string,
    after: bigint,
    limit: number,
  ): Promise<NewEntryRow[]> {
    return tx.query<NewEntryRow>(
      `select ${ENTRY}, salt from audit_entry where stream = $1 and seq > $2 order by seq limit $3`,
      [stream, after, limit],
    );
  }

  async opened(tx: Transaction, stream: string, seq: bigint): Promise<NewEntryRow | null> {
    const [row] = await tx.query<NewEntryRow>(
      `select ${ENTRY}, salt from audit_entry where stream = $1 and seq = $2`,
      [stream, seq],
    );
    return row ?? null;
  }

  async streams(tx: Transaction): Promise<string[]> {
    const rows = await tx.query<{ stream: string }>(
      'select stream from audit_head order by stream',
    );
    return rows.map((row) => row.stream);
  }
}
