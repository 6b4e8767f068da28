import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { SERVICE_STREAM } from '../domain/audit/entry.js';
import type { Clock } from '../domain/calendar/clock.js';
import { parseCheckpoint, signCheckpoint } from '../domain/log/checkpoint.js';
import { Frontier } from '../domain/log/frontier.js';
import { isSameHash, leafHash } from '../domain/log/hashes.js';
import { TreeOfHeads } from '../domain/log/heads.js';
import { commitmentOf, entryLeaf, headsLeaf } from '../domain/log/leaf-text.js';
import { formatVkey } from '../domain/log/note-key.js';
import { parseNote, type NoteSigner } from '../domain/log/signed-note.js';
import { subtreesOf } from '../domain/log/subtrees.js';
import { SERVICE } from '../platform/auth/acting.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { GrowingTree } from './growing-tree.js';
import { LogBroken, SigningKeyNotDeclared } from './log.errors.js';
import { LogRepository, type CheckpointRow, type UnsealedRow } from './log.repository.js';
import { SigningKey } from './signing-key.js';

/** What one turn of sealing came to: nothing where another sealer is at it, or nothing is new. */
export interface Sealed {
  readonly entries: number;
  readonly size: number;
}

/** Entries of one checkpoint at most, so that memory stays small however many wait. */
const BATCH = 10_000;
/** The declaration of a key is among what the key before it signs, whatever else waits. */
const EVERYTHING = 1_000_000;

/**
 * Takes entries into the log and signs checkpoints. One turn is one transaction: leaves, nodes, the leaf of heads and the
 * signed checkpoint are there together or not at all, so a sealer may be killed anywhere. Acts of business wait for none of it.
 */
@Injectable()
export class Sealer {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly repository: LogRepository,
    private readonly audit: AuditService,
    private readonly key: SigningKey,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Seals until nothing waits; gives how many entries, and the size of the log where anything was sealed. */
  async sealAll(batch = BATCH): Promise<Sealed | null> {
    let entries = 0;
    for (let size: number | null = null; ;) {
      const sealed: Sealed | null = await this.sealOnce(batch);
      if (sealed !== null) [entries, size] = [entries + sealed.entries, sealed.size];
      if (sealed === null || sealed.entries < batch)
        return size === null ? null : { entries, size };
    }
  }

  /** One turn. Refuses SigningKeyMissing, SigningKeyNotDeclared and LogBroken. */
  sealOnce(batch = BATCH): Promise<Sealed | null> {
    return this.transactions.run(SERVICE.sealer, async (tx) => {
      if (!(await this.repository.takeTurn(tx))) return null;
      return this.seal(tx, this.key, batch);
    });
  }

  /** Declares the key that signs after this checkpoint, which the present one signs as its last. Waits for its turn. */
  replaceKey(next: NoteSigner): Promise<Sealed> {
    return this.transactions.run(SERVICE.sealer, async (tx) => {
      await this.repository.awaitTurn(tx);
      const present = this.key.signer();
      await this.requireDeclared(tx, present);
      await this.declare(tx, next);
      const sealed = await this.seal(tx, { signer: () => present }, EVERYTHING, present);
      return sealed!;
    });
  }

  private async seal(
    tx: Transaction,
    key: Pick<SigningKey, 'signer'>,
    batch: number,
    declared?: NoteSigner,
  ): Promise<Sealed | null> {
    if ((await this.repository.unsealed(tx, 1)).length === 0) return null;
    const signer = key.signer();
    if (declared === undefined) await this.requireDeclared(tx, signer);
    const tree = await this.continued(tx, signer);
    const entries = await this.repository.unsealed(tx, batch);
    const heads = this.addEntries(tree, entries);
    await this.repository.insertLeaves(tx, tree.leaves);
    await this.repository.advanceStreams(tx, heads);
    await this.sign(tx, tree, signer);
    return { entries: entries.length, size: tree.size };
  }

