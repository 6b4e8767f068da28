import { Injectable } from '@nestjs/common';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { contractPeriods } from '../domain/contract-terms/terms-in-force.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { readsExact } from './audience.js';
import { ExactStatements } from './exact-statements.js';
import { issuedToCsv } from './issued-csv.js';
import { isIssued, type IssuedStatement } from './issued-document.js';
import { toIssued } from './issued.mapping.js';
import { IssuedRepository } from './issued.repository.js';
import type { StatementDocument, StatementSummary } from './statement-document.js';
import { toCsv } from './statement-csv.js';
import { NoSuchPeriod, StatementNotIssued } from './statements.errors.js';
import { toDocument } from './statements.mapping.js';
import { StatementsRepository } from './statements.repository.js';

/**
 * Reading statements. Whoever works with participants' records reads exact figures, made from approved lines at one point
 * of the contract's audit trail; everybody else reads statements as they were issued, with small counts protected.
 */
@Injectable()
export class StatementsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly exact: ExactStatements,
    private readonly repository: StatementsRepository,
    private readonly issued: IssuedRepository,
  ) {}

  /**
   * The periods for which the reader has a statement, in their order; exact amounts are of what is approved, others of
   * what the latest issued statement of the period released. Refuses NotVisible, PermissionRefused.
   */
  list(actor: Actor, code: string): Promise<StatementSummary[]> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'statement:read');
      if (!readsExact(contract.standing?.role)) return this.listIssued(tx, contract);
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
   * The statement of a period (a quarter, or a claim window of an irregular calendar): exact, or as it was issued, in its
   * latest issue or the one with a number. Whoever reads exact figures may ask for an issue by its number. Refuses
   * NotVisible, PermissionRefused, ContractNotActive, NoSuchPeriod, PeriodNotComputed, StatementNotIssued.
   */
  quarter(
    actor: Actor,
    code: string,
    periodId: string,
    issue: number | null = null,
  ): Promise<StatementDocument | IssuedStatement> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'statement:read');
      if (issue === null && readsExact(contract.standing?.role))
        return toDocument((await this.exact.of(tx, contract, periodId)).statement);
      return this.asIssued(tx, contract, periodId, issue);
    });
  }

  /** The same statement, number by number, as CSV. Refuses as quarter does. */
  async quarterAsCsv(
    actor: Actor,
    code: string,
    periodId: string,
    issue: number | null = null,
  ): Promise<string> {
    const statement = await this.quarter(actor, code, periodId, issue);
    return isIssued(statement) ? issuedToCsv(statement) : toCsv(statement);
  }

  private async asIssued(
    tx: Transaction,
    contract: OpenContract,
    periodId: string,
    issue: number | null,
  ): Promise<IssuedStatement> {
    const row = await this.issued.ofPeriod(tx, contract.id, periodId, issue);
    if (row !== null) return toIssued(row);
    const periods = contractPeriods(await this.contracts.activeTerms(tx, contract.id));
    const ids = periods.map(({ id }) => id);
    throw ids.includes(periodId)
      ? new StatementNotIssued(periodId, issue)
      : new NoSuchPeriod(periodId, ids);
  }

  private async listIssued(tx: Transaction, contract: OpenContract): Promise<StatementSummary[]> {
    const latest = new Map<string, IssuedStatement>();
    for (const row of await this.issued.issued(tx, contract.id))
      latest.set(row.period_id, toIssued(row));
    return [...latest.values()].map(({ period, currency, basis, inStatement }) => ({
      contract: contract.code,
      period: period.id,
      from: period.from,
      to: period.to,
      currency,
      computations: basis.computations.filter((its) => its.period === period.id).length,
      approved: inStatement.amount,
    }));
  }
}
