import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Ticker } from '../../platform/queue/ticker.js';
import { ComputationPerformer } from '../computation-performer.js';

/**
 * Rings again for computations that nobody seems to have heard of: a bell that was lost with the queue, a worker that
 * died. It makes the queue dispensable: whatever happens to it costs time and no payment.
 */
@Injectable()
export class PaymentSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PaymentSweeper.name);
  private readonly ticker: Ticker;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly performer: ComputationPerformer,
  ) {
    this.ticker = new Ticker(PaymentSweeper.name, config.sweepSeconds, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.ticker.stop();
  }

  /** One sweep; gives how many computations were rung for. */
  async sweep(): Promise<number> {
    const rung = await this.performer.ringOverdue();
    if (rung > 0) this.logger.log(`rang again for ${rung} computation(s) that waited`);
    return rung;
  }
}
