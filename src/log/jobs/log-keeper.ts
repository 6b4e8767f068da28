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
import { Sealer } from '../sealer.service.js';
import { SigningKey } from '../signing-key.js';
import { Witnessing } from '../witnessing.service.js';

/**
 * Seals the log in the worker, again and again, and shows its checkpoints to the witnesses beside that: a witness that takes
 * its time delays no sealing. Before the first seal the witnesses are heard, because one of them may know of a longer log
 * than this database, which may be an older copy that was restored.
 */
@Injectable()
export class LogKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LogKeeper.name);
  private readonly sealing: Ticker;
  private readonly witnessing: Ticker;
  private isHeard = false;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly key: SigningKey,
    private readonly sealer: Sealer,
    private readonly witnesses: Witnessing,
  ) {
    const { sealSeconds } = config.log;
    this.sealing = new Ticker('Sealer', sealSeconds, () => this.seal());
    this.witnessing = new Ticker('Witnessing', sealSeconds, () => this.witnesses.ask());
  }

  onApplicationBootstrap(): void {
    if (!this.key.isConfigured) {
      this.logger.warn('LOG_SIGNING_KEY_FILE is not set: the audit log is not sealed');
      return;
    }
    this.sealing.start();
    this.witnessing.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.sealing.stop(), this.witnessing.stop()]);
  }

  private async seal(): Promise<void> {
    this.witnesses.requireUncontradicted();
    if (!this.isHeard) await this.witnesses.hear();
    this.isHeard = true;
    await this.sealer.sealAll();
  }
}
