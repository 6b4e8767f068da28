import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import type { FigureInput } from '../domain/outcomes/check-figure.js';
import type { Actor } from '../platform/auth/actor.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { decodeCursor, pageOf, type Page } from '../platform/http/cursor.js';
import { FigureRecording } from './figure-recording.js';
import { FiguresRefused, FiguresUnchanged } from './figures.errors.js';
import {
  figuresHash,
  recordedFiguresHash,
  toFigureView,
  type FigureView,
} from './figures.mapping.js';
import { FiguresRepository } from './figures.repository.js';
import { EVERYTHING, refuseForeignCursor } from './known.js';

export type { FigureView };

/** What submitting answers: each figure that is new or corrected, in the order in which they were given. */
export interface SubmittedFigures {
  readonly figures: readonly {
    readonly metric: string;
    readonly group: string;
    readonly from: string;
    readonly version: number;
  }[];
  readonly unchanged: number;
  readonly recordedSeq: string;
}

/** What a list of figures or results is asked for. */
export interface KnownQuery {
  readonly cursor: string | null;
  readonly limit: number;
  /** As known at this entry of the contract's audit trail; null for now. */
  readonly knownThrough: bigint | null;
}

/** Submitting figures and correcting them, and reading them as they are or were known. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly recording: FigureRecording,
    private readonly repository: FiguresRepository,
  ) {}

  /**
   * Records figures, and with a correction reason new versions of figures; all of the act or nothing. What is recorded
   * already as it stands is left alone. Refuses NotVisible, PermissionRefused, ContractNotActive, FiguresRefused with
   * every fault, FiguresUnchanged.
   */
  submit(
    command: Command,
    code: string,
    inputs: readonly FigureInput[],
  ): Promise<Performed<SubmittedFigures>> {
    const { actor } = command;
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'figure:submit');
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const { personId } = actor;
      const act = { contractId: contract.id, personId, recordedSeq, importId: null };
      const typed = inputs.map((input, index) => ({ row: index + 1, input }));
      const recorded = await this.recording.record(tx, act, typed);
      const { faults, versions, rowsCorrected, rowsUnchanged } = recorded;
      if (faults.length > 0)
        throw new FiguresRefused(
          faults.map(({ row, fault }) => ({ ...fault, at: `/figures/${row - 1}${fault.at}` })),
        );
      if (versions.length === 0) throw new FiguresUnchanged();
      await this.audit.append(tx, {
        stream: contract.id,
        type: 'figures.submitted',
        actor,
        duty: contract.standing?.role ?? 'administrator',
        party: contract.standing?.party ?? null,
        payload: {
          figures: versions.length,
          corrected: rowsCorrected,
          contentHash: figuresHash(versions),
          recordedHash: recordedFiguresHash(versions),
        },
      });
      const figures = versions.map(({ metric, group, from, version }) => ({
        metric,
        group,
        from,
        version,
      }));
      return { figures, unchanged: rowsUnchanged, recordedSeq: String(recordedSeq) };
    });
  }

  /** A page of the figures in all their versions. Refuses NotVisible, PermissionRefused, CursorMalformed. */
  list(
    actor: Actor,
    code: string,
    query: KnownQuery & { readonly metric: string | null },
  ): Promise<Page<FigureView>> {
    const after = decodeCursor(query.cursor, 4);
    refuseForeignCursor(after, 2);
    const { metric, limit } = query;
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'figure:read');
      const wanted = { knownThrough: query.knownThrough ?? EVERYTHING, metric, after };
      const rows = await this.repository.page(tx, contract.id, wanted, limit + 1);
      return pageOf(rows, limit, toFigureView, (row) => [
        row.metric,
        row.group_name,
        row.span_from,
        row.version,
      ]);
    });
  }
}
