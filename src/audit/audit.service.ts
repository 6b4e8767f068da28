import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../domain/calendar/clock.js';
import { chainHash, encodeAct } from '../domain/audit/entry.js';
import type { AuditPayloads, AuditType } from '../domain/audit/entry-types.js';
import { commitmentOf, SALT_BYTES, type EntryLeaf } from '../domain/log/leaf-text.js';
import {
  verifyStream,
  type Checkpoint,
  type StoredEntry,
  type Verification,
} from '../domain/audit/verify.js';
import type { Actor } from '../platform/auth/actor.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  entryViewOf,
  openedEntryOf,
  storedEntryOf,
  type EntryView,
  type OpenedEntry,
} from './audit.mapping.js';
import { AuditRepository, type HeadRow } from './audit.repository.js';

const PAGE = 1_000;

/** An act to be recorded. */
export interface NewEntry<Type extends AuditType> {
  /** A contract's id, or SERVICE_STREAM. */
  readonly stream: string;
  readonly type: Type;
  /** null when the service itself acts. */
  readonly actor: Actor | null;
  /** The capacity in which the actor acts: the role of their standing, 'administrator' or 'service'. */
  readonly duty: string;
  readonly party?: string | null;
  /** The civil date from which the act is true, where it has one. */
  readonly effectiveOn?: string | null;
  readonly payload: AuditPayloads[Type];
}

/** Records acts in the transaction of the act itself, in one gapless, hash-chained sequence per stream. */
@Injectable()
export class AuditService {
  /** The heads that each transaction holds: nobody else can move them before it ends. */
  private readonly heads = new WeakMap<Transaction, Map<string, HeadRow>>();

  constructor(
    private readonly repository: AuditRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes the stream for this transaction and says which number its next entry will get. Facts written before the
   * append carry that number as recorded_seq. Others who record on the stream wait until this transaction ends.
   */
  async lock(tx: Transaction, stream: string): Promise<bigint> {
    return BigInt((await this.held(tx, stream)).seq) + 1n;
  }

  /** The head of a stream, which this transaction holds from its first question for it to its end. */
  private async held(tx: Transaction, stream: string): Promise<HeadRow> {
    const ours = this.heads.get(tx) ?? new Map<string, HeadRow>();
    const head = ours.get(stream) ?? (await this.repository.lockHead(tx, stream));
    this.heads.set(tx, ours.set(stream, head));
    return head;
  }

  /** Adds one entry and gives its number. */
  async append<Type extends AuditType>(tx: Transaction, entry: NewEntry<Type>): Promise<bigint> {
    return (await this.record(tx, entry)).seq;
  }

  /** Adds one entry and gives what the log will say of it, for a receipt. */
  async record<Type extends AuditType>(tx: Transaction, entry: NewEntry<Type>): Promise<EntryLeaf> {
    const head = await this.held(tx, entry.stream);
    const seq = BigInt(head.seq) + 1n;
    const recordedAt = this.clock.now();
    const personId = entry.actor?.personId ?? null;
    const body = encodeAct({
      stream: entry.stream,
      seq,
      type: entry.type,
      personId,
      duty: entry.duty,
      party: entry.party ?? null,
      recordedAt: recordedAt.toISOString(),
      effectiveOn: entry.effectiveOn ?? null,
      payload: entry.payload,
    });
    const salt = randomBytes(SALT_BYTES);
    const hash = Buffer.from(chainHash(head.hash, body));
    await this.repository.insert(tx, {
      stream: entry.stream,
      seq: String(seq),
      type: entry.type,
      person_id: personId,
      duty: entry.duty,
      recorded_at: recordedAt,
      body,
      previous_hash: head.hash,
      hash,
      salt,
    });
    this.heads.get(tx)!.set(entry.stream, { seq: String(seq), hash });
    return {
      commitment: commitmentOf(salt, body),
      seq,
      stream: entry.stream,
      type: entry.type,
    };
  }

  /** The number of the stream's latest entry; 0 when it has none. */
  async head(tx: Transaction, stream: string): Promise<bigint> {
    return BigInt((await this.repository.head(tx, stream))?.seq ?? 0);
  }

  /** Entries after a number, in order, one more than the limit when there are more. Authorise before. */
  async entries(
    tx: Transaction,
    stream: string,
    after: bigint,
    limit: number,
  ): Promise<EntryView[]> {
    return (await this.repository.entriesAfter(tx, stream, after, limit + 1)).map(entryViewOf);
  }

  /** An entry with what opens its commitment, and what the log says of it; null where there is none. Authorise before. */
  async opened(tx: Transaction, stream: string, seq: bigint): Promise<OpenedEntry | null> {
    const row = await this.repository.opened(tx, stream, seq);
    return row && openedEntryOf(row);
  }

  /**
   * Reads a whole stream and says whether it is as it was written, and if not, which entry is the first bad one. Give a
   * read-only transaction, so that the head and the entries are seen at one moment. A checkpoint that somebody noted
   * outside finds a history that was rewritten as a whole.
   */
  async verify(tx: Transaction, stream: string, noted?: Checkpoint): Promise<Verification> {
    const row = await this.repository.head(tx, stream);
    const head = row === null ? null : { seq: BigInt(row.seq), hash: row.hash };
    return verifyStream(stream, this.read(tx, stream), noted ? { head, noted } : { head });
  }

  /** Verifies every stream, one after the other. */
  async *verifyAll(tx: Transaction): AsyncGenerator<Verification> {
    for (const stream of await this.repository.streams(tx)) yield await this.verify(tx, stream);
  }

  private async *read(tx: Transaction, stream: string): AsyncGenerator<StoredEntry> {
    for (let after = -1n, isFull = true; isFull;) {
      const rows = await this.repository.entriesAfter(tx, stream, after, PAGE);
      for (const row of rows) yield storedEntryOf(row);
      isFull = rows.length === PAGE;
      after = BigInt(rows.at(-1)?.seq ?? after);
    }
  }

  /** Where the stream stands: the number and hash of its latest entry, which commit to every entry before. */
  async commitment(
    tx: Transaction,
    stream: string,
  ): Promise<{ readonly sequence: bigint; readonly hash: string }> {
    const head = await this.repository.head(tx, stream);
    return { sequence: BigInt(head?.seq ?? 0), hash: head?.hash.toString('hex') ?? '' };
  }
}
