import { Module } from '@nestjs/common';
import { AccessModule } from '../access.module.js';
import { SignInSweeper } from './sign-in-sweeper.js';

/** What the worker process adds to the feature. */
@Module({ imports: [AccessModule], providers: [SignInSweeper] })
export class AccessWorkerModule {}
