import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import type { EffectInput } from '../domain/outcomes/check-effect.js';
import { assert } from '../domain/shared/assert.js';
import type { Actor } from '../platform/auth/actor.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { decodeCursor, pageOf, type Page } from '../platform/http/cursor.js';
import { EffectRecording } from './effect-recording.js';
import {
  recordedEffectsHash,
  toEffectView,
  type EffectView,
  type RecordedEffect,
  unitOf,
} from './effects.mapping.js';
import { EffectsRepository } from './effects.repository.js';
import { EffectRefused, EffectsUnchanged, EvaluatorIsAnother } from './figures.errors.js';
import type { KnownQuery } from './figures.service.js';
import { EVERYTHING, refuseForeignCursor } from './known.js';

export type { EffectView };

/** What signing a result answers. */
export interface SignedEffect {
  readonly metric: string;
  readonly cohort: string;
  readonly version: number;
  readonly recordedSeq: string;
}

/** External results: signed by the evaluator's own people, superseded with a reason, never reckoned again. */
@Injectable()
export class EffectsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly recording: EffectRecording,
    private readonly repository: EffectsRepository,
  ) {}

  /**
   * Signs a result or, with a reason, one that supersedes it. Refuses NotVisible, PermissionRefused, ContractNotActive,
   * EvaluatorIsAnother, EffectRefused with every fault, EffectsUnchanged.
   */
  sign(command: Command, code: string, input: EffectInput): Promise<Performed<SignedEffect>> {
    const { actor } = command;
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'effect:sign');
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const signature = { ...signerOf(actor, contract), recordedSeq, importId: null };
      const recorded = await this.recording.record(tx, contract.id, signature, [{ row: 1, input }]);
      const faults = recorded.faults.map(({ fault }) => fault);
      const another = faults.find((fault) => fault.code === 'EVALUATOR_IS_ANOTHER');
      if (another !== undefined) throw new EvaluatorIsAnother(another);
      if (faults.length > 0) throw new EffectRefused(faults);
      const [effect] = recorded.versions;
      if (effect === undefined) throw new EffectsUnchanged();
      await this.appendAudit(tx, actor, contract, effect);
      const { metric, cohort, version } = effect;
      return { metric, cohort, version, recordedSeq: String(recordedSeq) };
    });
  }

  /** A page of the results in all their versions. Refuses NotVisible, PermissionRefused, CursorMalformed. */
  list(actor: Actor, code: string, query: KnownQuery): Promise<Page<EffectView>> {
    const after = decodeCursor(query.cursor, 3);
    refuseForeignCursor(after, null);
    const { limit } = query;
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'effect:read');
      const wanted = { knownThrough: query.knownThrough ?? EVERYTHING, after };
      const rows = await this.repository.page(tx, contract.id, wanted, limit + 1);
      const metrics =
        rows.length > 0 ? metricsOf(await this.contracts.activeTerms(tx, contract.id)) : [];
      return pageOf(
        rows,
        limit,
        (row) => toEffectView(row, unitOf(metrics, row.metric)),
        (row) => [row.metric, row.cohort, row.version],
      );
    });
  }

  private async appendAudit(
    tx: Transaction,
    actor: Actor,
    { id, standing }: OpenContract,
    effect: RecordedEffect,
  ): Promise<void> {
    const { metric, cohort, version, signedOn, value, n, documentHash } = effect;
    const recordedHash = recordedEffectsHash([effect]);
    const payload = { metric, cohort, version, signedOn, value, n, documentHash, recordedHash };
    const entry = {
      stream: id,
      actor,
      duty: standing?.role ?? 'administrator',
      party: standing?.party ?? null,
      effectiveOn: signedOn,
    };
    const { correctionReason: reason, status } = effect;
    if (reason === null) await this.audit.append(tx, { ...entry, type: 'effect.signed', payload });
    else
      await this.audit.append(tx, {
        ...entry,
        type: 'effect.superseded',
        payload: { ...payload, status, reason },
      });
  }
}

/** Who signs, and for which party; an administrator acts for none and is refused before. */
export function signerOf({ personId }: Actor, { standing }: OpenContract) {
  assert(standing !== null, 'only a party signs results');
  return { personId, party: standing.party };
}
