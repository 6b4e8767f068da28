import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import type { Clock } from '../domain/calendar/clock.js';
import type { Release } from '../domain/disclosure/release.js';
import type { Statement } from '../domain/statements/statement.js';
import { Receipts } from '../log/receipts.service.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ExactStatements } from './exact-statements.js';
import { IssueMaking } from './issue-making.service.js';
import type { IssuedStatement, IssueReceipt } from './issued-document.js';
import { toIssued } from './issued.mapping.js';
import { IssuedRepository } from './issued.repository.js';
import { LaterStatementIssued } from './statements.errors.js';
import type { StatementScope } from './statement-scope.js';

/** Issuing statements to those who may not learn of individuals. */
@Injectable()
export class IssuingService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly exact: ExactStatements,
    private readonly making: IssueMaking,
    private readonly repository: IssuedRepository,
    private readonly audit: AuditService,
    private readonly receipts: Receipts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Issues the statement of a period from what is approved by now. What is too small to be shown, and what is approved
   * later, comes into a later statement. A period may be issued again, under the next number; one before the latest issued
   * may not. Refuses NotVisible, PermissionRefused, NoSuchPeriod, PeriodNotComputed, LaterStatementIssued.
   */
  issue(command: Command, code: string, periodId: string): Promise<Performed<IssueReceipt>> {
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, command.actor, code, 'statement:issue');
      await this.audit.lock(tx, contract.id); // nothing is approved between what is read here and what is marked
      const { statement, scope, cohorts, periods } = await this.exact.of(tx, contract, periodId);
      const issued = (await this.repository.issued(tx, contract.id)).map(toIssued);
      requireInOrder(periodId, issued, periods);
      const exact = { statement, scope, cohorts, periods };
      const { document, releases } = await this.making.make(tx, exact, issued, this.clock.now());
      return this.keep(tx, command, contract, scope, statement, document, releases);
    });
  }

  private async keep(
    tx: Transaction,
    command: Command,
    contract: OpenContract,
    scope: StatementScope,
    { facts }: Statement,
    issued: IssuedStatement,
    releases: readonly Release[],
  ): Promise<IssueReceipt> {
    const document = JSON.stringify(issued);
    const documentHash = createHash('sha256').update(document).digest('hex');
    const { number, issuedAt } = issued.issue;
    await this.repository.insert(tx, scope, {
      contractId: contract.id,
      number,
      periodId: scope.periodId,
      document,
      issuedBy: command.actor.personId,
      issuedAt: new Date(issuedAt),
    });
    const entry = await this.audit.record(tx, {
      stream: contract.id,
      type: 'statement.issued',
      actor: command.actor,
      duty: contract.standing!.role,
      party: contract.standing!.party,
      payload: { number, periodId: facts.period.id, documentHash },
    });
    return {
      contract: contract.code,
      period: facts.period.id,
      number,
      released: releases.length,
      amount: issued.inStatement.amount,
      documentHash,
      receipt: this.receipts.of(entry),
    };
  }
}

/** What is published stays published: nothing may be issued for a period before the latest that was. */
function requireInOrder(
  periodId: string,
  issued: readonly IssuedStatement[],
  periods: readonly string[],
): void {
  const latest = issued.at(-1)?.period.id;
  if (latest !== undefined && periods.indexOf(periodId) < periods.indexOf(latest))
    throw new LaterStatementIssued(periodId, latest);
}
