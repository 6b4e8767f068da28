import { Module } from '@nestjs/common';
import { ClockModule } from './clock/clock.module.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { LettersModule } from './letters/letters.module.js';
import { QueueModule } from './queue/queue.module.js';
import { SecretsModule } from './secrets/secrets.module.js';

/** The technical services that every process has. */
@Module({
  imports: [
    ConfigModule,
    ClockModule,
    SecretsModule,
    DatabaseModule,
    MetricsModule,
    QueueModule,
    LettersModule,
  ],
})
export class PlatformModule {}
