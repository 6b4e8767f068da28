import { setTimeout as pause } from 'node:timers/promises';
import {
  PostgresConnection,
  PostgresQueueBackend,
  runMigrations,
  type BackendFactory,
  type PostgresConnectionOptions,
} from 'bullmq';

const RETRY_MS = 1_000;

/**
 * A connection of the queue to PostgreSQL that makes the queue's tables, and tries again where that failed, never more
 * than once a second.
 *
 * BullMQ's own remembers for ever that its first attempt failed, and a worker asks it again without a pause: nothing else
 * in the process would have a turn any more, not even a signal to stop.
 */
class PatientConnection extends PostgresConnection {
  private opening: Promise<void> | null = null;
  private hasFailed = false;

  override waitUntilReady(): Promise<void> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = null;
      this.hasFailed = true;
      throw error;
    });
    return this.opening;
  }

  private async open(): Promise<void> {
    if (this.hasFailed) await pause(RETRY_MS);
    const client = await this.pool.connect();
    client.on('error', reportedByTheQuery);
    try {
      await runMigrations(client, this.schema);
    } finally {
      client.release();
    }
    setTimeout(() => this.emit('ready'), 0); // as BullMQ does: after whoever made the connection has begun to listen
  }
}

/** A connection that is lost is reported by the query that it interrupts; unheard, its own event would end the process. */
const reportedByTheQuery = (): void => undefined;

/** Keeps BullMQ's queues in PostgreSQL. */
export const patientBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  { withBlockingConnection = false } = {},
) => {
  const connection = new PatientConnection(options.connection);
  return new PostgresQueueBackend(
    connection,
    name,
    options,
    true,
    withBlockingConnection ? name : undefined,
  );
};

/** Makes what the queue needs in PostgreSQL where it is not there yet; fails with whatever keeps it from that. */
export async function makeQueueTables(options: PostgresConnectionOptions): Promise<void> {
  const connection = new PatientConnection(options);
  try {
    await connection.waitUntilReady();
  } finally {
    await connection.close();
  }
}
