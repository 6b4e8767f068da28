import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when Redis cannot be reached. Work that was asked for waits in the database and loses only time. */
export class QueueUnavailable extends DomainError {
  constructor(cause: unknown) {
    super({
      code: 'QUEUE_UNAVAILABLE',
      kind: 'unavailable',
      detail: 'The queue (Redis) cannot be reached. Work that was asked for waits; none is lost.',
    });
    this.cause = cause;
  }
}

/** Thrown at start when Redis may throw jobs away when its memory is full. */
export class QueueMayEvict extends DomainError {
  constructor(readonly policy: string) {
    super({
      code: 'QUEUE_MAY_EVICT',
      kind: 'conflict',
      detail: `Redis has maxmemory-policy "${policy}" and may throw away jobs when its memory is full. Set it to "noeviction" ("redis-cli config set maxmemory-policy noeviction", and in redis.conf) and start again.`,
    });
  }
}
