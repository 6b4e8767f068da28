import { Module } from '@nestjs/common';
import { PrivacyModule } from '../privacy.module.js';
import { ReplayBeforeServing } from '../replay-before-serving.js';
import { RetentionSweeper } from './retention-sweeper.js';

/** What the worker process adds to the feature. */
@Module({ imports: [PrivacyModule], providers: [ReplayBeforeServing, RetentionSweeper] })
export class PrivacyWorkerModule {}
