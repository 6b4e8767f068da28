type Stop = () => Promise<void>;

/** How to stop whatever the demo has started; the latest is stopped first. */
export class Stops {
  private readonly controller = new AbortController();
  private readonly kept: Stop[] = [];

  /** Fires when everything is about to be stopped. */
  readonly stopping: AbortSignal = this.controller.signal;

  /** Keeps a stop for later. What was started while the rest was being stopped is stopped at once, and refused. */
  async keep(stop: Stop): Promise<void> {
    if (!this.stopping.aborted) {
      this.kept.push(stop);
      return;
    }
    await stop();
    this.stopping.throwIfAborted();
  }

  async all(): Promise<void> {
    this.controller.abort();
    for (let stop = this.kept.pop(); stop; stop = this.kept.pop()) await stop();
  }
}
