import type { INestApplication } from '@nestjs/common';
import { Client } from 'pg';
import { aContractOf, computed, request, rowWhen } from '../../support/computed-contract.js';
import { startTestApp, startTestWorker, type TestApp } from '../../support/harness.js';

// A worker does a computation with the rights of whoever asked for it. Without them it would see no participant.
describe('a computation whose requester has left the contract', () => {
  let service: TestApp;
  let worker: INestApplication | undefined;
  let client: Client;

  beforeAll(async () => {
    service = await startTestApp();
    client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await worker?.close();
    await service.stop();
  });

  it('fails aloud and posts nothing; another may ask for it anew', async () => {
    const contract = await aContractOf(service, 'left', 2);
    const id = await request(contract);
    const me = await contract.provider.get('/v1/me').expect(200);
    await service.administrator
      .delete(`${contract.path}/members/${String(me.body.id)}/provider`)
      .expect(204);
    worker = await startTestWorker();
    expect(await rowWhen(client, id, 'failed', ({ state }) => state === 'failed')).toMatchObject({
      failure_code: 'REQUESTER_MAY_NO_LONGER',
      lines: null,
    });
    const posted = await client.query('select 1 from payment_line where computation_id = $1', [id]);
    expect(posted.rows).toEqual([]);
    const entries = await contract.commissioner.all<{ type: string }>(`${contract.path}/audit`);
    expect(entries.map(({ type }) => type)).toContain('computation.failed');

    const again = await contract.commissioner
      .post(`${contract.path}/computations`, { period: 'all' })
      .expect(202);
    expect(await computed(client, (again.body as { id: string }).id)).toMatchObject({
      state: 'computed',
      lines: 2,
    });
  });
});
