import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** A leaf with what it was made of: an entry, or a checkpoint's text on the heads. */
export interface LeafWithSourceRow {
  readonly index: string;
  readonly stream: string | null;
  readonly seq: string | null;
  /** These four null of a leaf of heads, and where the entry is gone. */
  readonly type: string | null;
  readonly salt: Buffer | null;
  readonly body: string | null;
  /** These two null where no checkpoint ends with this leaf. */
  readonly heads_leaf: string | null;
  readonly note: string | null;
}

/** What checking the whole log reads. */
@Injectable()
export class LogCheckRepository {
  /** Leaves from an index, in order. Served by the primary keys. */
  leaves(tx: Transaction, from: number, limit: number): Promise<LeafWithSourceRow[]> {
    return tx.query<LeafWithSourceRow>(
      `select l.index, l.stream, l.seq, e.type, e.salt, e.body, c.heads_leaf, c.note
         from log_leaf l
         left join audit_entry e on e.stream = l.stream and e.seq = l.seq
         left join log_checkpoint c on c.size = l.index + 1
        where l.index >= $1 order by l.index limit $2`,
      [from, limit],
    );
  }

  /** The keys that the log declared, as verifier keys. */
  async keys(tx: Transaction): Promise<string[]> {
    const rows = await tx.query<{ vkey: string }>('select vkey from log_key order by declared_seq');
    return rows.map(({ vkey }) => vkey);
  }
}
