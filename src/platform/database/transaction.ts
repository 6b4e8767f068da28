import type { WritableOptions } from 'node:stream';
import type { PoolClient } from 'pg';
import type { CopyStreamQuery } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';

/**
 * An open transaction. Repositories take one as an argument, so that nothing can be read or written outside a
 * transaction by accident.
 */
export interface Transaction {
  /** Runs one statement and gives its rows. int8, numeric and date arrive as texts; a date never becomes an instant. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * As query, for one of the few statements that every act waits for: PostgreSQL plans it once on each connection, and
   * knows it by its name. Worth it where planning costs as much as doing, which row policies bring about.
   */
  prepared<Row>(name: string, sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /**
   * Begins COPY ... FROM STDIN. Whoever writes to the stream ends it; where the work throws before, what was sent is
   * forgotten, and the transaction is rolled back like any other.
   */
  copyIn(statement: string, options?: WritableOptions): CopyStreamQuery;
  /** For entities: single rows by key. */
  readonly manager: EntityManager;
  /** The connection of this transaction, for what is read by COPY. */
  readonly client: PoolClient;
}
