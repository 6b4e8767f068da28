// What the service does while the database is away, and when it is back. The way to it is cut and opened again.
import { Processor } from '@nestjs/bullmq';
import { Module, type INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { z } from 'zod';
import { ApiModule } from '../../../src/api/api.module.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { defineJob } from '../../../src/platform/queue/job-descriptor.js';
import { JobProcessor, WORKER_OPTIONS } from '../../../src/platform/queue/job-processor.js';
import { OutboxRepository } from '../../../src/platform/queue/outbox.repository.js';
import { WorkerModule } from '../../../src/worker.module.js';
import { Gate } from '../../support/gate.js';
import { problemIn } from '../../support/problem.js';
import { waitUntil } from '../../support/wait.js';

const ERRAND = defineJob({
  queue: 'errands',
  name: 'errand',
  payload: z.strictObject({ id: z.string() }),
  jobId: ({ id }) => `errand-${id}`,
  attempts: 5,
  backoffSeconds: 0.1,
  keep: { completed: 0, failed: 0 },
});
const ran = new Set<string>();

@Processor(ERRAND.queue, WORKER_OPTIONS)
class ErrandProcessor extends JobProcessor<{ id: string }> {
  readonly descriptor = ERRAND;
  perform({ id }: { id: string }): Promise<unknown> {
    ran.add(id);
    return Promise.resolve(null);
  }
}

@Module({ imports: [WorkerModule], providers: [ErrandProcessor] })
class ErrandWorkerModule {}

const logger = new StructuredLogger(createPino('silent'));
let gate: Gate;
let redisGate: Gate | null = null;
let app: NestFastifyApplication;
let worker: INestApplication;

beforeAll(async () => {
  const way = await Gate.to(process.env['DATABASE_URL']!, 5432);
  gate = way.gate;
  process.env['DATABASE_URL'] = way.url;
  if (process.env['REDIS_URL']) {
    const redis = await Gate.to(process.env['REDIS_URL'], 6379);
    redisGate = redis.gate;
    process.env['REDIS_URL'] = redis.url;
    await redisGate.open();
  }
  process.env['RELAY_SECONDS'] = '0.05';
  app = await createHttpServer(ApiModule, logger);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  worker = await createHttpServer(ErrandWorkerModule, logger);
  await worker.init();
});
afterAll(async () => {
  await app?.close();
  await worker?.close();
  await gate?.close();
  await redisGate?.close();
});

const http = () => request(app.getHttpServer());
const KEY = `Bearer ot_${'0'.repeat(12)}_${'0'.repeat(64)}`;
const ready = async () => {
  const { status, body } = await http().get('/health/ready');
  return { status, checks: body.checks as { name: string; status: string; detail: string }[] };
};
const isReady = () =>
  waitUntil('the service is ready', async () => ((await ready()).status === 200 ? true : null));
const runErrand = async (id: string) => {
  await worker
    .get(TransactionRunner, { strict: false })
    .run(SERVICE.worker, (tx) =>
      worker.get(OutboxRepository, { strict: false }).enqueue(tx, ERRAND, { id }),
    );
  await waitUntil(`errand ${id} is run`, async () => ran.has(id) || null);
};

async function expectUnavailable(): Promise<void> {
  await http().get('/health/live').expect(200);
  const { status, checks } = await ready();
  expect(status).toBe(503);
  expect(checks.find(({ name }) => name === 'database')).toMatchObject({
    status: 'down',
    detail: expect.stringContaining('database cannot be reached'),
  });
  const response = await http().get('/v1/me').set('Authorization', KEY).expect(503);
  expect(problemIn(response).code).toBe('DATABASE_UNAVAILABLE');
  expect(response.headers['retry-after']).toBe('5');
}

it('starts and answers while the database is away, and works as soon as it is there', async () => {
  await expectUnavailable();
  const metrics = await http().get('/metrics').expect(200);
  expect(metrics.text).not.toMatch(/^outturn_outbox_depth /m);
  await gate.open();
  await isReady();
  await http().get('/v1/me').set('Authorization', KEY).expect(401);
  await runErrand('after the start');
}, 60_000);

it('answers while the database is away again, and goes on by itself when it is back', async () => {
  await gate.close();
  await expectUnavailable();
  await gate.open();
  await isReady();
  await http().get('/v1/me').set('Authorization', KEY).expect(401);
  await runErrand('after the outage');
}, 60_000);

// the queue is a service of its own only when it is Redis: TEST_QUEUE=redis
if (process.env['REDIS_URL']) {
  it('goes on accepting work while Redis is away, and does it when Redis is back', async () => {
    await redisGate!.close();
    const down = (await ready()).checks.filter(({ status }) => status === 'down');
    expect(down.map(({ name }) => name)).toEqual(['queue']);
    const errand = runErrand('asked for while Redis was away');
    await http().get('/v1/me').set('Authorization', KEY).expect(401);
    await redisGate!.open();
    await errand;
  }, 60_000);
}

it('stops in good time while the database is away', async () => {
  await gate.close();
  const started = performance.now();
  await Promise.all([app.close(), worker.close()]);
  expect(performance.now() - started).toBeLessThan(10_000);
}, 30_000);
