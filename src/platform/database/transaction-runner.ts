import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import { settingsOf, type Acting } from '../auth/acting.js';
import { Database } from './database.js';
import { sqlStateOf } from './constraint.js';
import { asUnavailable } from './availability.js';
import { OpenCopies } from './open-copies.js';
import { APPLICATION_ROLE } from './roles.js';
import type { Transaction } from './transaction.js';

const DEADLOCK = '40P01';
const ATTEMPTS = 3;

/**
 * Opens transactions. A service method is one call to it: all that the method does is recorded, or nothing is. The
 * database is told who acts, and shows and takes only what is theirs; it is told for this transaction alone, so nothing
 * of it is left on the connection for whoever has it next.
 */
@Injectable()
export class TransactionRunner {
  constructor(private readonly database: Database) {}

  /**
   * Commits when the work resolves, rolls back when it throws. What it locks it cannot keep for long: where this process
   * hangs, the database ends the transaction.
   */
  run<T>(acting: Acting, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.within({ acting, isolation: 'READ COMMITTED', isReadOnly: false }, work);
  }

  /**
   * As run, and once more, up to three times in all, where others were in the way: PostgreSQL ended it because two waited for
   * each other (deadlock), or what it says is so. For work that does nothing outside the transaction.
   */
  async runAgainIfInTheWay<T>(
    acting: Acting,
    work: (tx: Transaction) => Promise<T>,
    isInTheWay: (error: unknown) => boolean = () => false,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.run(acting, work);
      } catch (error) {
        const isWorthIt = sqlStateOf(error) === DEADLOCK || isInTheWay(error);
        if (!isWorthIt || attempt === ATTEMPTS) throw error;
      }
  }

  /** One consistent view of the data for as long as the work runs; writing is refused by the database. */
  readOnly<T>(acting: Acting, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.within({ acting, isolation: 'REPEATABLE READ', isReadOnly: true }, work);
  }

  private async within<T>(opening: Opening, work: (tx: Transaction) => Promise<T>): Promise<T> {
    let runner: QueryRunner | null = null;
    let copies: OpenCopies | null = null;
    try {
      runner = (await this.database.ready()).createQueryRunner();
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction();
      await client.query(beginning(client, opening, this.database.silentSeconds));
      copies = new OpenCopies(client);
      const result = await work(transactionOf(runner, client, copies));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await copies?.abandon();
      // the first error is the one that matters: a broken connection cannot roll back, and PostgreSQL does it then
      if (runner?.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw asUnavailable(error);
    } finally {
      await runner?.release().catch(() => undefined);
    }
  }
}

interface Opening {
  readonly acting: Acting;
  readonly isolation: 'READ COMMITTED' | 'REPEATABLE READ';
  readonly isReadOnly: boolean;
}

/**
 * What every transaction begins with, in one round trip. "local" and true end the role and each setting with the
 * transaction; the role comes first, so that nothing is ever done as the login.
 */
function beginning(
  client: PoolClient,
  { acting, isolation, isReadOnly }: Opening,
  silentSeconds: number,
): string {
  const { principal, personId, party, contractIds } = settingsOf(acting);
  const settings = { principal, person_id: personId, party, contract_ids: contractIds };
  const sets = Object.entries(settings).map(
    ([name, value]) => `set_config('outturn.${name}', ${client.escapeLiteral(value)}, true)`,
  );
  // a reader locks nothing that others wait for, and may be as slow as whoever downloads
  if (!isReadOnly)
    sets.push(
      `set_config('idle_in_transaction_session_timeout', '${Math.round(silentSeconds * 1_000)}', true)`,
    );
  return `set local role ${APPLICATION_ROLE};
    set transaction isolation level ${isolation}, read ${isReadOnly ? 'only' : 'write'};
    select ${sets.join(', ')}`;
}

const transactionOf = (
  runner: QueryRunner,
  client: PoolClient,
  copies: OpenCopies,
): Transaction => ({
  async query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
    const result = await client.query(sql, parameters === undefined ? undefined : [...parameters]);
    return result.rows as Row[];
  },
  async prepared<Row>(name: string, text: string, parameters: readonly unknown[]): Promise<Row[]> {
    return (await client.query({ name, text, values: [...parameters] })).rows as Row[];
  },
  copyIn: (statement, options) => copies.begin(statement, options),
  manager: runner.manager,
  client,
});
