import { DomainError } from '../../domain/shared/domain-error.js';

/** Why nobody can use the database, and what to do about it. */
const TROUBLES = {
  away: 'The database cannot be reached. Nothing was recorded; try again in a moment.',
  'none-came-free':
    'Too much is asked of the service at once: no connection to the database came free. Nothing was recorded; try again in a moment.',
  'not-let-in':
    'The database answers and does not let the service in: the name, the login or the password in DATABASE_URL (or MIGRATION_DATABASE_URL) is not the one that it knows. Nothing was recorded.',
  untrusted:
    'Whoever answers in place of the database cannot show a certificate that is to be trusted. Nothing was recorded. See to the certificate of the server, or to sslrootcert in DATABASE_URL.',
};

/** Thrown when PostgreSQL cannot be reached, is shutting down, does not let the service in or is busy with others. Nothing was recorded; trying again is right. */
export class DatabaseUnavailable extends DomainError {
  constructor(cause: unknown, trouble: keyof typeof TROUBLES = 'away') {
    super({ code: 'DATABASE_UNAVAILABLE', kind: 'unavailable', detail: TROUBLES[trouble] });
    this.cause = cause;
  }
}

/** Thrown when PostgreSQL has no room left to write. Nothing was recorded. */
export class DatabaseDiskFull extends DomainError {
  constructor(cause: unknown) {
    super({
      code: 'DATABASE_DISK_FULL',
      kind: 'unavailable',
      detail:
        'The disk of the database is full, so nothing was recorded. Free some space and try again.',
    });
    this.cause = cause;
  }
}

/** Thrown when a table or column that the service needs is not there: the migrations have not (all) been run. */
export class DatabaseNotMigrated extends DomainError {
  constructor(cause: unknown) {
    super({
      code: 'DATABASE_NOT_MIGRATED',
      kind: 'unavailable',
      detail: 'The database has not been brought up to date. Run "outturn migrate" and try again.',
    });
    this.cause = cause;
  }
}

/** Thrown when an Idempotency-Key that was used for one request comes with a different one. */
export class IdempotencyKeyReused extends DomainError {
  constructor(readonly key: string) {
    super({
      code: 'IDEMPOTENCY_KEY_REUSED',
      kind: 'conflict',
      detail:
        'This Idempotency-Key was already used for a different request. Use a new key for a new request.',
    });
  }
}
