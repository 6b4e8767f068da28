import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccessWorkerModule } from './access/jobs/access-worker.module.js';
import { HealthApiModule } from './api/health/health.module.js';
import { FeaturesModule } from './features.module.js';
import { LogWorkerModule } from './log/jobs/log-worker.module.js';
import { PaymentsWorkerModule } from './payments/jobs/payments-worker.module.js';
import { PrivacyWorkerModule } from './privacy/jobs/privacy-worker.module.js';
import { LettersWorkerModule } from './platform/letters/letters-worker.module.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { WorkerQueueModule } from './platform/queue/worker-queue.module.js';

/** The worker: the relay, and one module with processors and sweepers for each feature that has jobs. */
@Module({
  imports: [
    FeaturesModule,
    WorkerQueueModule,
    HealthApiModule,
    LettersWorkerModule,
    AccessWorkerModule,
    PrivacyWorkerModule,
    LogWorkerModule,
    PaymentsWorkerModule,
  ],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
export class WorkerModule {}
