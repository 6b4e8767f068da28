import type { PoolClient } from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import type { WritableOptions } from 'node:stream';

/**
 * The streams by which one transaction copies rows into tables. While one is open PostgreSQL waits for more rows, and
 * whatever else is asked on the connection waits behind it: a rollback too, with all that the transaction has locked.
 */
export class OpenCopies {
  private readonly open = new Set<CopyStreamQuery>();

  constructor(private readonly client: PoolClient) {}

  begin(statement: string, options?: WritableOptions): CopyStreamQuery {
    const stream = this.client.query(from(statement, options));
    this.open.add(stream);
    for (const end of ['finish', 'error', 'close'])
      stream.on(end, () => void this.open.delete(stream));
    return stream;
  }

  /** Makes PostgreSQL forget what was sent through those that have not ended. */
  async abandon(): Promise<void> {
    await Promise.all([...this.open].map(abandoned));
  }
}

const abandoned = (stream: CopyStreamQuery): Promise<void> =>
  new Promise((resolve) => {
    stream.once('close', () => resolve());
    stream.destroy();
  });
