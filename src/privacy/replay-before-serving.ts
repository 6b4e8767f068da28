import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ErasureReplayService } from './erasure-replay.service.js';

/**
 * Before a process answers anybody or takes a job, erasures are made again that its database has forgotten. Where
 * receipts are kept it does not start without: a database that is away, or a file that cannot be read, may be hiding them.
 */
@Injectable()
export class ReplayBeforeServing implements OnModuleInit {
  private readonly logger = new Logger(ReplayBeforeServing.name);

  constructor(private readonly replay: ErasureReplayService) {}

  async onModuleInit(): Promise<void> {
    const { replayed } = await this.replay.replay();
    if (replayed > 0)
      this.logger.warn('The database is older than erasures, which were made again', { replayed });
  }
}
