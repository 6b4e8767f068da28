import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { HandlersCheck } from './handlers-check.js';
import { queueConnection } from './queue-connection.js';
import { QueueStart } from './queue-start.js';
import { Relay } from './relay.js';

/** The queue, for the worker process: the relay that fills it and the processors that empty it. */
@Module({
  imports: [
    DiscoveryModule,
    BullModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({ connection: queueConnection(config) }),
      extraOptions: { manualRegistration: true }, // see QueueStart: first the queue must be there
    }),
    BullModule.registerQueue(), // brings the registrar of processors; the queues themselves are the relay's
  ],
  providers: [Relay, QueueStart, HandlersCheck],
  exports: [Relay],
})
export class WorkerQueueModule {}
