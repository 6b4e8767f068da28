import { z } from 'zod';
import { defaultPasswordFault } from './default-passwords.js';
import {
  LOCAL_SENDER,
  lettersFaultsInProduction,
  readLettersSettings,
  type LettersSettings,
} from './letters-settings.js';
import { logFaultsInProduction, readLogSettings, type LogSettings } from './log-settings.js';
import {
  proxyFaultInProduction,
  readNetworkSettings,
  unencryptedFaults,
  type NetworkSettings,
} from './network-settings.js';
import { faultInProduction, readSecretKeys, type SecretKeys } from './secret-keys.js';
import { withFiles } from './secret-files.js';

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema);
const whole = (fallback: number, min: number, max: number) =>
  optional(z.coerce.number().int().min(min).max(max).default(fallback));
const seconds = (fallback: number, min: number, max: number) =>
  optional(z.coerce.number().min(min).max(max).default(fallback));

const url = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    message: `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });

const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const publicUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, pathname, search, hash } = new URL(text);
    const isSafe =
      protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.includes(hostname));
    return isSafe && pathname === '/' && search === '' && hash === '';
  },
  {
    message:
      'must be the https:// address of the service without a path (http:// on this machine only)',
  },
);

/** Every variable the service reads; `.env.example` explains each in a sentence. */
const ENVIRONMENT = z.object({
  NODE_ENV: optional(z.enum(['production', 'development', 'test']).default('production')),
  DATABASE_URL: optional(url('postgres:', 'postgresql:')),
  MIGRATION_DATABASE_URL: optional(url('postgres:', 'postgresql:').optional()),
  DATABASE_URL_FILE: optional(z.string().optional()),
  REDIS_URL: optional(url('redis:', 'rediss:').optional()),
  REDIS_URL_FILE: optional(z.string().optional()),
  HOST: optional(z.string().default('127.0.0.1')),
  PORT: whole(3000, 0, 65535),
  HSTS_SECONDS: whole(31_536_000, 0, 63_072_000),
  WORKER_PORT: optional(z.coerce.number().int().min(0).max(65535).optional()),
  LOG_LEVEL: optional(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  UPLOAD_MAX_BYTES: whole(1_073_741_824, 1, Number.MAX_SAFE_INTEGER),
  HEADERS_SECONDS: seconds(15, 0.1, 300),
  BODY_SECONDS: seconds(30, 0.1, 600),
  COMPUTATION_BATCH_PARTICIPANTS: whole(1_000, 1, 100_000),
  COMPUTATION_LEASE_SECONDS: seconds(60, 1, 3_600),
  SILENT_TRANSACTION_SECONDS: seconds(60, 1, 3_600),
  RELAY_SECONDS: seconds(0.5, 0.01, 60),
  SWEEP_SECONDS: seconds(15, 0.05, 3_600),
  SHUTDOWN_SECONDS: seconds(20, 1, 300),
  PUBLIC_URL: optional(publicUrl.optional()),
  TRUSTED_PROXIES: optional(z.string().optional()),
  UNENCRYPTED_HOSTS: optional(z.string().optional()),
  PROVIDER_HOSTS: optional(z.string().optional()),
  PROVIDER_HOSTS_INSIDE: optional(z.string().optional()),
  NODE_TLS_REJECT_UNAUTHORIZED: optional(z.string().optional()),
  CALLS_PER_MINUTE: whole(3_000, 1, 10_000_000),
  OUTTURN_SECRET_KEY: optional(z.string().optional()),
  OUTTURN_SECRET_KEY_FILE: optional(z.string().optional()),
  OUTTURN_MATCH_KEY: optional(z.string().optional()),
  OUTTURN_MATCH_KEY_FILE: optional(z.string().optional()),
  SESSION_IDLE_MINUTES: whole(30, 1, 24 * 60),
  SESSION_HOURS: whole(12, 1, 7 * 24),
  ERASURES_FILE: optional(z.string().optional()),
  LOG_ORIGIN: optional(z.string().optional()),
  LOG_SIGNING_KEY_FILE: optional(z.string().optional()),
  LOG_SEAL_SECONDS: seconds(1, 0.01, 3_600),
  LOG_PROMISE_SECONDS: whole(60, 30, 86_400),
  LOG_WITNESSES: optional(z.string().optional()),
  LETTERS_DIR: optional(z.string().optional()),
  LETTERS_FROM: optional(z.string().default(LOCAL_SENDER)),
  SMTP_URL: optional(z.string().optional()),
  SMTP_URL_FILE: optional(z.string().optional()),
  SMTP_SECONDS: seconds(30, 0.1, 300),
});

/** URLs that hold a password, and may stand in a file instead. */
const SECRET_URLS = ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'];

/** The configuration, read once before anything else; nothing else in the code reads the environment. */
export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  /** As the login of the service, which owns nothing. */
  readonly databaseUrl: string;
  /** As the owner of the tables, for migrations only; the same as databaseUrl where it is not set. */
  readonly migrationDatabaseUrl: string;
  /** null keeps the queue in PostgreSQL, in a schema of its own. */
  readonly redisUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** How long browsers are told to use HTTPS only; 0 says nothing. */
  readonly hstsSeconds: number;
  /** Where a worker serves its health and metrics; null when it does not. */
  readonly workerPort: number | null;
  readonly logLevel: string;
  readonly uploadMaxBytes: number;
  /** How long the headers of a request may take to arrive. */
  readonly headersSeconds: number;
  /** How long a body may take to arrive; of an upload, the time between any two pieces. */
  readonly bodySeconds: number;
  readonly computation: { readonly batchParticipants: number; readonly leaseSeconds: number };
  /**
   * After how long PostgreSQL ends a transaction that writes and says nothing more: whoever hangs (a stopped process keeps
   * its connection, and the rows it locked) holds the others up for so long and no longer.
   */
  readonly silentTransactionSeconds: number;
  readonly relaySeconds: number;
  readonly sweepSeconds: number;
  readonly shutdownSeconds: number;
  /** Where browsers reach the service: the origin of passkeys, of links in letters and of the way back from a provider. */
  readonly publicUrl: string;
  readonly network: NetworkSettings;
  /** NODE_TLS_REJECT_UNAUTHORIZED as it is set; Node itself reads it. */
  readonly tlsCheck: string | undefined;
  /** How many requests one person may make within a minute with keys, and as many again with browsers. */
  readonly callsPerMinute: number;
  readonly secretKeys: SecretKeys;
  /** The keys of match tokens, apart from those of the service; none where no contract makes tokens. */
  readonly matchKeys: SecretKeys;
  readonly session: { readonly idleMinutes: number; readonly hours: number };
  /** The file, outside the database and its backups, in which erasures are written down; null where it is not kept. */
  readonly erasuresFile: string | null;
  readonly log: LogSettings;
  /** Where letters go, and whom they are from; null where none are sent. */
  readonly letters: LettersSettings | null;
}

/** Thrown at start when the environment cannot be used. It names variables and never shows a value. */
export class ConfigurationRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationRefused';
  }
}

/** Reads and checks the environment; every fault is reported at once. In production no connection goes unencrypted unsaid. */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const { values, faults: unread } = withFiles(environment, SECRET_URLS);
  if (unread.length > 0) throw new ConfigurationRefused(unread);
  const parsed = ENVIRONMENT.safeParse(values);
  if (!parsed.success) throw new ConfigurationRefused(parsed.error.issues.map(faultOf));
  const read = parsed.data;
  const { keys, faults } = readSecretKeys({
    text: read.OUTTURN_SECRET_KEY,
    file: read.OUTTURN_SECRET_KEY_FILE,
  });
  const match = readSecretKeys({
    text: read.OUTTURN_MATCH_KEY,
    file: read.OUTTURN_MATCH_KEY_FILE,
    variable: 'OUTTURN_MATCH_KEY',
  });
  const log = readLogSettings(read);
  const network = readNetworkSettings(read);
  const letters = readLettersSettings(read, network.settings);
  const allFaults = [faults, match.faults, log.faults, network.faults, letters.faults].flat();
  if (allFaults.length > 0) throw new ConfigurationRefused(allFaults);
  const config = Object.freeze({
    environment: read.NODE_ENV,
    databaseUrl: read.DATABASE_URL,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL ?? read.DATABASE_URL,
    redisUrl: read.REDIS_URL ?? null,
    host: read.HOST,
    port: read.PORT,
    hstsSeconds: read.HSTS_SECONDS,
    workerPort: read.WORKER_PORT ?? null,
    logLevel: read.LOG_LEVEL,
    uploadMaxBytes: read.UPLOAD_MAX_BYTES,
    headersSeconds: read.HEADERS_SECONDS,
    bodySeconds: read.BODY_SECONDS,
    computation: Object.freeze({
      batchParticipants: read.COMPUTATION_BATCH_PARTICIPANTS,
      leaseSeconds: read.COMPUTATION_LEASE_SECONDS,
    }),
    silentTransactionSeconds: read.SILENT_TRANSACTION_SECONDS,
    relaySeconds: read.RELAY_SECONDS,
    sweepSeconds: read.SWEEP_SECONDS,
    shutdownSeconds: read.SHUTDOWN_SECONDS,
    publicUrl: new URL(read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).origin,
    network: network.settings,
    tlsCheck: read.NODE_TLS_REJECT_UNAUTHORIZED,
    callsPerMinute: read.CALLS_PER_MINUTE,
    secretKeys: keys,
    matchKeys: match.keys,
    log: log.settings,
    session: Object.freeze({ idleMinutes: read.SESSION_IDLE_MINUTES, hours: read.SESSION_HOURS }),
    erasuresFile: read.ERASURES_FILE ?? null,
    letters: letters.settings,
  });
  const unencrypted = config.environment === 'production' ? unencryptedFaults(config) : [];
  if (unencrypted.length > 0) throw new ConfigurationRefused(unencrypted);
  return config;
}

/**
 * As loadConfig, for what serves people: in production it needs a secret key and a log of its own, no password that everybody
 * tries first, and behind HTTPS the proxies that it believes. Refuses ConfigurationRefused. */
export function loadServiceConfig(environment: NodeJS.ProcessEnv): Config {
  const config = loadConfig(environment);
  if (config.environment !== 'production') return config;
  const faults = [
    faultInProduction(config.secretKeys),
    defaultPasswordFault('DATABASE_URL', config.databaseUrl),
    defaultPasswordFault('REDIS_URL', config.redisUrl),
    ...lettersFaultsInProduction(config.letters),
    ...logFaultsInProduction(config.log),
    proxyFaultInProduction(config),
  ].filter((fault) => fault !== null);
  if (faults.length > 0) throw new ConfigurationRefused(faults);
  return config;
}

function faultOf(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  if (issue.code === 'invalid_type' && issue.expected === 'string') return `${name} is not set`;
  if (issue.code === 'too_small') return `${name} must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `${name} must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `${name} must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type') return `${name} must be a whole number or number of seconds`;
  return `${name} ${issue.message}`;
}
