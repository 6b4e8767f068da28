import { Module } from '@nestjs/common';
import { PrivacyModule } from '../privacy.module.js';
import { RetentionSweeper } from './retention-sweeper.js';

/** What the worker process adds to the feature. */
@Module({ imports: [PrivacyModule], providers: [RetentionSweeper] })
export class PrivacyWorkerModule {}
