import { Module } from '@nestjs/common';
import { LogKeeper } from './log-keeper.js';

/** What the worker process adds to the feature; the web process never seals. */
@Module({ providers: [LogKeeper] })
export class LogWorkerModule {}
