import pg from 'pg';
import { asUnavailable } from '../../../src/platform/database/availability.js';

describe('whoever waits for a connection in vain', () => {
  const pool = new pg.Pool({
    connectionString: process.env['DATABASE_URL'],
    max: 1,
    connectionTimeoutMillis: 100,
  });
  afterAll(() => pool.end());

  it('is told that too much is asked at once, and not that the database is away', async () => {
    const taken = await pool.connect();
    const refusal = await pool.connect().catch(asUnavailable);
    taken.release();
    expect(refusal).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message:
        'Too much is asked of the service at once: no connection to the database came free. Nothing was recorded; try again in a moment.',
    });
    (await pool.connect()).release();
  });
});
