import { Logger } from '@nestjs/common';

/** Does something again and again, never twice at once, until it is stopped; a failure is logged and tried again. */
export class Ticker {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;
  private lastFailure: string | null = null;

  constructor(
    private readonly name: string,
    private readonly everySeconds: number,
    private readonly work: () => Promise<unknown>,
  ) {
    this.logger = new Logger(name);
  }

  start(): void {
    this.isStopped = false;
    this.plan(0);
  }

  /** Resolves when the work under way has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private plan(seconds: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().finally(() => this.plan(this.everySeconds));
    }, seconds * 1_000);
  }

  private async tick(): Promise<void> {
    try {
      await this.work();
      if (this.lastFailure !== null) this.logger.log(`${this.name} works again`);
      this.lastFailure = null;
    } catch (error) {
      // a service that is away fails the same way every time: say it once
      const failure = error instanceof Error ? `${error.name} ${error.message}` : 'failure';
      if (failure !== this.lastFailure) {
        this.logger.warn(`${this.name} failed and will be tried again`, error as Error);
      }
      this.lastFailure = failure;
    }
  }
}
