import { Injectable } from '@nestjs/common';
import type { TreeHash } from '../domain/log/hashes.js';
import type { HashedSubtree } from '../domain/log/frontier.js';
import type { Subtree } from '../domain/log/subtrees.js';
import type { Transaction } from '../platform/database/transaction.js';

export interface CheckpointRow {
  readonly size: string;
  readonly root: Buffer;
  readonly heads_leaf: string;
  readonly note: string;
  readonly made_at: Date;
}

export interface CosignatureRow {
  readonly size: string;
  readonly name: string;
  readonly key_id: string;
  readonly line: string;
  readonly cosigned_at: Date;
}

/** An entry that is not in the log yet. */
export interface UnsealedRow {
  readonly stream: string;
  readonly seq: string;
  /** The number of the stream's latest entry in the log; 0 where there is none. */
  readonly sealed: string;
  readonly type: string;
  readonly salt: Buffer;
  readonly body: string;
}

export interface LeafRow {
  readonly index: number;
  /** Both null for a leaf that says how far every stream goes. */
  readonly stream: string | null;
  readonly seq: bigint | null;
}

export interface HeadRow {
  readonly stream: string;
  readonly seq: string;
}

const CHECKPOINT = 'size, root, heads_leaf, note, made_at';

/** The tables of the log. Rows are only ever added; a primary key refuses a second leaf, node or checkpoint in a place. */
@Injectable()
export class LogRepository {
  /** One sealer at a time, until the end of the transaction; false while another is at it. No act of business takes it. */
  async takeTurn(tx: Transaction): Promise<boolean> {
    const [lock] = await tx.query<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('outturn:log-sealer', 0)) as taken`,
    );
    return lock!.taken;
  }

  /** As takeTurn, and waits for it. */
  async awaitTurn(tx: Transaction): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('outturn:log-sealer', 0))`);
  }

  async latest(tx: Transaction): Promise<CheckpointRow | null> {
    const [row] = await tx.query<CheckpointRow>(
      `select ${CHECKPOINT} from log_checkpoint order by size desc limit 1`,
    );
    return row ?? null;
  }

  async at(tx: Transaction, size: number): Promise<CheckpointRow | null> {
    const [row] = await tx.query<CheckpointRow>(
      `select ${CHECKPOINT} from log_checkpoint where size = $1`,
      [size],
    );
    return row ?? null;
  }

  /** How many leaves are stored, whatever the checkpoints say. */
  async leaves(tx: Transaction): Promise<number> {
    const [row] = await tx.query<{ leaves: string }>(
      'select coalesce(max(index) + 1, 0) as leaves from log_leaf',
    );
    return Number(row!.leaves);
  }

  /**
   * Entries that are not in the log, stream by stream in the order of their numbers. The head of a stream moves in the
   * transaction of the entry, so whatever is visible here is committed, whole and without gaps; no head is locked.
   */
  unsealed(tx: Transaction, limit: number): Promise<UnsealedRow[]> {
    return tx.query<UnsealedRow>(
      `select h.stream, coalesce(s.seq, 0) as sealed, e.seq, e.type, e.salt, e.body
         from audit_head h
         left join log_stream s on s.stream = h.stream
        cross join lateral (
          select e.seq, e.type, e.salt, e.body from audit_entry e
           where e.stream = h.stream and e.seq > coalesce(s.seq, 0) and e.seq <= h.seq
           order by e.seq limit $1) e
        where h.seq > coalesce(s.seq, 0)
        order by h.stream, e.seq limit $1`,
      [limit],
    );
  }

  async insertLeaves(tx: Transaction, leaves: readonly LeafRow[]): Promise<void> {
    await tx.query(
      'insert into log_leaf (index, stream, seq) select * from unnest($1::bigint[], $2::text[], $3::bigint[])',
      [
        leaves.map(({ index }) => index),
        leaves.map(({ stream }) => stream),
        leaves.map(({ seq }) => seq?.toString() ?? null),
      ],
    );
  }

  async insertNodes(tx: Transaction, nodes: readonly HashedSubtree[]): Promise<void> {
    await tx.query(
      'insert into log_node (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])',
      [
        nodes.map(({ level }) => level),
        nodes.map(({ index }) => index),
        nodes.map(({ hash }) => hash),
      ],
    );
  }

  async advanceStreams(tx: Transaction, heads: ReadonlyMap<string, bigint>): Promise<void> {
    await tx.query(
      `insert into log_stream (stream, seq) select * from unnest($1::text[], $2::bigint[])
       on conflict (stream) do update set seq = excluded.seq`,
      [[...heads.keys()], [...heads.values()].map(String)],
    );
  }

  async insertCheckpoint(tx: Transaction, row: CheckpointRow): Promise<void> {
    await tx.query(`insert into log_checkpoint (${CHECKPOINT}) values ($1, $2, $3, $4, $5)`, [
      row.size,
      row.root,
      row.heads_leaf,
      row.note,
      row.made_at,
    ]);
  }

  /** How far every stream goes; the rows of the sealer itself. */
  streams(tx: Transaction): Promise<HeadRow[]> {
    return tx.query<HeadRow>('select stream, seq from log_stream order by stream');
  }

  /** How far every stream went in the log of that size, for a proof. Of the latest checkpoint it is a short list. */
  headsAt(tx: Transaction, size: number): Promise<HeadRow[]> {
    return tx.query<HeadRow>('select stream, seq from heads_in_log($1) order by stream', [size]);
  }

  /** The hashes of full subtrees, in the order asked for; null where there is none. Served by the primary key. */
  async hashes(tx: Transaction, subtrees: readonly Subtree[]): Promise<(TreeHash | null)[]> {
    if (subtrees.length === 0) return [];
    const rows = await tx.query<{ hash: Buffer | null }>(
      `select n.hash from unnest($1::smallint[], $2::bigint[]) with ordinality as wanted (level, index, place)
         left join log_node n using (level, index) order by wanted.place`,
      [subtrees.map(({ level }) => level), subtrees.map(({ index }) => index)],
    );
    return rows.map(({ hash }) => hash);
  }

  /** Where an entry stands in the log; null while it is not in it. Served by log_leaf_once. */
  async indexOf(tx: Transaction, stream: string, seq: bigint): Promise<number | null> {
    const [row] = await tx.query<{ index: string }>(
      'select index from log_leaf where stream = $1 and seq = $2',
      [stream, seq],
    );
    return row ? Number(row.index) : null;
  }

  /** Where the entries of a stream stand in the log of that size, in order. */
  async indexesOf(tx: Transaction, stream: string, size: number): Promise<number[]> {
    const rows = await tx.query<{ index: string }>(
      'select index from log_leaf where stream = $1 and index < $2 order by seq',
      [stream, size],
    );
    return rows.map(({ index }) => Number(index));
  }

  /** The key that was declared last. */
  async declaredKey(tx: Transaction): Promise<string | null> {
    const [row] = await tx.query<{ vkey: string }>(
      'select vkey from log_key order by declared_seq desc limit 1',
    );
    return row?.vkey ?? null;
  }

  async insertKey(tx: Transaction, vkey: string, seq: bigint, at: Date): Promise<void> {
    await tx.query('insert into log_key (vkey, declared_seq, declared_at) values ($1, $2, $3)', [
      vkey,
      seq,
      at,
    ]);
  }

  cosignatures(tx: Transaction, size: number): Promise<CosignatureRow[]> {
    return tx.query<CosignatureRow>(
      `select size, name, key_id, line, cosigned_at from log_cosignature where size = $1 order by cosigned_at, name, key_id`,
      [size],
    );
  }

  /** Sizes that somebody cosigned, the largest first. */
  async cosignedSizes(tx: Transaction, limit: number): Promise<number[]> {
    const rows = await tx.query<{ size: string }>(
      'select distinct size from log_cosignature order by size desc limit $1',
      [limit],
    );
    return rows.map(({ size }) => Number(size));
  }

  /** The largest size that this witness cosigned; 0 for none that is known. */
  async cosignedBy(tx: Transaction, name: string, keyId: string): Promise<number> {
    const [row] = await tx.query<{ size: string }>(
      'select coalesce(max(size), 0) as size from log_cosignature where name = $1 and key_id = $2',
      [name, keyId],
    );
    return Number(row!.size);
  }

  async insertCosignature(tx: Transaction, row: CosignatureRow): Promise<void> {
    await tx.query(
      `insert into log_cosignature (size, name, key_id, line, cosigned_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [row.size, row.name, row.key_id, row.line, row.cosigned_at],
    );
  }

  /** What waits to be sealed, and how large the log is. */
  async waiting(
    tx: Transaction,
  ): Promise<{ entries: number; oldestSeconds: number; size: number }> {
    const [row] = await tx.query<{ entries: string; seconds: string | null; size: string }>(
      `select entries, extract(epoch from clock_timestamp() - oldest_at)::numeric(20, 3) as seconds, size
         from unsealed_entries()`,
    );
    return {
      entries: Number(row!.entries),
      oldestSeconds: Number(row!.seconds ?? 0),
      size: Number(row!.size),
    };
  }
}
