import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import { Database } from './database.js';
import { asUnavailable } from './availability.js';
import type { Transaction } from './transaction.js';

/** Opens transactions. A service method is one call to it: all that the method does is recorded, or nothing is. */
@Injectable()
export class TransactionRunner {
  constructor(private readonly database: Database) {}

  /** Commits when the work resolves, rolls back when it throws. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.within('READ COMMITTED', false, work);
  }

  /** One consistent view of the data for as long as the work runs; writing is refused by the database. */
  readOnly<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.within('REPEATABLE READ', true, work);
  }

  private async within<T>(
    isolation: 'READ COMMITTED' | 'REPEATABLE READ',
    isReadOnly: boolean,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    let runner: QueryRunner | null = null;
    try {
      runner = (await this.database.ready()).createQueryRunner();
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction(isolation);
      if (isReadOnly) await client.query('set transaction read only');
      const result = await work(transactionOf(runner, client));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // the first error is the one that matters: a broken connection cannot roll back, and PostgreSQL does it then
      if (runner?.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw asUnavailable(error);
    } finally {
      await runner?.release().catch(() => undefined);
    }
  }
}

const transactionOf = (runner: QueryRunner, client: PoolClient): Transaction => ({
  async query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    const result = await client.query(sql, parameters === undefined ? undefined : [...parameters]);
    return result.rows as Row[];
  },
  manager: runner.manager,
  client,
});
