import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { editionAtEnd } from '../domain/contract-terms/edition-at-end.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import { contractPeriods, type TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import { assembleStatement } from '../domain/statements/assemble.js';
import type { StatementRows } from '../domain/statements/statement-rows.js';
import type { StatementFacts } from '../domain/statements/statement.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { StatementDocument, StatementSummary } from './statement-document.js';
import { toCsv } from './statement-csv.js';
import { NoSuchPeriod, PeriodNotComputed } from './statements.errors.js';
import {
  pendingIn,
  toDocument,
  toFollowUpFold,
  toOutcomeFold,
  toPayerFold,
  toRestsOn,
  type ComputationRow,
} from './statements.mapping.js';
import {
  StatementsRepository,
  type ScoreTimePoints,
  type StatementScope,
} from './statements.repository.js';

/** The investor's account of each period, made from approved lines at one point of the contract's audit trail. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly repository: StatementsRepository,
    private readonly audit: AuditService,
  ) {}

  /** The periods for which there is a statement, in their order. Refuses NotVisible, PermissionRefused. */
  list(actor: Actor, code: string): Promise<StatementSummary[]> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'statement:read');
      const rows = await this.repository.periods(tx, contract.id);
      if (rows.length === 0) return [];
      const computed = new Map(rows.map((row) => [row.period_id, row]));
      const periods = contractPeriods(await this.contracts.activeTerms(tx, contract.id));
      return periods.flatMap(({ id, from, to }) => {
        const row = computed.get(id);
        if (!row) return [];
        const { computations, currency } = row;
        const approved = formatAmount(money(BigInt(row.approved_minor), currency as Currency));
        return [{ contract: code, period: id, from, to, currency, computations, approved }];
      });
    });
  }

  /**
   * The statement of a period (a quarter, or a claim window of an irregular calendar). Refuses NotVisible,
   * PermissionRefused, ContractNotActive, NoSuchPeriod, PeriodNotComputed.
   */
  quarter(actor: Actor, code: string, periodId: string): Promise<StatementDocument> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'statement:read');
      const versions = await this.contracts.activeTerms(tx, contract.id);
      const periods = contractPeriods(versions);
      const index = periods.findIndex(({ id }) => id === periodId);
      const ids = periods.map(({ id }) => id);
      if (index < 0) throw new NoSuchPeriod(periodId, ids);
      const scope = { contractId: contract.id, periodId, periodsToDate: ids.slice(0, index + 1) };
      const computations = await this.repository.computations(tx, scope);
      if (!computations.some((its) => its.period_id === periodId))
        throw new PeriodNotComputed(periodId);
      const facts = await this.facts(tx, contract, versions, scope, computations);
      const rows = await this.rows(tx, scope, computations, scoresOf(versions));
      return toDocument(assembleStatement(facts, rows));
    });
  }

  /** The same statement, number by number, as CSV. Refuses as quarter does. */
  async quarterAsCsv(actor: Actor, code: string, periodId: string): Promise<string> {
    return toCsv(await this.quarter(actor, code, periodId));
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
      auditHead: await this.audit.commitment(tx, contract.id),
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
