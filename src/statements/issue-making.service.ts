import { Injectable } from '@nestjs/common';
import type { OpenContract } from '../contracts/contracts.service.js';
import { releasesOf, type Release } from '../domain/disclosure/release.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ExactStatements, type ExactStatement } from './exact-statements.js';
import { toIssuedStatement } from './issue-document.js';
import type { IssuedStatement } from './issued-document.js';
import { releasesIn, toCells, toIssued } from './issued.mapping.js';
import { IssuedRepository } from './issued.repository.js';
import type { KnownBefore, StatementScope } from './statement-scope.js';

/** A statement as it is to be issued, and what it releases. */
export interface MadeIssue {
  readonly document: IssuedStatement;
  readonly releases: readonly Release[];
}

/** A statement as it is stored. */
export interface StoredIssue {
  readonly number: number;
  readonly periodId: string;
  readonly document: string;
}

/** Makes the documents of statements that are issued, and makes them again as they were made. */
@Injectable()
export class IssueMaking {
  constructor(
    private readonly exact: ExactStatements,
    private readonly repository: IssuedRepository,
  ) {}

  /** From an exact statement and all that were issued before. */
  async make(
    tx: Transaction,
    { statement, scope, cohorts }: ExactStatement,
    issued: readonly IssuedStatement[],
    issuedAt: Date,
  ): Promise<MadeIssue> {
    const number = issued.length + 1;
    const history = issued.flatMap(releasesIn);
    const cells = await this.cells(tx, scope, number);
    const releases = releasesOf({ statement: number, cells, cohorts, history });
    const document = toIssuedStatement({
      number,
      issuedAt,
      exact: statement,
      cohorts,
      releases,
      history,
      pending: await this.repository.pending(tx, scope),
    });
    return { document, releases };
  }

  /** Every statement of a contract as it is stored, in order. Authorise before. */
  async stored(tx: Transaction, contractId: string): Promise<StoredIssue[]> {
    const rows = await this.repository.issued(tx, contractId);
    return rows.map(({ number, period_id: periodId, document }) => ({
      number,
      periodId,
      document,
    }));
  }

  /**
   * A statement made again from what was known when its entry was written; those before it must be as they were issued.
   * Says too of how many approved lines it is not rightly said which statement took account of them. Authorise before.
   */
  async again(
    tx: Transaction,
    contract: OpenContract,
    stored: readonly StoredIssue[],
    number: number,
    known: KnownBefore,
  ): Promise<{ readonly document: IssuedStatement; readonly misplaced: number }> {
    const { periodId, document } = stored.find((one) => one.number === number)!;
    const before = stored
      .filter((one) => one.number < number)
      .map((one) =>
        toIssued({ number: one.number, period_id: one.periodId, document: one.document }),
      );
    const issuedAt = new Date((JSON.parse(document) as IssuedStatement).issue.issuedAt);
    const exact = await this.exact.of(tx, contract, periodId, known);
    const made = await this.make(tx, exact, before, issuedAt);
    const misplaced = await this.repository.misplaced(tx, exact.scope, number);
    return { document: made.document, misplaced };
  }

  private async cells(tx: Transaction, scope: StatementScope, number: number) {
    return toCells(
      await this.repository.cells(tx, scope, number),
      await this.repository.behind(tx, scope, number),
      await this.repository.parts(tx, scope, number),
    );
  }
}
