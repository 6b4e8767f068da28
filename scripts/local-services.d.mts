// The types of local-services.mjs, for the demo and the bench. At run time the compiled program is in dist/src, so it
// imports the launcher by its path from the project's folder:
//   const launcher: typeof import('../scripts/local-services.mjs') =
//     await import(new URL('../../scripts/local-services.mjs', import.meta.url).href);

/** How a private PostgreSQL is to run. */
export interface PostgresOptions {
  /** The folder for its data, log and password; made if it is not there. */
  readonly dir: string;
  /** False switches fsync off: for data that is thrown away. True unless said otherwise. */
  readonly durable?: boolean;
  /** The database that `url` leads to; made if it is not there. `outturn` unless said otherwise. */
  readonly database?: string;
  /** Server settings (postgresql.conf names) on top of the launcher's own; ignored when a running server is joined. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** A PostgreSQL that runs. */
export interface RunningPostgres {
  readonly pid: number;
  readonly port: number;
  /** True if it was running already: left by a run that was killed, or used by another run of the same folder. */
  readonly adopted: boolean;
  /** Connection string of the database asked for, as the owner of what is in it. */
  readonly url: string;
  /** The same as the login of the service, which owns nothing; migrating lets it in. */
  readonly serviceUrl: string;
  /** Connection string of the maintenance database. */
  readonly admin: string;
  /** Stops the server, unless another live process still uses it. */
  stop(): Promise<void>;
}

/** A Redis that runs and keeps nothing on disk. */
export interface RunningRedis {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** A local service could not be started; the message says why and names the remedy. */
export class LocalServiceFailure extends Error {}

/** The folder for data: LOCAL_SERVICES_DIR, else `.local` in the project. */
export function servicesDir(): string;

/** Starts PostgreSQL in a folder, or joins the one that runs there. */
export function startPostgres(options: PostgresOptions): Promise<RunningPostgres>;

/** Stops the PostgreSQL of a folder, whoever started it. */
export function stopPostgres(dir: string): Promise<void>;

/** The process of the PostgreSQL that runs in a folder, if one does. */
export function postgresPid(dir: string): number | undefined;

/** Whether a connection string leads to the database of a folder, whatever port it has or had. */
export function isPostgresOf(dir: string, url: string): boolean;

/** True if a live process has PostgreSQL of this folder in use. */
export function isUsed(dir: string): boolean;

/** Takes a place that one live process has at a time; gives how to let go of it, or the process that has it. */
export function takePlace(lock: string): (() => void) | number;

/** True while a process runs. */
export function isAlive(pid: number): boolean;

/** Starts a private Redis; undefined if no redis-server is on PATH. */
export function startRedis(): Promise<RunningRedis | undefined>;

/** The file with the key that protects secrets in the database of a folder; made if it is not there. */
export function secretKeyFile(dir: string): string;

/** The environment with a key: its own where it has one, else that of the folder. */
export function withSecretKey(environment: NodeJS.ProcessEnv, dir: string): NodeJS.ProcessEnv;

/** The name of a log that is only for this machine. */
export const LOCAL_LOG_ORIGIN: string;

/** The file with the key that signs the audit log of a folder's database; made if it is not there. */
export function logKeyFile(dir: string): string;

/** The environment with a log: its own key and name where it has them, else those of the folder. */
export function withLogKey(environment: NodeJS.ProcessEnv, dir: string): NodeJS.ProcessEnv;

/** A port of the loopback interface that nothing listens on at this moment. */
export function freePort(): Promise<number>;
