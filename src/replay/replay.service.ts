import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { AuditService } from '../audit/audit.service.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { HeldRows } from '../domain/replay/held-rows.js';
import { actOf, RecordedActs } from '../domain/replay/recorded-acts.js';
import { Findings, type ReplayReport } from '../domain/replay/report.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Permission } from '../platform/auth/permission.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ClaimsReplay } from './claims-replay.js';
import { ComputationsReplay } from './computations-replay.js';
import { EnrolmentsReplay } from './enrolments-replay.js';
import { GroupsReplay } from './groups-replay.js';
import { MeasurementsReplay } from './measurements-replay.js';
import { ParticipantsKeys } from './participants-keys.js';
import { ReplayContext } from './replay-context.js';
import { NotRecorded } from './replay.errors.js';
import { ReplayRepository } from './replay.repository.js';
import { StatementsReplay, type NamedIssue } from './statements-replay.js';
import { TermsReplay } from './terms-replay.js';

/** What is to be rebuilt: everything, or what one claim or one issued statement rests on, and that. */
export interface ReplayRequest {
  readonly claim: number | null;
  readonly statement: NamedIssue | null;
}

/** Whoever replays reads the whole record: to others, what they may not see would be missing. */
const NEEDS: readonly Permission[] = [
  'audit:read',
  'audit:verify',
  'participant:read',
  'measurement:read',
  'figure:read',
  'effect:read',
  'computation:read',
  'line:read',
  'claim:read',
  'statement:read',
];
const PAGE = 1_000;

/**
 * Rebuilds what a contract pays from its trail and its terms, and holds all that is stored against it. The trail commits
 * to each input by a digest or a commitment; from those inputs the engine computes each line again as it was known then;
 * claims, decisions and issued statements are rebuilt on top. Nothing is written.
 */
@Injectable()
export class ReplayService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly access: AccessService,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly keys: ParticipantKeys,
    private readonly repository: ReplayRepository,
    private readonly terms: TermsReplay,
    private readonly enrolments: EnrolmentsReplay,
    private readonly measurements: MeasurementsReplay,
    private readonly groups: GroupsReplay,
    private readonly computations: ComputationsReplay,
    private readonly claims: ClaimsReplay,
    private readonly statements: StatementsReplay,
  ) {}

  /** Refuses NotVisible, PermissionRefused to whoever may not read the whole record, and NotRecorded. */
  async replay(actor: Actor, code: string, request: ReplayRequest): Promise<ReplayReport> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'audit:verify');
      for (const permission of NEEDS)
        await this.access.authorise(tx, actor, permission, contract.id);
      const findings = new Findings();
      const acts = await this.trail(tx, contract, findings);
      if (acts === null) return findings.report();
      const through = throughOf(acts, request);
      const context = await this.open(tx, contract, acts, findings);
      const terms = await this.terms.replay(tx, context);
      await this.enrolments.replay(tx, context);
      context.conclude('participants.imported', 'enrolments');
      await this.measurements.replay(tx, context);
      context.conclude('measurements.imported', 'measurements');
      await this.groups.replay(tx, context);
      await this.computations.replay(tx, context, terms, through);
      // a statement rests on every claim before it
      await this.claims.replay(tx, context, request.claim);
      if (request.claim === null || request.statement !== null)
        await this.statements.replay(tx, context, request.statement);
      return findings.report();
    });
  }

  /** The acts of the trail; null where it is not as it was written, so that nothing can be rebuilt from it. */
  private async trail(
    tx: Transaction,
    { id }: OpenContract,
    findings: Findings,
  ): Promise<RecordedActs | null> {
    const { firstBad } = await this.audit.verify(tx, id);
    if (firstBad !== null) {
      findings.differ(
        'entries',
        firstBad.seq,
        `${firstBad.detail} Nothing can be rebuilt from such a trail.`,
      );
      return null;
    }
    const acts = new RecordedActs();
    for (let after = 0n, isFull = true; isFull;) {
      const entries = await this.audit.entries(tx, id, after, PAGE);
      isFull = entries.length > PAGE;
      for (const { body } of entries.slice(0, PAGE)) acts.add(actOf(body));
      after += BigInt(PAGE);
    }
    findings.agree('entries', acts.size);
    return acts;
  }

  private async open(
    tx: Transaction,
    contract: OpenContract,
    acts: RecordedActs,
    findings: Findings,
  ): Promise<ReplayContext> {
    const kept = new Map(
      (await this.repository.imports(tx, contract.id)).map((row) => [
        BigInt(row.recorded_seq),
        row,
      ]),
    );
    const rows = new Map(
      [...acts.imports].map(([seq, act]) => {
        const { rows_salt: salt, rows_blocks: blocks } = kept.get(seq) ?? NOTHING_KEPT;
        return [seq, new HeldRows(act, salt && blocks && { salt, blocks })];
      }),
    );
    const keys = new ParticipantsKeys(await this.keys.ofContract(tx, contract.id), acts);
    return new ReplayContext(contract, acts, keys, findings, rows);
  }
}

const NOTHING_KEPT = { rows_salt: null, rows_blocks: null };

/** The last entry that what is asked about rests on; null for all. Refuses NotRecorded. */
function throughOf(acts: RecordedActs, { claim, statement }: ReplayRequest): bigint | null {
  if (claim === null && statement === null) return null;
  const found = [
    claim === null ? null : acts.claims.find(({ payload }) => payload.number === claim),
    statement === null
      ? null
      : acts.statements.find(
          ({ payload }) =>
            payload.number === statement.number && payload.periodId === statement.periodId,
        ),
  ].filter((one) => one !== null);
  const seqs = found.map((one) => {
    if (one === undefined) throw new NotRecorded();
    return one.seq;
  });
  return seqs.reduce((a, b) => (a > b ? a : b));
}