  /** The tree of the latest checkpoint, as it is stored; refuses one that is not what was signed. */
  private async continued(tx: Transaction, signer: NoteSigner): Promise<GrowingTree> {
    const latest = await this.repository.latest(tx);
    const leaves = await this.repository.leaves(tx);
    if (latest === null) {
      if (leaves > 0) throw new LogBroken(`it has ${leaves} leaves and no checkpoint`);
      return new GrowingTree(new Frontier());
    }
    const size = Number(latest.size);
    if (leaves !== size)
      throw new LogBroken(`its latest checkpoint has ${size} leaves, and ${leaves} are stored`);
    requireOwn(latest, signer);
    const hashes = await this.repository.hashes(tx, subtreesOf({ from: 0, to: size }));
    const whole = hashes.filter((hash) => hash !== null);
    if (whole.length < hashes.length)
      throw new LogBroken(`hashes of its first ${size} leaves are missing`);
    const frontier = Frontier.of(size, whole);
    if (!isSameHash(frontier.root(), latest.root))
      throw new LogBroken(`its stored hashes do not give the root of its checkpoint at ${size}`);
    return new GrowingTree(frontier);
  }

  /** Adds a leaf for each entry, and gives the latest number of each stream. */
  private addEntries(tree: GrowingTree, entries: readonly UnsealedRow[]): Map<string, bigint> {
    const heads = new Map<string, bigint>();
    for (const row of entries) {
      const { stream, type } = row;
      const seq = BigInt(row.seq);
      if (seq !== (heads.get(stream) ?? BigInt(row.sealed)) + 1n)
        throw new LogBroken(`stream ${stream} has no entry before its entry ${seq}`);
      const commitment = commitmentOf(row.salt, row.body);
      const leaf = entryLeaf({ commitment, seq, stream, type });
      tree.add(leafHash(leaf), stream, seq);
      heads.set(stream, seq);
    }
    return heads;
  }

  private async sign(tx: Transaction, tree: GrowingTree, signer: NoteSigner): Promise<void> {
    const now = this.clock.now();
    const streams = await this.repository.streams(tx);
    const heads = new TreeOfHeads(streams.map(({ stream, seq }) => ({ stream, seq: BigInt(seq) })));
    const leaf = headsLeaf({
      heads: heads.root(),
      recordedAt: now.toISOString(),
      streams: heads.size,
    });
    tree.addHeads(leafHash(leaf));
    await this.repository.insertLeaves(tx, tree.leaves.slice(-1));
    await this.repository.insertNodes(tx, tree.nodes);
    const root = Buffer.from(tree.root());
    await this.repository.insertCheckpoint(tx, {
      size: String(tree.size),
      root,
      heads_leaf: leaf,
      note: signCheckpoint({ size: tree.size, root }, signer),
      made_at: now,
    });
  }

  /** The first key of a log declares itself; any other has been declared by the one before it. */
  private async requireDeclared(tx: Transaction, signer: NoteSigner): Promise<void> {
    const vkey = formatVkey(signer.key);
    const declared = await this.repository.declaredKey(tx);
    if (declared === null) await this.declare(tx, signer);
    else if (declared !== vkey) throw new SigningKeyNotDeclared(declared, vkey);
  }

  private async declare(tx: Transaction, { key }: NoteSigner): Promise<void> {
    const vkey = formatVkey(key);
    const seq = await this.audit.append(tx, {
      stream: SERVICE_STREAM,
      type: 'log.key-declared',
      actor: null,
      duty: 'service',
      payload: { origin: key.name, vkey },
    });
    await this.repository.insertKey(tx, vkey, seq, this.clock.now());
  }
}

/** A log keeps its name for ever: checkpoints under another would be another log. */
function requireOwn(latest: CheckpointRow, signer: NoteSigner): void {
  const { origin } = parseCheckpoint(parseNote(latest.note).text);
  if (origin !== signer.key.name)
    throw new LogBroken(`it is the log of ${origin}, and LOG_ORIGIN says ${signer.key.name}`);
}
