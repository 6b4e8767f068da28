import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { WaitingWorkRepository } from '../health/waiting-work.repository.js';

/** How a job ended, for the counter of jobs. */
export type JobOutcome = 'completed' | 'refused' | 'failed';

/** What became of a letter that was brought to the mail server, for the counter of letters. */
export type LetterOutcome = 'delivered' | 'not-now' | 'away' | 'refused' | 'useless';

/** Prometheus metrics of this process. Labels are templates and names: never an identifier, never a person. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly httpSeconds = new Histogram({
    name: 'outturn_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route template',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers: [this.registry],
  });

  private readonly jobs = new Counter({
    name: 'outturn_jobs_total',
    help: 'Attempts at jobs by outcome',
    labelNames: ['job', 'outcome'] as const,
    registers: [this.registry],
  });

  private readonly jobSeconds = new Histogram({
    name: 'outturn_job_duration_seconds',
    help: 'Duration of attempts at jobs',
    labelNames: ['job'] as const,
    buckets: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    registers: [this.registry],
  });

  private readonly failedSignIns = new Counter({
    name: 'outturn_sign_in_failures_total',
    help: 'Attempts to sign in that were refused, by what was tried',
    labelNames: ['factor'] as const,
    registers: [this.registry],
  });

  private readonly letters = new Counter({
    name: 'outturn_letters_total',
    help: 'Attempts to have the mail server take a letter, by what became of it',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });

  constructor(private readonly waitingWork: WaitingWorkRepository) {
    collectDefaultMetrics({ register: this.registry });
    this.gaugeWork();
    this.gaugeLetters();
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.httpSeconds.observe({ method, route, status }, seconds);
  }

  observeJob(job: string, outcome: JobOutcome, seconds: number): void {
    this.jobs.inc({ job, outcome });
    this.jobSeconds.observe({ job }, seconds);
  }

  signInFailed(factor: string): void {
    this.failedSignIns.inc({ factor });
  }

  letterTried(outcome: LetterOutcome): void {
    this.letters.inc({ outcome });
  }

  private gaugeLetters(): void {
    const { registry } = this;
    const oldest = new Gauge({
      name: 'outturn_oldest_waiting_letter_seconds',
      help: 'Age of the oldest letter that waits for the mail server; absent while the database cannot be asked',
      registers: [registry],
    });
    const waiting = new Gauge({
      name: 'outturn_letters_waiting',
      help: 'Letters that wait for the mail server; absent while the database cannot be asked',
      registers: [registry],
      collect: async () => {
        oldest.remove();
        waiting.remove();
        const letters = await this.waitingWork.letters().catch(() => null);
        if (!letters) return;
        oldest.set(letters.oldestSeconds);
        waiting.set(letters.waiting);
      },
    });
  }

  private gaugeWork(): void {
    const { registry } = this;
    const oldest = new Gauge({
      name: 'outturn_oldest_waiting_work_seconds',
      help: 'Age of the oldest work that waits; absent while the database cannot be asked',
      registers: [registry],
    });
    const depth = new Gauge({
      name: 'outturn_outbox_depth',
      help: 'Jobs asked for that the queue has not been told of; absent while the database cannot be asked',
      registers: [registry],
      collect: async () => {
        oldest.remove();
        depth.remove();
        const waiting = await this.waitingWork.measure().catch(() => null);
        if (!waiting) return;
        oldest.set(waiting.oldestSeconds);
        depth.set(waiting.unsent);
      },
    });
  }
}
