import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { narrowedTo, type ActivityFilter } from './activity-filter.js';
import { WRITERS, type ActivityFormat } from './activity-lines.js';
import { ActivityService } from './activity.service.js';

/** Where exported text goes; it may ask to be waited for. */
export type ActivitySink = (text: string) => Promise<void>;

/** Entries that are read at once, and all that is held of an export. */
const PAGE = 1_000;

/** Taking the activity of a contract away as a file. */
@Injectable()
export class ActivityExportService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly activity: ActivityService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Writes what was done up to now, oldest first. The export is an entry itself, recorded before its first line is written;
   * it is not in the export. A trail only grows, so that pages read one after the other are one account of it. Refuses
   * NotVisible and PermissionRefused, before anything is written or recorded.
   */
  async export(
    actor: Actor,
    code: string,
    filter: ActivityFilter,
    format: ActivityFormat,
    sink: ActivitySink,
  ): Promise<void> {
    const writer = WRITERS[format];
    await this.page(actor, code, filter, 0n, 1); // what is refused leaves no entry
    const throughSeq = await this.record(actor, code, filter, writer.name);
    if (writer.head !== '') await sink(writer.head);
    const limited = { ...filter, throughSeq: least(filter.throughSeq, throughSeq) };
    for (let after = 0n, isFull = true; isFull;) {
      const items = await this.page(actor, code, limited, after, PAGE);
      if (items.length > 0) await sink(writer.page(items));
      isFull = items.length === PAGE;
      after = BigInt(items.at(-1)?.seq ?? after);
    }
  }

  private page(actor: Actor, code: string, filter: ActivityFilter, after: bigint, limit: number) {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'audit:read');
      const span = { order: 'oldest-first', after, limit } as const;
      return this.activity.itemsIn(tx, actor, contract, filter, span);
    });
  }

  private record(
    actor: Actor,
    code: string,
    filter: ActivityFilter,
    format: string,
  ): Promise<bigint> {
    return this.transactions.run(actor, async (tx) => {
      const { id, standing } = await this.contracts.open(tx, actor, code, 'audit:read');
      const throughSeq = (await this.audit.lock(tx, id)) - 1n;
      await this.audit.append(tx, {
        stream: id,
        actor,
        duty: standing?.role ?? 'administrator',
        party: standing?.party ?? null,
        type: 'activity.exported',
        payload: { format, throughSeq: String(throughSeq), narrowedTo: narrowedTo(filter) },
      });
      return throughSeq;
    });
  }
}

const least = (a: bigint | null, b: bigint): bigint => (a !== null && a < b ? a : b);
