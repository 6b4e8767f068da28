import { types } from 'node:util';
import { DatabaseDiskFull, DatabaseNotMigrated, DatabaseUnavailable } from './database.errors.js';
import { sqlStateOf } from './constraint.js';
import { LoginRefused } from './login.js';
import { APPLICATION_ROLE } from './roles.js';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting up
  '53300', // too many connections
]);
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const NOT_LET_IN = new Set([
  '3D000', // no such database
  '28000', // no such login
  '28P01', // the password is not accepted
]);
const NOT_MIGRATED = new Set(['42P01', '42703', '42883', '3F000']);
/** What the pool says to whoever waited in vain until another gave a connection back. */
const NONE_CAME_FREE = 'timeout exceeded when trying to connect';
const CONNECTION_LOST =
  /connection terminated|connection timeout|client was closed|not queryable|server does not support SSL/i;

/** What PostgreSQL says before the migrations, and where the login is no member of the role that the service works as. */
const ROLE_MISSING = `role "${APPLICATION_ROLE}" does not exist`;
const ROLE_REFUSED = `permission denied to set role "${APPLICATION_ROLE}"`;

/** Says which of the database's troubles an error is; any other error comes back as it went in. */
export function asUnavailable(error: unknown): unknown {
  const state = sqlStateOf(error);
  if (state === '53100') return new DatabaseDiskFull(error);
  if (state !== null && NOT_MIGRATED.has(state)) return new DatabaseNotMigrated(error);
  if (state !== null && (UNREACHABLE.has(state) || state.startsWith('08'))) {
    return new DatabaseUnavailable(error);
  }
  if (state !== null && NOT_LET_IN.has(state)) return new DatabaseUnavailable(error, 'not-let-in');
  if (state !== null && UNTRUSTED.has(state)) return new DatabaseUnavailable(error, 'untrusted');
  const message = types.isNativeError(error) ? error.message : '';
  if (message === ROLE_MISSING) return new DatabaseNotMigrated(error);
  if (message === ROLE_REFUSED)
    return new LoginRefused(`The database login may not work as ${APPLICATION_ROLE}.`, error);
  if (message === NONE_CAME_FREE) return new DatabaseUnavailable(error, 'none-came-free');
  if (CONNECTION_LOST.test(message)) return new DatabaseUnavailable(error);
  return error;
}
