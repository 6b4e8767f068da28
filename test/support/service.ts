// The real service, from the modules that production runs, on the database of this test file (setup-service.cjs).
import type { INestApplication, LoggerService, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PeopleService } from '../../src/access/people.service.js';
import type { Clock } from '../../src/domain/calendar/clock.js';
import { SERVICE } from '../../src/platform/auth/acting.js';
import { CLOCK } from '../../src/platform/clock/clock.module.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import { createHttpServer } from '../../src/platform/http/http-server.js';
import { createPino, StructuredLogger } from '../../src/platform/logging/logger.js';
import { ServiceModule } from '../../src/service.module.js';
import { serveAssets } from '../../src/web/frame/assets.js';
import { WorkerModule } from '../../src/worker.module.js';
import { TestPerson } from './person.js';

const logger = () => new StructuredLogger(createPino(process.env['LOG_LEVEL'] ?? 'silent'));

/** The HTTP service of a test, with an administrator who has signed in. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  /** Somebody without a key. */
  readonly stranger: TestPerson;
  readonly administrator: TestPerson;
  /** A part of the service, by its class or token. */
  get<T>(token: Type<T> | symbol): T;
  /** From now on the service takes this for the present instant. */
  travelTo(instant: string): void;
  stop(): Promise<void>;
}

/** Starts the HTTP service; it does not listen on a port. Share one among the tests of a file, and stop it at the end. */
export async function startTestApp(log: LoggerService = logger()): Promise<TestApp> {
  const app = await createHttpServer(ServiceModule, log);
  await serveAssets(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const get = <T>(token: Type<T> | symbol): T => app.get<T>(token, { strict: false });
  return {
    app,
    stranger: new TestPerson(app, { name: 'A stranger', email: 'stranger@example.org', key: null }),
    administrator: await firstAdministrator(app, get),
    get,
    travelTo: (instant) => {
      const clock: { now: Clock['now'] } = get<Clock>(CLOCK);
      clock.now = () => new Date(instant);
    },
    stop: () => app.close(),
  };
}

async function firstAdministrator(
  app: NestFastifyApplication,
  get: TestApp['get'],
): Promise<TestPerson> {
  const person = { name: 'Ada Administrator', email: 'ada@outturn.example' };
  const { apiKey } = await get(TransactionRunner).run(SERVICE.operator, (tx) =>
    get(PeopleService).addFirstAdministrator(tx, person),
  );
  return new TestPerson(app, { ...person, key: apiKey });
}

/** Starts the real worker beside the service; whoever starts it stops it with `close()`. */
export async function startTestWorker(log: LoggerService = logger()): Promise<INestApplication> {
  const worker = await createHttpServer(WorkerModule, log);
  await worker.init();
  return worker;
}
