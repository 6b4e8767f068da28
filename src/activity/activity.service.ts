import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { NotVisible } from '../access/access.errors.js';
import { AccessService } from '../access/access.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { SERVICE_STREAM } from '../domain/audit/entry.js';
import { LogReader } from '../log/log-reader.service.js';
import type { Actor } from '../platform/auth/actor.js';
import { isNarrowed } from '../platform/auth/key-scope.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { decodeCursor, decodeNumberCursor, pageOf, type Page } from '../platform/http/cursor.js';
import { CursorMalformed } from '../platform/http/malformed-request.js';
import type { ActivityFilter } from './activity-filter.js';
import type { ActivityItem } from './activity-item.js';
import { itemOf, peopleIn } from './activity.mapping.js';
import {
  ActivityRepository,
  type About,
  type ActivityRow,
  type PersonPlace,
  type Span,
} from './activity.repository.js';

/** How much of a list, and from where. */
export interface PageAsked {
  readonly limit: number;
  readonly cursor: string | null;
}

/** What was done, in plain sentences, latest first. */
@Injectable()
export class ActivityService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly access: AccessService,
    private readonly contracts: ContractsService,
    private readonly reader: LogReader,
    private readonly repository: ActivityRepository,
  ) {}

  /**
   * A page of what was done on a contract. Refuses NotVisible (the contract, the participant or the claim that it is
   * narrowed to), PermissionRefused and CursorMalformed.
   */
  ofContract(
    actor: Actor,
    code: string,
    filter: ActivityFilter,
    { limit, cursor }: PageAsked,
  ): Promise<Page<ActivityItem>> {
    const after = decodeNumberCursor(cursor);
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'audit:read');
      const span = { order: 'newest-first', after, limit: limit + 1 } as const;
      const items = await this.itemsIn(tx, actor, contract, filter, span);
      return pageOf(
        items,
        limit,
        (item) => item,
        ({ seq }) => [seq],
      );
    });
  }

  /**
   * A page of what one person did, on every contract whose trail the reader may read, and for an administrator on none.
   * Nobody learns from it whether there is such a person. Refuses CursorMalformed.
   */
  ofPerson(
    actor: Actor,
    personId: string,
    filter: ActivityFilter,
    { limit, cursor }: PageAsked,
  ): Promise<Page<ActivityItem>> {
    const before = placeIn(cursor);
    return this.transactions.readOnly(actor, async (tx) => {
      const codes = await this.access.contractsWhere(tx, actor, 'audit:read');
      const isOfService = actor.isAdministrator && !isNarrowed(actor.scope);
      const streams = [...codes.keys(), ...(isOfService ? [SERVICE_STREAM] : [])];
      const rows = isUuid(personId)
        ? await this.repository.ofPerson(tx, streams, personId, filter, before, limit + 1)
        : [];
      const items = await this.told(tx, rows, (stream) => codes.get(stream) ?? null);
      return pageOf(
        rows.map((row, index) => ({ row, item: items[index]! })),
        limit,
        ({ item }) => item,
        ({ row }) => [row.recorded_at.toISOString(), row.stream, row.seq],
      );
    });
  }

  /** One act. Refuses NotVisible and PermissionRefused. */
  one(actor: Actor, code: string, seq: bigint): Promise<ActivityItem> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'audit:read');
      const row = await this.repository.one(tx, contract.id, seq);
      if (row === null) throw new NotVisible('entry');
      const [item] = await this.told(tx, [row], () => code);
      return item!;
    });
  }

  /** Acts of a contract that was opened for reading its trail. Refuses NotVisible and PermissionRefused. */
  async itemsIn(
    tx: Transaction,
    actor: Actor,
    { id, code }: OpenContract,
    filter: ActivityFilter,
    span: Span,
  ): Promise<ActivityItem[]> {
    const about = await this.aboutWhom(tx, actor, id, filter);
    return this.told(tx, await this.repository.page(tx, id, filter, about, span), () => code);
  }

  /** Who may not see participants may not ask what was done about one of them. */
  private async aboutWhom(
    tx: Transaction,
    actor: Actor,
    contractId: string,
    { participant: reference, claim: number }: ActivityFilter,
  ): Promise<About> {
    if (reference !== null) await this.access.authorise(tx, actor, 'participant:read', contractId);
    if (number !== null) await this.access.authorise(tx, actor, 'claim:read', contractId);
    const participant =
      reference === null ? null : await this.repository.participant(tx, contractId, reference);
    const claim = number === null ? null : await this.repository.claim(tx, contractId, number);
    if (reference !== null && participant === null) throw new NotVisible('participant');
    if (number !== null && claim === null) throw new NotVisible('claim');
    return { participant, claim };
  }

  private async told(
    tx: Transaction,
    rows: readonly ActivityRow[],
    codeOf: (stream: string) => string | null,
  ): Promise<ActivityItem[]> {
    if (rows.length === 0) return [];
    const names = await this.repository.names(tx, peopleIn(rows));
    const witnessedSize = (await this.reader.latestWitnessed(tx))?.size ?? 0;
    const nameOf = (id: string): string | null => names.get(id) ?? null;
    return rows.map((row) => itemOf(row, { codeOf, nameOf, witnessedSize }));
  }
}

function placeIn(cursor: string | null): PersonPlace | null {
  const parts = decodeCursor(cursor, 3);
  if (parts === null) return null;
  const [recordedAt, stream, seq] = parts as [string, string, string];
  const instant = new Date(recordedAt);
  const isWritten = !Number.isNaN(instant.getTime()) && instant.toISOString() === recordedAt;
  // neither the day that is none nor the year that PostgreSQL does not know
  if (!isWritten || !/^(?!0000)\d{4}-/.test(recordedAt)) throw new CursorMalformed();
  if (!/^\d{1,18}$/.test(seq)) throw new CursorMalformed();
  return { recordedAt, stream, seq };
}
