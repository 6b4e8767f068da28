import { Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { verdictInWords, type RecordStanding } from '../domain/activity/record-check.js';
import { badEntry, type StoredEntry } from '../domain/audit/verify.js';
import { isIncluded } from '../domain/log/check-proofs.js';
import { leafHash } from '../domain/log/hashes.js';
import { entryLeaf } from '../domain/log/leaf-text.js';
import { LogReader, type CheckpointView } from '../log/log-reader.service.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ActivityRepository, type ActivityRow } from './activity.repository.js';

/** Whether one record stands as it was written, and where in the log. */
export interface RecordCheck {
  readonly seq: string;
  readonly standing: RecordStanding;
  /** One sentence, or two, for a person. */
  readonly verdict: string;
  /** Where it stands in the log, from 0; null while it is not sealed. */
  readonly index: string | null;
  /** Leaves of the checkpoint in which it was found; null where in none. */
  readonly checkpointSize: string | null;
}

/**
 * Looks one record over: its chain to the entry before, its columns, its commitment, and its way to a signed checkpoint.
 * This is what the service says of itself; a bundle of the entry proves the same to whoever does not trust it.
 */
@Injectable()
export class RecordCheckService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly reader: LogReader,
    private readonly repository: ActivityRepository,
  ) {}

  /** Refuses NotVisible and PermissionRefused. */
  check(actor: Actor, code: string, seq: bigint): Promise<RecordCheck> {
    return this.transactions.readOnly(actor, async (tx) => {
      const { id } = await this.contracts.open(tx, actor, code, 'audit:read');
      const row = await this.repository.one(tx, id, seq);
      if (row === null) throw new NotVisible('entry');
      const before = await this.repository.one(tx, id, seq - 1n);
      const last = before && { seq: seq - 1n, hash: before.hash };
      const bad = badEntry(id, storedEntryOf(row), last);
      const found = row.index === null ? null : await this.checkpoint(tx, Number(row.index));
      const fault =
        bad?.detail ?? (found && !(await this.isIn(tx, row, found)) ? NOT_AS_SEALED : null);
      const standing = fault !== null ? 'altered' : standingIn(found);
      return {
        seq: row.seq,
        standing,
        verdict: verdictInWords(seq, standing, found, fault),
        index: row.index,
        checkpointSize: found && String(found.size),
      };
    });
  }

  /** The latest that is witnessed and has the leaf, and else the latest that has it. */
  private async checkpoint(tx: Transaction, index: number): Promise<CheckpointView | null> {
    const witnessed = await this.reader.latestWitnessed(tx);
    if (witnessed !== null && index < witnessed.size) return witnessed;
    const latest = await this.reader.latest(tx);
    return index < latest.size ? latest : null;
  }

  private async isIn(tx: Transaction, row: ActivityRow, to: CheckpointView): Promise<boolean> {
    const opened = (await this.audit.opened(tx, row.stream, BigInt(row.seq)))!;
    const index = Number(row.index);
    const hashes = await this.reader.inclusion(tx, index, to.size);
    return isIncluded(leafHash(entryLeaf(opened.leaf)), index, to, hashes);
  }
}

const NOT_AS_SEALED = 'The audit log has another record in its place.';

const standingIn = (found: CheckpointView | null): RecordStanding => {
  if (found === null) return 'recorded';
  return found.isWitnessed ? 'witnessed' : 'sealed';
};

const storedEntryOf = (row: ActivityRow): StoredEntry => ({
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
