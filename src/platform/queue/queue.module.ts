import { Global, Module } from '@nestjs/common';
import { OutboxRepository } from './outbox.repository.js';

/** What every process needs of the queue: a way to ask for a job. Only the worker talks to the queue itself. */
@Global()
@Module({ providers: [OutboxRepository], exports: [OutboxRepository] })
export class QueueModule {}
