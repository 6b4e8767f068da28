import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { editionAtEnd } from '../domain/contract-terms/edition-at-end.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import { contractPeriods, type TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import { assembleStatement } from '../domain/statements/assemble.js';
import type { StatementRows } from '../domain/statements/statement-rows.js';
import type { Statement, StatementFacts } from '../domain/statements/statement.js';
import type { Transaction } from '../platform/database/transaction.js';
import { NoSuchPeriod, PeriodNotComputed } from './statements.errors.js';
import {
  pendingIn,
  toFollowUpFold,
  toOutcomeFold,
  toPayerFold,
  toRestsOn,
  type ComputationRow,
} from './statements.mapping.js';
import type { KnownBefore, StatementScope } from './statement-scope.js';
import { StatementsRepository, type ScoreTimePoints } from './statements.repository.js';

/** The exact statement of a period, with what it was made from. */
export interface ExactStatement {
  readonly statement: Statement;
  readonly scope: StatementScope;
  /** The cohorts of the edition in force when the period ended. */
  readonly cohorts: readonly string[];
  /** The periods of the contract's calendar, in order. */
  readonly periods: readonly string[];
}

/** Makes exact statements from the record. Authorise before. */
@Injectable()
export class ExactStatements {
  constructor(
    private readonly contracts: ContractsService,
    private readonly repository: StatementsRepository,
    private readonly audit: AuditService,
  ) {}

  /** As of now, or of an entry. Refuses ContractNotActive, NoSuchPeriod, PeriodNotComputed. */
  async of(
    tx: Transaction,
    contract: OpenContract,
    periodId: string,
    known: KnownBefore | null = null,
  ): Promise<ExactStatement> {
    const before = known === null ? undefined : known.entry - 1n;
    const versions = await this.contracts.activeTerms(tx, contract.id, before);
    const periods = contractPeriods(versions).map(({ id }) => id);
    const index = periods.indexOf(periodId);
    if (index < 0) throw new NoSuchPeriod(periodId, periods);
    const periodsToDate = periods.slice(0, index + 1);
    const scope = { contractId: contract.id, periodId, periodsToDate, known };
    const computations = await this.repository.computations(tx, scope);
    if (!computations.some((its) => its.period_id === periodId))
      throw new PeriodNotComputed(periodId);
    const facts = await this.facts(tx, contract, versions, scope, computations);
    const rows = await this.rows(tx, scope, computations, scoresOf(versions));
    const cohorts = facts.terms.cohorts.map(({ id }) => id);
    return { statement: assembleStatement(facts, rows), scope, cohorts, periods };
  }

  private async facts(
    tx: Transaction,
    contract: OpenContract,
    versions: readonly TermsInForce[],
    scope: StatementScope,
    computations: readonly ComputationRow[],
  ): Promise<StatementFacts> {
    const period = contractPeriods(versions).find(({ id }) => id === scope.periodId)!;
    const edition = editionAtEnd(versions, period);
    return {
      contract: { code: contract.code, title: edition.terms.title },
      terms: edition.terms,
      termsNumber: edition.number,
      period,
      periodsToDate: scope.periodsToDate,
      computations: computations.map(toRestsOn),
      auditHead: scope.known?.head ?? (await this.audit.commitment(tx, contract.id)),
    };
  }

  private async rows(
    tx: Transaction,
    scope: StatementScope,
    computations: readonly ComputationRow[],
    scores: ScoreTimePoints,
  ): Promise<StatementRows> {
    const states = await this.repository.states(tx, scope);
    return {
      outcomes: (await this.repository.outcomes(tx, scope)).map(toOutcomeFold),
      followUps: (await this.repository.followUps(tx, scope, scores)).map(toFollowUpFold),
      parts: (await this.repository.parts(tx, scope)).map(toPayerFold),
      approvedMinor: await this.repository.approvedTotals(tx, scope),
      awaiting: pendingIn(states, 'awaiting'),
      returned: pendingIn(states, 'returned'),
      unclaimed: pendingIn(states, 'unclaimed'),
      payableMinor: computations
        .filter((its) => its.period_id === scope.periodId)
        .reduce((sum, its) => sum + BigInt(its.total_minor), 0n),
    };
  }
}

/** The time points of every score that an edition of the terms measures, baselines apart. */
function scoresOf(versions: readonly TermsInForce[]): ScoreTimePoints {
  const pairs = metricsOf(versions).flatMap((metric) =>
    metric.kind === 'score'
      ? metric.timePoints.flatMap(({ id }) =>
          id === metric.baseline ? [] : [[metric.id, id] as const],
        )
      : [],
  );
  return { metrics: pairs.map(([id]) => id), timePoints: pairs.map(([, point]) => point) };
}
