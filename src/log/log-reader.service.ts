import { Inject, Injectable } from '@nestjs/common';
import { cosignedAt } from '../domain/log/cosignature.js';
import { TreeOfHeads } from '../domain/log/heads.js';
import type { TreeHash } from '../domain/log/hashes.js';
import type { NoteKey } from '../domain/log/note-key.js';
import { isQuorum } from '../domain/log/policy.js';
import {
  consistencyPlan,
  inclusionPlan,
  proofOf,
  subtreesIn,
  type ProofPlan,
} from '../domain/log/proofs.js';
import { parseNote, parseSignatureLine } from '../domain/log/signed-note.js';
import { widthOf, type Subtree } from '../domain/log/subtrees.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import { EntryNotSealed, LogBroken, LogEmpty, NotASizeOfTheLog } from './log.errors.js';
import { LogRepository, type CheckpointRow } from './log.repository.js';

/** A checkpoint with the cosignatures that there are by now. */
export interface CheckpointView {
  readonly size: number;
  readonly root: TreeHash;
  /** The whole signed note. */
  readonly note: string;
  /** The text of its last leaf, which says how far every stream goes. */
  readonly headsLeaf: string;
  readonly madeAt: Date;
  /** Whether those cosigned whom this service's own policy asks for; without witnesses nobody did. */
  readonly isWitnessed: boolean;
}

/** How far one stream goes in a checkpoint, with its proof. */
export interface HeadProof {
  readonly position: number;
  readonly streams: number;
  readonly seq: bigint;
  readonly hashes: readonly TreeHash[];
}

/** How many checkpoints are looked through for one that is witnessed. */
const COSIGNED_LOOKED_AT = 200;

/** Reads the log and proves from it. A proof reads as many hashes as the log has levels, at most twice. */
@Injectable()
export class LogReader {
  constructor(
    private readonly repository: LogRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The latest checkpoint. Refuses LogEmpty. */
  async latest(tx: Transaction): Promise<CheckpointView> {
    const row = await this.repository.latest(tx);
    if (row === null) throw new LogEmpty();
    return this.view(tx, row);
  }

  /** The checkpoint of that size; null where there is none. */
  async at(tx: Transaction, size: number): Promise<CheckpointView | null> {
    const row = await this.repository.at(tx, size);
    return row && this.view(tx, row);
  }

  /** The latest checkpoint that is witnessed; null where none is. */
  async latestWitnessed(tx: Transaction): Promise<CheckpointView | null> {
    for (const size of await this.repository.cosignedSizes(tx, COSIGNED_LOOKED_AT)) {
      const checkpoint = await this.at(tx, size);
      if (checkpoint?.isWitnessed) return checkpoint;
    }
    return null;
  }

  /** The hashes of full subtrees, in the order asked for. Refuses LogBroken where one is missing. */
  async hashes(tx: Transaction, subtrees: readonly Subtree[]): Promise<TreeHash[]> {
    const found = await this.repository.hashes(tx, subtrees);
    return found.map((hash, at) => {
      if (hash !== null) return hash;
      const { level, index } = subtrees[at]!;
      throw new LogBroken(`the hash of leaves ${index * widthOf(level)} and following is missing`);
    });
  }

  /** The proof that a leaf is in the log of that size. */
  inclusion(tx: Transaction, index: number, size: number): Promise<TreeHash[]> {
    return this.proof(tx, inclusionPlan(index, size));
  }

  /** The proof that the log of one size continues that of another. Refuses NotASizeOfTheLog, of sizes beyond its end as well. */
  async consistency(tx: Transaction, from: number, to: number): Promise<TreeHash[]> {
    const largest = Number((await this.repository.latest(tx))?.size ?? 0);
    if (to > largest) throw new NotASizeOfTheLog(to, largest);
    if (from < 1 || from > to) throw new NotASizeOfTheLog(from, largest);
    return this.proof(tx, consistencyPlan(from, to));
  }

  /** Where an entry stands in the log. Refuses EntryNotSealed, and so does whoever may not read it. */
  async indexOf(tx: Transaction, stream: string, seq: bigint): Promise<number> {
    const index = await this.repository.indexOf(tx, stream, seq);
    if (index === null) throw new EntryNotSealed(seq);
    return index;
  }

  /** Where the entries 1, 2, 3 … of a stream stand in the log of that size. */
  indexesOf(tx: Transaction, stream: string, size: number): Promise<number[]> {
    return this.repository.indexesOf(tx, stream, size);
  }

  /** How far a stream goes in the log of a checkpoint's size, and the proof; null where it has nothing in it. */
  async headOf(tx: Transaction, stream: string, size: number): Promise<HeadProof | null> {
    const rows = await this.repository.headsAt(tx, size);
    const own = rows.find((row) => row.stream === stream);
    if (own === undefined) return null;
    const tree = new TreeOfHeads(rows.map((row) => ({ ...row, seq: BigInt(row.seq) })));
    return { ...tree.proof(stream)!, streams: tree.size, seq: BigInt(own.seq) };
  }

  /** The key that was declared last, as a verifier key; null where none was. */
  declaredKey(tx: Transaction): Promise<string | null> {
    return this.repository.declaredKey(tx);
  }

  private async proof(tx: Transaction, plan: ProofPlan): Promise<TreeHash[]> {
    const subtrees = subtreesIn(plan);
    const hashes = await this.hashes(tx, subtrees);
    const found = new Map(subtrees.map((subtree, at) => [keyOf(subtree), hashes[at]!]));
    return proofOf(plan, (subtree) => found.get(keyOf(subtree))!);
  }

  private async view(tx: Transaction, row: CheckpointRow): Promise<CheckpointView> {
    const lines = (await this.repository.cosignatures(tx, Number(row.size))).map(
      ({ line }) => line,
    );
    return {
      size: Number(row.size),
      root: row.root,
      note: [row.note, ...lines.map((line) => `${line}\n`)].join(''),
      headsLeaf: row.heads_leaf,
      madeAt: row.made_at,
      isWitnessed: this.isWitnessed(parseNote(row.note).text, lines),
    };
  }

  private isWitnessed(text: string, lines: readonly string[]): boolean {
    const { witnesses, quorum } = this.config.log.witnesses;
    if (witnesses.size === 0) return false;
    const signatures = lines.map(parseSignatureLine);
    const hasCosigned = (key: NoteKey) =>
      signatures.some((signature) => cosignedAt(text, signature, key) !== null);
    return isQuorum(quorum, hasCosigned);
  }
}

const keyOf = ({ level, index }: Subtree) => `${level}/${index}`;
