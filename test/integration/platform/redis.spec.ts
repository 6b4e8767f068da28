// What is true of Redis without there being one: a closed port, and a server that says it may evict.
import net, { type AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { Config } from '../../../src/platform/config/config.js';
import { CONFIG } from '../../../src/platform/config/config.module.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { Readiness } from '../../../src/platform/health/readiness.js';
import { OutboxRepository } from '../../../src/platform/queue/outbox.repository.js';
import { QueueMayEvict } from '../../../src/platform/queue/queue.errors.js';
import { checkRedis, refuseEvictingRedis } from '../../../src/platform/queue/redis-policy.js';
import { Relay } from '../../../src/platform/queue/relay.js';
import { PAYMENT_COMPUTATION } from '../../../src/payments/jobs/payment-computation.job.js';
import { startTestWorker } from '../../support/harness.js';

const DEAD = 'redis://127.0.0.1:9'; // the discard port: nobody listens

describe('a Redis that is down', () => {
  let worker: INestApplication;
  beforeAll(async () => {
    process.env['REDIS_URL'] = DEAD;
    worker = await startTestWorker();
  });
  afterAll(() => worker.close());

  it('does not keep the worker from starting, and readiness names it', async () => {
    expect(worker.get<Config>(CONFIG, { strict: false }).redisUrl).toBe(DEAD);
    const { ready, checks } = await worker.get(Readiness, { strict: false }).report();
    expect(ready).toBe(false);
    expect(checks.filter(({ status }) => status === 'down')).toEqual([
      { name: 'queue', status: 'down', detail: expect.stringContaining('Redis') },
    ]);
  });

  it('never hangs the relay, and loses nothing', async () => {
    const transactions = worker.get(TransactionRunner, { strict: false });
    const payload = { computationId: '0195f3d2-7c1e-7000-8000-000000000001', attempt: 0 };
    await transactions.run(SERVICE.worker, (tx) =>
      worker.get(OutboxRepository, { strict: false }).enqueue(tx, PAYMENT_COMPUTATION, payload),
    );
    const started = performance.now();
    await expect(worker.get(Relay, { strict: false }).relayAll()).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
    });
    expect(performance.now() - started).toBeLessThan(8_000);
    const waiting = await transactions.readOnly(SERVICE.relay, (tx) =>
      tx.query('select id from work_outbox where sent_at is null'),
    );
    expect(waiting).toHaveLength(1);
  }, 20_000);

  it('is not a reason to refuse the start', async () => {
    await refuseEvictingRedis(DEAD);
    await refuseEvictingRedis(null);
  });
});

describe('the eviction policy', () => {
  let server: net.Server;
  let policy: string;
  beforeAll(async () => {
    server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => answer(socket, data.toString()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  /** As much of Redis as the question needs: one answer for each command that arrived. */
  function answer(socket: net.Socket, commands: string): void {
    for (const command of commands.split(/^\*\d+\r\n/m).filter((text) => text !== '')) {
      const info = `# Memory\r\nused_memory:1\r\nmaxmemory_policy:${policy}\r\n`;
      const isInfo = /\binfo\b/i.test(command);
      socket.write(isInfo ? `$${Buffer.byteLength(info)}\r\n${info}\r\n` : '+OK\r\n');
    }
  }
  const url = () => `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it.each(['allkeys-lru', 'volatile-ttl'])('%s is refused in plain words', async (name) => {
    policy = name;
    await expect(refuseEvictingRedis(url())).rejects.toThrow(QueueMayEvict);
    await expect(checkRedis(url())).rejects.toThrow(`maxmemory-policy "${name}"`);
  });

  it('noeviction is accepted', async () => {
    policy = 'noeviction';
    await checkRedis(url());
  });
});
