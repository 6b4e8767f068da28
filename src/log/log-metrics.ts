import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { LogRepository } from './log.repository.js';

type Waiting = Awaited<ReturnType<LogRepository['waiting']>>;

/** How the log keeps up, for Prometheus: asked of the rows, whichever process is asked, once for each scrape. */
@Injectable()
export class LogMetrics {
  private measuring: Promise<Waiting | null> | null = null;

  constructor(
    private readonly metrics: Metrics,
    private readonly transactions: TransactionRunner,
    private readonly repository: LogRepository,
  ) {
    this.gauge('entries_waiting', 'Audit entries that are not sealed yet', (its) => its.entries);
    this.gauge('oldest_waiting_seconds', 'Age of the oldest of them', (its) => its.oldestSeconds);
    this.gauge('size', 'Leaves of the latest checkpoint of the audit log', (its) => its.size);
  }

  private gauge(name: string, what: string, valueOf: (waiting: Waiting) => number): void {
    const made = new Gauge({
      name: `outturn_log_${name}`,
      help: `${what}; absent while the database cannot be asked`,
      registers: [this.metrics.registry],
      collect: async () => {
        made.remove();
        const waiting = await this.measure();
        if (waiting !== null) made.set(valueOf(waiting));
      },
    });
  }

  private measure(): Promise<Waiting | null> {
    this.measuring ??= this.transactions
      .readOnly(SERVICE.health, (tx) => this.repository.waiting(tx))
      .catch(() => null)
      .finally(() => (this.measuring = null));
    return this.measuring;
  }
}
