import { asOwner } from './owner.js';

/** Tables of the audit log. Hashes and checkpoints are nobody's secret; which leaf is whose entry is as much one as the entry. */
export const LOG_TABLES = [
  'log_checkpoint',
  'log_cosignature',
  'log_key',
  'log_leaf',
  'log_node',
  'log_stream',
] as const;

/** A row of each of them, as somebody with the database's keys writes it. */
export const rowsOfLog = (): Promise<void> =>
  asOwner(async (tx) => {
    for (const sql of [
      'set local session_replication_role = replica',
      `insert into log_leaf (index, stream, seq) values (0, 'service', 1)`,
      `insert into log_stream (stream, seq) values ('service', 1)`,
      `insert into log_node (level, index, hash) values (0, 0, sha256('leaf'))`,
      `insert into log_key (vkey, declared_seq, declared_at) values ('log+00000000+', 1, now())`,
      `insert into log_checkpoint (size, root, heads_leaf, note, made_at) values (1, sha256('leaf'), '', '', now())`,
      `insert into log_cosignature (size, name, key_id, line, cosigned_at) values (1, 'witness', '00000000', '', now())`,
    ])
      await tx.query(sql);
  });
