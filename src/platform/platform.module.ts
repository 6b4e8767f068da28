import { Module } from '@nestjs/common';
import { ClockModule } from './clock/clock.module.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { QueueModule } from './queue/queue.module.js';

/** The technical services that every process has. */
@Module({ imports: [ConfigModule, ClockModule, DatabaseModule, MetricsModule, QueueModule] })
export class PlatformModule {}
