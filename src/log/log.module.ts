import { Global, Module } from '@nestjs/common';
import { LogCheckRepository } from './log-check.repository.js';
import { LogCheck } from './log-check.service.js';
import { LogMetrics } from './log-metrics.js';
import { LogReader } from './log-reader.service.js';
import { LogRepository } from './log.repository.js';
import { Receipts } from './receipts.service.js';
import { Sealer } from './sealer.service.js';
import { SigningKey } from './signing-key.js';
import { Witnessing } from './witnessing.service.js';

/** The audit log: sealing entries into it, and proving from it. Global, because acts of weight return a receipt. */
@Global()
@Module({
  providers: [
    LogRepository,
    SigningKey,
    Sealer,
    Receipts,
    LogReader,
    Witnessing,
    LogMetrics,
    LogCheck,
    LogCheckRepository,
  ],
  exports: [Sealer, Receipts, LogReader, Witnessing, SigningKey, LogCheck],
})
export class LogModule {}
