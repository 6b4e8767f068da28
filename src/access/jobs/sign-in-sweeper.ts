import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Ticker } from '../../platform/queue/ticker.js';
import { SignInUpkeep } from '../sign-in/sign-in-upkeep.js';

const EVERY_SECONDS = 300;

/** Removes expired sessions, links and challenges now and then, so that no table keeps what is of no use. */
@Injectable()
export class SignInSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SignInSweeper.name);
  private readonly ticker: Ticker;

  constructor(private readonly upkeep: SignInUpkeep) {
    this.ticker = new Ticker(SignInSweeper.name, EVERY_SECONDS, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.ticker.stop();
  }

  private async sweep(): Promise<void> {
    const removed = await this.upkeep.removeExpired();
    if (removed > 0) this.logger.log(`removed ${removed} expired session(s)`);
  }
}
