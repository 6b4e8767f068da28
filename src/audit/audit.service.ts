import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../domain/calendar/clock.js';
import { chainHash, encodeAct } from '../domain/audit/entry.js';
import type { AuditPayloads, AuditType } from '../domain/audit/entry-types.js';
import type { Actor } from '../platform/auth/actor.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import { AuditRepository } from './audit.repository.js';

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
  constructor(
    private readonly repository: AuditRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes the stream for this transaction and says which number its next entry will get. Facts written before the
   * append carry that number as recorded_seq. Others who record on the stream wait until this transaction ends.
   */
  async lock(tx: Transaction, stream: string): Promise<bigint> {
    return BigInt((await this.repository.lockHead(tx, stream)).seq) + 1n;
  }

  /** Adds one entry and gives its number. */
  async append<Type extends AuditType>(tx: Transaction, entry: NewEntry<Type>): Promise<bigint> {
    const head = await this.repository.lockHead(tx, entry.stream);
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
    await this.repository.insert(tx, {
      stream: entry.stream,
      seq: String(seq),
      type: entry.type,
      person_id: personId,
      duty: entry.duty,
      recorded_at: recordedAt,
      body,
      previous_hash: head.hash,
      hash: Buffer.from(chainHash(head.hash, body)),
    });
    return seq;
  }

  /** The number of the stream's latest entry; 0 when it has none. */
  async head(tx: Transaction, stream: string): Promise<bigint> {
    return BigInt((await this.repository.head(tx, stream))?.seq ?? 0);
  }
}
