import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7, validate as isUuid } from 'uuid';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { contractPeriods } from '../domain/contract-terms/terms-in-force.js';
import { londonDateOf } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import type { Period } from '../domain/calendar/period.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Permission } from '../platform/auth/permission.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { decodeNumberCursor, pageOf, type Page } from '../platform/http/cursor.js';
import { viewFromRow, type ComputationRow } from './payment-computation.mapping.js';
import type { ComputationView } from './computation-view.js';
import {
  ComputationEnded,
  EarlierPeriodNotComputed,
  NothingToRecheck,
  PeriodNotOver,
  PeriodUnknown,
} from './payments.errors.js';
import { PaymentsRepository } from './payments.repository.js';

/** Asking for payment computations, watching and cancelling them. What a worker does with them is ComputationPerformer. */
@Injectable()
export class PaymentsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly repository: PaymentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Asks for a period to be computed from everything that is recorded up to this request. Refuses NotVisible,
   * PermissionRefused, ContractNotActive, PeriodUnknown, PeriodNotOver, EarlierPeriodNotComputed.
   */
  requestComputation(
    command: Command,
    request: { readonly code: string; readonly periodId: string },
  ): Promise<Performed<ComputationView>> {
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(
        tx,
        command.actor,
        request.code,
        'computation:request',
      );
      const knownThrough = await this.audit.lock(tx, contract.id);
      const versions = await this.contracts.activeTerms(tx, contract.id);
      const period = await this.computable(
        tx,
        contract.id,
        contractPeriods(versions),
        request.periodId,
      );
      const number = await this.repository.nextNumber(tx, contract.id);
      const id = uuidv7();
      await this.repository.insertRequested(tx, {
        id,
        contractId: contract.id,
        number,
        kind: 'payable',
        rechecks: null,
        periodId: period.id,
        periodFrom: period.from,
        periodTo: period.to,
        knownThrough: String(knownThrough),
        requestedBy: command.actor.personId,
        currency: versions.at(-1)!.terms.currency,
      });
      await this.audit.append(tx, {
        ...by(command.actor, contract),
        type: 'computation.requested',
        payload: { computationId: id, number, periodId: period.id },
      });
      return viewFromRow((await this.repository.find(tx, id))!);
    });
  }

  /**
   * Asks for a computation to be repeated with what was known then, to see whether it gives the same digest. Posts no
   * lines. Refuses NotVisible, PermissionRefused, NothingToRecheck.
   */
  recheck(command: Command, computationId: string): Promise<Performed<ComputationView>> {
    return this.commands.perform(command, async (tx) => {
      const { row, contract } = await this.openById(
        tx,
        command.actor,
        computationId,
        'computation:request',
      );
      if (row.kind !== 'payable') throw new NothingToRecheck('a recheck itself');
      if (row.state !== 'computed') throw new NothingToRecheck(row.state);
      await this.audit.lock(tx, contract.id);
      const id = uuidv7();
      await this.repository.insertRequested(tx, {
        id,
        contractId: contract.id,
        number: await this.repository.nextNumber(tx, contract.id),
        kind: 'recheck',
        rechecks: row.id,
        periodId: row.period_id,
        periodFrom: row.period_from,
        periodTo: row.period_to,
        knownThrough: row.known_through,
        requestedBy: command.actor.personId,
        currency: row.currency,
      });
      await this.audit.append(tx, {
        ...by(command.actor, contract),
        type: 'computation.recheck-requested',
        payload: { computationId: id, rechecks: row.id },
      });
      return viewFromRow((await this.repository.find(tx, id))!);
    });
  }

  /**
   * Cancels a computation that has not ended; a worker that runs it notices and posts nothing. Refuses NotVisible,
   * PermissionRefused, ComputationEnded.
   */
  cancel(command: Command, computationId: string): Promise<Performed<ComputationView>> {
    return this.commands.perform(command, async (tx) => {
      const { row, contract } = await this.openById(
        tx,
        command.actor,
        computationId,
        'computation:cancel',
      );
      await this.audit.lock(tx, contract.id);
      if (!(await this.repository.cancel(tx, row.id)))
        throw new ComputationEnded((await this.repository.find(tx, row.id))!.state);
      await this.audit.append(tx, {
        ...by(command.actor, contract),
        type: 'computation.cancelled',
        payload: { computationId: row.id, number: row.number },
      });
      await this.repository.ringNext(tx, contract.id);
      return viewFromRow((await this.repository.find(tx, row.id))!);
    });
  }

  /** One computation, with its progress. Refuses NotVisible, PermissionRefused. */
  get(actor: Actor, computationId: string): Promise<ComputationView> {
    return this.transactions.readOnly(actor, async (tx) =>
      viewFromRow((await this.openById(tx, actor, computationId, 'computation:read')).row),
    );
  }

  /** A contract's computations, latest first. Refuses NotVisible, PermissionRefused, CursorMalformed. */
  list(
    actor: Actor,
    code: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<ComputationView>> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'computation:read');
      const before = decodeNumberCursor(page.cursor);
      const rows = await this.repository.list(tx, contract.id, before, page.limit + 1);
      return pageOf(rows, page.limit, viewFromRow, (row) => [row.number]);
    });
  }

  /** For features that build on a computation, inside their own transaction; null when there is none with this id. */
  async find(tx: Transaction, computationId: string): Promise<ComputationView | null> {
    const row = isUuid(computationId) ? await this.repository.find(tx, computationId) : null;
    return row === null ? null : viewFromRow(row);
  }

  private async computable(
    tx: Transaction,
    contractId: string,
    periods: readonly Period[],
    periodId: string,
  ): Promise<Period> {
    const index = periods.findIndex((period) => period.id === periodId);
    const ids = periods.map((period) => period.id);
    if (index === -1) throw new PeriodUnknown(periodId, ids);
    const { to } = periods[index]!;
    if (to > londonDateOf(this.clock.now())) throw new PeriodNotOver(periodId, to);
    // a request that still waits counts too: computations run in the order of their numbers
    const computed = await this.repository.periodsWith(tx, contractId, [
      'requested',
      'running',
      'computed',
    ]);
    const earlier = ids.slice(0, index).find((id) => !computed.has(id));
    if (earlier !== undefined) throw new EarlierPeriodNotComputed(periodId, earlier);
    return periods[index]!;
  }

  private async openById(
    tx: Transaction,
    actor: Actor,
    id: string,
    permission: Permission,
  ): Promise<{ row: ComputationRow; contract: OpenContract }> {
    const code = isUuid(id) ? await this.repository.contractCodeOf(tx, id) : null;
    if (code === null) throw new NotVisible('computation');
    const contract = await this.contracts.open(tx, actor, code, permission).catch((error) => {
      throw error instanceof NotVisible ? new NotVisible('computation') : error; // alike from outside
    });
    return { row: (await this.repository.find(tx, id))!, contract };
  }
}

const by = (actor: Actor, contract: OpenContract) => ({
  stream: contract.id,
  actor,
  duty: contract.standing?.role ?? 'administrator',
  party: contract.standing?.party ?? null,
});
