import { Injectable } from '@nestjs/common';
import { parseCheckpoint, type LogCheckpoint } from '../domain/log/checkpoint.js';
import type { HashedSubtree } from '../domain/log/frontier.js';
import { commitmentOf, entryLeaf } from '../domain/log/leaf-text.js';
import { parseVkey, type NoteKey } from '../domain/log/note-key.js';
import { isSignedBy, parseNote } from '../domain/log/signed-note.js';
import { StoredLog, type LogFirstBad, type StoredLeaf } from '../domain/log/stored-log.js';
import type { TreeHash } from '../domain/log/hashes.js';
import { LogTextMalformed } from '../domain/log/log.errors.js';
import type { Transaction } from '../platform/database/transaction.js';
import { LogCheckRepository, type LeafWithSourceRow } from './log-check.repository.js';
import { LogRepository } from './log.repository.js';

/** What came of reading the whole log. */
export interface LogVerification {
  /** How many leaves are good before the first bad one. */
  readonly good: number;
  readonly root: TreeHash;
  /** null when every leaf, hash and checkpoint is what was sealed. */
  readonly firstBad: LogFirstBad | null;
}

const PAGE = 1_000;

/**
 * Reads the whole log and says whether the entries still give what was sealed: every leaf, every hash of the tree and every
 * signed checkpoint. What somebody changed together with the chain of its trail is found here. Whoever changes all of the
 * log as well and has its key is found by a witness, or by whoever kept a checkpoint.
 */
@Injectable()
export class LogCheck {
  constructor(
    private readonly repository: LogRepository,
    private readonly check: LogCheckRepository,
  ) {}

  /** Give a read-only transaction of the operator, who sees every entry: to others some would be missing. */
  async verify(tx: Transaction): Promise<LogVerification> {
    const keys = await this.check.keys(tx);
    const log = new StoredLog();
    for (let isFull = true; isFull;) {
      const rows = await this.check.leaves(tx, log.size, PAGE);
      const firstBad = await this.firstBadOf(tx, log, rows, keys.map(parseVkey));
      if (firstBad !== null) return { good: firstBad.index, root: log.root(), firstBad };
      isFull = rows.length === PAGE;
    }
    const latest = await this.repository.latest(tx);
    const streams = await this.repository.streams(tx);
    const ends = streams.map(({ stream, seq }) => ({ stream, seq: BigInt(seq) }));
    const firstBad = log.holdEnd(Number(latest?.size ?? 0), ends);
    return { good: firstBad?.index ?? log.size, root: log.root(), firstBad };
  }

  private async firstBadOf(
    tx: Transaction,
    log: StoredLog,
    rows: readonly LeafWithSourceRow[],
    keys: readonly NoteKey[],
  ): Promise<LogFirstBad | null> {
    const made: { readonly leaf: StoredLeaf; readonly subtree: HashedSubtree }[] = [];
    let bad: LogFirstBad | null = null;
    for (const row of rows) {
      const leaf = leafOf(row);
      const added = log.add(leaf);
      if ('bad' in added) bad = added.bad;
      else {
        made.push(...added.made.map((subtree) => ({ leaf, subtree })));
        if (row.stream === null) bad = log.holdCheckpoint(leaf, signedIn(row.note, keys));
      }
      if (bad !== null) break;
    }
    // a leaf that differs comes before the checkpoint that cannot be right because of it
    const stored = await this.repository.hashes(
      tx,
      made.map(({ subtree }) => subtree),
    );
    for (const [at, { leaf, subtree }] of made.entries()) {
      const differs = log.hold(leaf, subtree, stored[at]!);
      if (differs !== null) return differs;
    }
    return bad;
  }
}

function leafOf(row: LeafWithSourceRow): StoredLeaf {
  const { stream } = row;
  const seq = row.seq === null ? null : BigInt(row.seq);
  return { index: Number(row.index), stream, seq, text: textOf(row, stream, seq) };
}

function textOf(
  { type, salt, body, heads_leaf }: LeafWithSourceRow,
  stream: string | null,
  seq: bigint | null,
): string | null {
  if (stream === null || seq === null) return heads_leaf;
  if (type === null || salt === null || body === null) return null;
  const commitment = commitmentOf(salt, body);
  return entryLeaf({ commitment, seq, stream, type });
}

/** What a note says, where it is a checkpoint that one of the keys signed. */
function signedIn(note: string | null, keys: readonly NoteKey[]): LogCheckpoint | null {
  if (note === null) return null;
  try {
    const { text, signatures } = parseNote(note);
    const isSigned = keys.some((key) => signatures.some((one) => isSignedBy(text, one, key)));
    return isSigned ? parseCheckpoint(text) : null;
  } catch (error) {
    if (error instanceof LogTextMalformed) return null;
    throw error;
  }
}
