import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Ticker } from '../queue/ticker.js';
import { LetterCarrier } from './letter-carrier.js';

/** Has LetterCarrier look for letters as often as the relay looks for jobs, where they go to a mail server. */
@Injectable()
export class LetterRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private readonly ticker: Ticker;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    carrier: LetterCarrier,
  ) {
    this.ticker = new Ticker('Delivery of letters', config.relaySeconds, () =>
      carrier.deliverDue(this.stop.signal),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.letters?.to.kind === 'server') this.ticker.start();
  }

  /** A letter under way is given back, so that a slow server does not keep the process from stopping. */
  beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    return this.ticker.stop();
  }
}
