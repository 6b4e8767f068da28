// What a fault may cost is time: workers are killed, hang and race, and the queue forgets, on whichever queue the run
// uses; each time lines, totals, digest, audit trail and row are held together and against an undisturbed computation.
import { Client } from 'pg';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aContractOf,
  computed,
  expectWhole,
  request,
  rowOf,
  rowWhen,
} from '../support/computed-contract.js';
import { startTestApp, waitUntil, type TestApp, type TestContract } from '../support/harness.js';
import { buildProgram, WorkerProcess } from '../support/worker-process.js';

const PEOPLE = 1_200;
/** Of every four people, one improves by 1 point, one by 2, one by 3. */
const EXPECTED = { lines: PEOPLE, totalMinor: String((PEOPLE / 4) * 6 * 66_000) };

describe('whatever happens to workers and the queue', () => {
  let service: TestApp;
  let client: Client;
  let digest: string;
  const workers: WorkerProcess[] = [];
  const start = (settings?: NodeJS.ProcessEnv): WorkerProcess => {
    const worker = WorkerProcess.start(settings);
    workers.push(worker);
    return worker;
  };

  beforeAll(async () => {
    buildProgram();
    service = await startTestApp();
    client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await client.connect();
    const undisturbed = await aContractOf(service, 'undisturbed', PEOPLE);
    start({ COMPUTATION_BATCH_PARTICIPANTS: '1000' });
    const row = await computed(client, await request(undisturbed));
    digest = row.digest!;
    await stopAll();
  }, 180_000);
  afterEach(() => stopAll());
  afterAll(async () => {
    await client.end();
    await service.stop();
  });

  async function stopAll(): Promise<void> {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  }

  const whole = (contract: TestContract, id: string) =>
    expectWhole(client, contract, id, { ...EXPECTED, digest });

  const midway = (id: string) =>
    rowWhen(
      client,
      id,
      'half done',
      ({ state, rows_done: done }) => state === 'running' && Number(done) > 0,
    );

  /** The bell once more, as a second delivery that is no copy of the first to the queue. */
  const ringAgain = (id: string, attempt: number) =>
    client.query(
      `insert into work_outbox (queue, job, payload) values ('payment-computations', 'compute', $1)`,
      [{ computationId: id, attempt }],
    );

  it('a worker killed half-way leaves nothing, and another computes the same', async () => {
    const contract = await aContractOf(service, 'killed-midway', PEOPLE);
    const id = await request(contract);
    const first = start();
    await midway(id);
    await first.kill();
    const { rows } = await client.query(
      'select 1 from payment_line where computation_id = $1 limit 1',
      [id],
    );
    expect(rows).toEqual([]);
    expect((await rowOf(client, id)).state).toBe('running'); // nobody was left to say otherwise
    start();
    expect((await computed(client, id)).attempts).toBeGreaterThan(1);
    await whole(contract, id);
  }, 90_000);

  it('a worker killed again and again, at one moment after another, changes nothing', async () => {
    const contract = await aContractOf(service, 'killed-often', PEOPLE);
    const id = await request(contract);
    for (const milliseconds of [0, 40, 120, 250, 500]) {
      const claims = (await rowOf(client, id)).attempts;
      const worker = start();
      await rowWhen(client, id, 'claimed', ({ attempts }) => attempts > claims);
      await sleep(milliseconds);
      await worker.kill();
    }
    start();
    await computed(client, id);
    await whole(contract, id);
  }, 120_000);

  it('a worker killed after writing every line and before the result leaves nothing', async () => {
    const contract = await aContractOf(service, 'killed-at-the-end', PEOPLE);
    const id = await request(contract);
    const holder = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await holder.connect();
    await holder.query('begin');
    await holder.query(
      `select 1 from audit_head where stream = (select contract_id::text from payment_computation where id = $1) for update`,
      [id],
    );
    const first = start({ COMPUTATION_BATCH_PARTICIPANTS: '1000' });
    await waitUntil('the worker has written its lines and waits for the audit trail', async () => {
      const { rows } = await client.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%audit_head%' and state = 'active'`,
      );
      return rows.length > 0 ? true : null;
    });
    await first.kill();
    await holder.query('rollback');
    await holder.end();
    start();
    await computed(client, id);
    await whole(contract, id);
  }, 90_000);

  it('a worker that hangs is replaced, and does no harm when it wakes up', async () => {
    const contract = await aContractOf(service, 'hung', PEOPLE);
    const id = await request(contract);
    const hung = start();
    await midway(id);
    hung.signal('SIGSTOP');
    try {
      start();
      await computed(client, id);
    } finally {
      hung.signal('SIGCONT');
    }
    await sleep(1_000); // it tries to go on
    await whole(contract, id);
  }, 90_000);

  it('a worker that hangs in the middle of its heartbeat holds nobody up', async () => {
    const contract = await aContractOf(service, 'hung-in-a-transaction', PEOPLE);
    const id = await request(contract);
    const hung = start();
    await midway(id);
    const holder = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from payment_computation where id = $1 for update', [id]);
    await waitUntil('the heartbeat waits for the row', async () => {
      const { rows } = await client.query(
        `select 1 from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%set lease_until%' and state = 'active'`,
      );
      return rows.length > 0 ? true : null;
    });
    hung.signal('SIGSTOP');
    try {
      await holder.query('rollback'); // the heartbeat has the row now, and nobody to say commit
      await holder.end();
      start();
      await computed(client, id);
    } finally {
      hung.signal('SIGCONT');
    }
    await sleep(1_000);
    await whole(contract, id);
  }, 90_000);

  it('two workers and a bell that rings many times compute once', async () => {
    const contract = await aContractOf(service, 'delivered-often', PEOPLE);
    const id = await request(contract);
    for (const attempt of [1, 2, 3, 4]) await ringAgain(id, attempt);
    // longer than any pause of a slow machine: a worker whose lease ran out would rightly be replaced
    start({ COMPUTATION_LEASE_SECONDS: '600' });
    start({ COMPUTATION_LEASE_SECONDS: '600' });
    await computed(client, id);
    for (const attempt of [5, 6]) await ringAgain(id, attempt);
    await waitUntil('every bell has rung', async () => {
      const { rows } = await client.query(
        'select 1 from work_outbox where sent_at is null limit 1',
      );
      return rows.length === 0 ? true : null;
    });
    await sleep(500);
    expect((await rowOf(client, id)).attempts).toBe(1);
    await whole(contract, id);
  }, 90_000);

  it('a queue that forgets everything delays and loses nothing', async () => {
    const contract = await aContractOf(service, 'forgotten', PEOPLE);
    const id = await request(contract);
    const first = start();
    await midway(id);
    await first.kill();
    const second = await aContractOf(service, 'forgotten-too', 40);
    const waiting = await request(second);
    await forgetEverything(client);
    await client.query('update work_outbox set sent_at = now() where sent_at is null'); // rung, and lost
    start();
    await computed(client, id);
    await computed(client, waiting);
    await whole(contract, id);
    await expectWhole(client, second, waiting, { lines: 40, totalMinor: String(10 * 6 * 66_000) });
  }, 90_000);

  it('a queue that forgets while the worker runs delays and loses nothing', async () => {
    const contract = await aContractOf(service, 'forgotten-midway', PEOPLE);
    start();
    const id = await request(contract);
    await midway(id);
    await forgetEverything(client);
    await computed(client, id);
    const next = await request(contract);
    await computed(client, next);
    await whole(contract, id);
    await expectWhole(client, contract, next, { lines: 0, totalMinor: '0' });
  }, 90_000);

  it('a worker asked to stop gives its work back at once, whole or not at all', async () => {
    const contract = await aContractOf(service, 'stopped', PEOPLE);
    const id = await request(contract);
    const first = start({ COMPUTATION_LEASE_SECONDS: '600' });
    await midway(id);
    await first.stop();
    expect((await rowOf(client, id)).state).toBe('requested');
    start();
    await computed(client, id);
    await whole(contract, id);
  }, 90_000);

  it('a computation cancelled while it runs posts nothing and lets the next one run', async () => {
    const contract = await aContractOf(service, 'cancelled', PEOPLE);
    const id = await request(contract);
    const next = await request(contract);
    start();
    await midway(id);
    await contract.provider.post(`/v1/jobs/${id}/cancellation`).expect(200);
    await computed(client, next);
    expect((await rowOf(client, id)).state).toBe('cancelled');
    const { rows } = await client.query(
      'select 1 from payment_line where computation_id = $1 limit 1',
      [id],
    );
    expect(rows).toEqual([]);
    await whole(contract, next);
  }, 90_000);

  it('computations of one contract run in the order in which they were asked for', async () => {
    const contract = await aContractOf(service, 'in-order', PEOPLE);
    const first = await request(contract);
    const second = await request(contract);
    start();
    start();
    await computed(client, second);
    await whole(contract, first);
    await expectWhole(client, contract, second, { lines: 0, totalMinor: '0' });
  }, 90_000);

  it('a computation that no worker survives is given up after ten attempts', async () => {
    const contract = await aContractOf(service, 'given-up', 40);
    const id = await request(contract);
    await client.query('update payment_computation set attempts = 10 where id = $1', [id]);
    start();
    const row = await rowWhen(client, id, 'failed', ({ state }) => state === 'failed');
    expect(row.failure_code).toBe('COMPUTATION_GIVEN_UP');
    const next = await request(contract);
    await computed(client, next);
    await expectWhole(client, contract, next, { lines: 40, totalMinor: String(10 * 6 * 66_000) });
  }, 90_000);
});

/** FLUSHDB, or the like for a queue that is kept in PostgreSQL. */
async function forgetEverything(client: Client): Promise<void> {
  const redisUrl = process.env['REDIS_URL'];
  if (redisUrl) {
    const redis = new Redis(redisUrl);
    await redis.flushdb();
    redis.disconnect();
    return;
  }
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname = 'bullmq' and tablename not like '%migration%'`,
  );
  await client.query(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`);
}
