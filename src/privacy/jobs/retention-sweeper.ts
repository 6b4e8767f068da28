import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Ticker } from '../../platform/queue/ticker.js';
import { ErasureReplayService } from '../erasure-replay.service.js';
import { RetentionService } from '../retention.service.js';

const EVERY_SECONDS = 3_600;

/**
 * Erases identifiers whose period is over, soon after the day has come, and sees that receipts and database know of the
 * same erasures. It logs how many, and never whose.
 */
@Injectable()
export class RetentionSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RetentionSweeper.name);
  private readonly ticker: Ticker;

  constructor(
    private readonly retention: RetentionService,
    private readonly replay: ErasureReplayService,
  ) {
    this.ticker = new Ticker(RetentionSweeper.name, EVERY_SECONDS, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.ticker.stop();
  }

  private async sweep(): Promise<void> {
    const { erased } = await this.retention.sweep();
    if (erased > 0) this.logger.log('Identifiers erased: their period is over', { erased });
    const { replayed } = await this.replay.replay();
    if (replayed > 0)
      this.logger.warn('Erasures made again: the database had forgotten them', { replayed });
  }
}
