import { Processor } from '@nestjs/bullmq';
import { Module, type INestApplication } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../../src/domain/shared/domain-error.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { PlatformModule } from '../../../src/platform/platform.module.js';
import { defineJob } from '../../../src/platform/queue/job-descriptor.js';
import {
  JobProcessor,
  WORKER_OPTIONS,
  type JobContext,
} from '../../../src/platform/queue/job-processor.js';
import { OutboxRepository } from '../../../src/platform/queue/outbox.repository.js';
import { WorkerQueueModule } from '../../../src/platform/queue/worker-queue.module.js';
import { waitUntil } from '../../support/wait.js';

const payload = z.strictObject({ id: z.string(), behaviour: z.enum(['work', 'fail', 'refuse']) });
type Payload = z.infer<typeof payload>;

const CHORE = defineJob<Payload>({
  queue: 'chores',
  name: 'chore',
  payload,
  jobId: ({ id }) => `chore-${id}`,
  attempts: 3,
  backoffSeconds: 0.05,
  keep: { completed: 10, failed: 10 },
});

class ChoreRefused extends DomainError {
  constructor() {
    super({ code: 'CHORE_REFUSED', kind: 'conflict', detail: 'No.' });
  }
}

const attempts: { id: string; context: JobContext }[] = [];
const attemptsAt = (id: string) => attempts.filter((attempt) => attempt.id === id);

@Processor(CHORE.queue, WORKER_OPTIONS)
class ChoreProcessor extends JobProcessor<Payload> {
  readonly descriptor = CHORE;

  perform({ id, behaviour }: Payload, context: JobContext): Promise<unknown> {
    attempts.push({ id, context });
    if (behaviour === 'refuse') throw new ChoreRefused();
    if (behaviour === 'fail' && !context.isLastAttempt) throw new Error('not yet');
    return Promise.resolve({ id });
  }
}

@Module({ imports: [PlatformModule, WorkerQueueModule], providers: [ChoreProcessor] })
class ChoreWorkerModule {}

@Module({ imports: [PlatformModule, WorkerQueueModule] })
class IdleWorkerModule {}

const logger = new StructuredLogger(createPino('silent'));
let worker: INestApplication;
beforeAll(async () => {
  process.env['RELAY_SECONDS'] = '0.02';
  worker = await createHttpServer(ChoreWorkerModule, logger);
  await worker.init();
});
afterAll(() => worker.close());

const transactions = () => worker.get(TransactionRunner, { strict: false });
const outbox = () => worker.get(OutboxRepository, { strict: false });
const ask = (id: string, behaviour: Payload['behaviour'] = 'work') =>
  transactions().run(SERVICE.worker, (tx) => outbox().enqueue(tx, CHORE, { id, behaviour }));
const unsent = async () => {
  const rows = await transactions().readOnly(SERVICE.relay, (tx) =>
    tx.query('select id from work_outbox where sent_at is null'),
  );
  return rows.length;
};
const done = (id: string, times = 1) =>
  waitUntil(`chore ${id} was tried ${times} times`, () =>
    Promise.resolve(attemptsAt(id).length >= times ? true : null),
  );

describe('the outbox', () => {
  it('rings for what was committed', async () => {
    await ask('a');
    await done('a');
    expect(attemptsAt('a')[0]!.context).toMatchObject({ jobId: 'chore-a', attempt: 1 });
    await waitUntil('all is sent', async () => ((await unsent()) === 0 ? true : null));
  });

  it('does not ring for what was undone', async () => {
    const undone = transactions().run(SERVICE.worker, async (tx) => {
      await outbox().enqueue(tx, CHORE, { id: 'undone', behaviour: 'work' } as const);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await ask('after');
    await done('after');
    expect(attemptsAt('undone')).toHaveLength(0);
  });

  it('rings again for a job that ended and is still remembered', async () => {
    await ask('twice');
    await done('twice');
    await waitUntil('the second ring is heard', async () => {
      if ((await unsent()) === 0) await ask('twice');
      return attemptsAt('twice').length >= 2 ? true : null;
    });
  });

  it('sets aside what no version can read, and goes on', async () => {
    await transactions().run(SERVICE.worker, (tx) =>
      tx.query(
        `insert into work_outbox (queue, job, payload) values ('chores', 'unknown', '{}'), ('chores', 'chore', '{"id": 7}')`,
      ),
    );
    await ask('behind');
    await done('behind');
  });

  it('carries many', async () => {
    await Promise.all(Array.from({ length: 150 }, (_, n) => ask(`many-${n}`)));
    await Promise.all(Array.from({ length: 150 }, (_, n) => done(`many-${n}`)));
  });

  it('refuses a payload that the handler could not read', async () => {
    await expect(ask(7 as unknown as string)).rejects.toThrow();
  });
});

describe('a job', () => {
  it('that fails is tried again', async () => {
    await ask('stubborn', 'fail');
    await done('stubborn', 3);
    expect(attemptsAt('stubborn').map(({ context }) => context.isLastAttempt)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('that is refused is not', async () => {
    await ask('refused', 'refuse');
    await done('refused');
    await ask('later');
    await done('later');
    expect(attemptsAt('refused')).toHaveLength(1);
  });

  it('is counted by how it ended', async () => {
    const text = await worker.get(Metrics, { strict: false }).registry.metrics();
    expect(text).toMatch(/outturn_jobs_total\{job="chore",outcome="completed"\} \d/);
    expect(text).toMatch(/outturn_jobs_total\{job="chore",outcome="failed"\} 2/);
    expect(text).toMatch(/outturn_jobs_total\{job="chore",outcome="refused"\} 1/);
  });
});

it('a worker without a handler for every job refuses to start', async () => {
  const idle = await createHttpServer(IdleWorkerModule, logger);
  await expect(idle.init()).rejects.toThrow('chores/chore has 0 processors');
  await idle.close();
});
