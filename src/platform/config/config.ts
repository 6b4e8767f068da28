import { z } from 'zod';

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

/** Every variable the service reads; `.env.example` explains each in a sentence. */
const ENVIRONMENT = z.object({
  NODE_ENV: optional(z.enum(['production', 'development', 'test']).default('production')),
  DATABASE_URL: optional(url('postgres:', 'postgresql:')),
  MIGRATION_DATABASE_URL: optional(url('postgres:', 'postgresql:').optional()),
  REDIS_URL: optional(url('redis:', 'rediss:').optional()),
  HOST: optional(z.string().default('127.0.0.1')),
  PORT: whole(3000, 0, 65535),
  WORKER_PORT: optional(z.coerce.number().int().min(0).max(65535).optional()),
  LOG_LEVEL: optional(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  UPLOAD_MAX_BYTES: whole(1_073_741_824, 1, Number.MAX_SAFE_INTEGER),
  COMPUTATION_BATCH_PARTICIPANTS: whole(1_000, 1, 100_000),
  COMPUTATION_LEASE_SECONDS: seconds(60, 1, 3_600),
  RELAY_SECONDS: seconds(0.5, 0.01, 60),
  SWEEP_SECONDS: seconds(15, 0.05, 3_600),
  SHUTDOWN_SECONDS: seconds(20, 1, 300),
});

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
  /** Where a worker serves its health and metrics; null when it does not. */
  readonly workerPort: number | null;
  readonly logLevel: string;
  readonly uploadMaxBytes: number;
  readonly computation: { readonly batchParticipants: number; readonly leaseSeconds: number };
  readonly relaySeconds: number;
  readonly sweepSeconds: number;
  readonly shutdownSeconds: number;
}

/** Thrown at start when the environment cannot be used. It names variables and never shows a value. */
export class ConfigurationRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationRefused';
  }
}

/** Reads and checks the environment; every fault is reported at once. */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = ENVIRONMENT.safeParse(environment);
  if (!parsed.success) throw new ConfigurationRefused(parsed.error.issues.map(faultOf));
  const read = parsed.data;
  return Object.freeze({
    environment: read.NODE_ENV,
    databaseUrl: read.DATABASE_URL,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL ?? read.DATABASE_URL,
    redisUrl: read.REDIS_URL ?? null,
    host: read.HOST,
    port: read.PORT,
    workerPort: read.WORKER_PORT ?? null,
    logLevel: read.LOG_LEVEL,
    uploadMaxBytes: read.UPLOAD_MAX_BYTES,
    computation: Object.freeze({
      batchParticipants: read.COMPUTATION_BATCH_PARTICIPANTS,
      leaseSeconds: read.COMPUTATION_LEASE_SECONDS,
    }),
    relaySeconds: read.RELAY_SECONDS,
    sweepSeconds: read.SWEEP_SECONDS,
    shutdownSeconds: read.SHUTDOWN_SECONDS,
  });
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
