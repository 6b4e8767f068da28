import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { hasEnded } from '../../domain/computation/computation-states.js';
import type { ComputationView } from '../../payments/computation-view.js';
import { PaymentsService } from '../../payments/payments.service.js';
import type { Actor } from '../../platform/auth/actor.js';

const POLL_MS = 400;
const QUIET_POLLS_MAX = 25; // after ten seconds without news, a comment keeps the connection open
const RECONNECT_MS = 2_000;

interface Watch {
  readonly actor: Actor;
  readonly first: ComputationView;
  /** The event that the client saw last, when it reconnects. */
  readonly lastId: string | null;
}

/**
 * A job as server-sent events. Each event carries the whole job and an id made of what it says, so that whoever
 * reconnects is told only what has changed since. The stream ends with the job, with the client, or with the process;
 * whichever it is, its timer goes with it.
 */
@Injectable()
export class JobEvents implements BeforeApplicationShutdown {
  private readonly open = new Set<() => void>();

  constructor(private readonly payments: PaymentsService) {}

  beforeApplicationShutdown(): void {
    for (const end of [...this.open]) end();
  }

  /** How many streams are open, for metrics and tests. */
  get streams(): number {
    return this.open.size;
  }

  async stream(reply: FastifyReply, { actor, first, lastId }: Watch): Promise<void> {
    if (hasEnded(first.state) && lastId === eventId(first)) {
      await reply.status(204).send(); // tells a browser not to reconnect
      return;
    }
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      ...plainHeaders(reply),
    });
    response.write(`retry: ${RECONNECT_MS}\n\n`);
    let seen = lastId;
    let quietPolls = 0;
    let timer: NodeJS.Timeout | null = null;
    let isOver = false;

    const end = (): void => {
      isOver = true;
      if (timer !== null) clearTimeout(timer);
      this.open.delete(end);
      response.end();
    };
    const tell = (job: ComputationView): void => {
      const id = eventId(job);
      const ended = hasEnded(job.state);
      if (id !== seen) {
        response.write(
          `id: ${id}\nevent: ${ended ? 'ended' : 'progress'}\ndata: ${JSON.stringify(job)}\n\n`,
        );
        [seen, quietPolls] = [id, 0];
      } else if (++quietPolls >= QUIET_POLLS_MAX) {
        response.write(': still here\n\n');
        quietPolls = 0;
      }
      if (ended) end();
      else timer = setTimeout(() => void poll(), POLL_MS);
    };
    const poll = async (): Promise<void> => {
      try {
        const job = await this.payments.get(actor, first.id);
        if (!isOver) tell(job);
      } catch {
        end(); // access was withdrawn or the database is away: the client reconnects and is answered in full
      }
    };

    this.open.add(end);
    response.on('close', end);
    response.on('error', end);
    tell(first);
  }
}

/** Changes whenever the job does. */
const eventId = ({ state, rowsDone, startedAt, finishedAt }: ComputationView): string =>
  [state, rowsDone, Date.parse(startedAt ?? '') || 0, Date.parse(finishedAt ?? '') || 0].join('-');

/** Headers that hooks have set, such as the request id and those of security. */
function plainHeaders(reply: FastifyReply): Record<string, string> {
  const entries = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}
