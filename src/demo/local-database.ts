import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Launcher from '../../scripts/local-services.mjs';
import { DomainError } from '../domain/shared/domain-error.js';
import { projectFile } from './expected-totals.js';
import { takeFolder } from './one-at-a-time.js';

const LOOK_AGAIN_MS = 1_000;

/** Thrown when the private PostgreSQL cannot be started; the launcher says why and what helps. */
export class LocalDatabaseUnavailable extends DomainError {
  constructor(detail: string) {
    super({ code: 'LOCAL_DATABASE_UNAVAILABLE', kind: 'unavailable', detail });
  }
}

/** Thrown where only the service is, as in its image: the examples stay in the project. */
export class ExamplesMissing extends DomainError {
  constructor() {
    super({
      code: 'EXAMPLES_MISSING',
      kind: 'not-found',
      detail: 'The examples are not here: run `npm run demo` in a copy of the project.',
    });
  }
}

/** The database that the demo works on, and how to let go of it. */
export interface DemoDatabase {
  /** As the login of the service. */
  readonly url: string;
  /** As the owner of the tables, to migrate. */
  readonly ownerUrl: string;
  /** Whether it is the demo's own, and goes when its folder goes. */
  readonly isPrivate: boolean;
  /** Where the demo keeps its logs and the keys of its people. */
  readonly folder: string;
  /** Held by the one demo that runs on it. */
  readonly lockFile: string;
  readonly keysFile: string;
  /** What its people sign in with at a browser. */
  readonly signInsFile: string;
  /** Where the key that protects secrets in the database is kept. */
  readonly secretKeyFile: string;
  /** Where the key that signs the audit log is kept, and which log it is. */
  readonly logKeyFile: string;
  readonly logOrigin: string;
  /** "PostgreSQL 127.0.0.1:40123, private, data in ...". */
  readonly inWords: string;
  /** Resolves with a sentence if the demo's own server ends before it is stopped. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

type DemoFiles = Pick<
  DemoDatabase,
  'folder' | 'lockFile' | 'keysFile' | 'signInsFile' | 'secretKeyFile' | 'logKeyFile' | 'logOrigin'
>;

/** Where the demo keeps what it keeps: for each database that DATABASE_URL may name, and for its own. */
export async function demoFiles(environment: NodeJS.ProcessEnv): Promise<DemoFiles> {
  const launcher = await launcherOf();
  const folder = launcher.servicesDir();
  const mark = markOf(launcher, folder, environment['DATABASE_URL']);
  return {
    folder,
    lockFile: join(folder, `demo${mark}.lock`),
    keysFile: join(folder, `demo-keys${mark}.json`),
    signInsFile: join(folder, `demo-sign-ins${mark}.json`),
    secretKeyFile: launcher.secretKeyFile(folder),
    logKeyFile: launcher.logKeyFile(folder),
    logOrigin: launcher.LOCAL_LOG_ORIGIN,
  };
}

/**
 * Sets apart what belongs to a database that was given. Empty for the demo's own, which `services run` gives by its name of
 * that moment.
 */
function markOf({ isPostgresOf }: typeof Launcher, folder: string, given: string | undefined) {
  if (!given || isPostgresOf(folder, given)) return '';
  return `-${createHash('sha256').update(given).digest('hex').slice(0, 8)}`;
}

async function launcherOf(): Promise<typeof Launcher> {
  const launcherFile = projectFile('scripts/local-services.mjs');
  if (!existsSync(launcherFile)) throw new ExamplesMissing();
  return (await import(launcherFile.href)) as typeof Launcher;
}

/**
 * DATABASE_URL where it is set, otherwise a private PostgreSQL from npm's own binaries in a folder that git ignores. One demo
 * has it at a time. Refuses DemoAlreadyRunning.
 */
export async function openDemoDatabase(environment: NodeJS.ProcessEnv): Promise<DemoDatabase> {
  const launcher = await launcherOf();
  const files = await demoFiles(environment);
  const given = environment['DATABASE_URL'];
  if (given) {
    const { host, pathname } = new URL(given);
    const leave = takeFolder(launcher, files);
    return {
      url: given,
      isPrivate: false,
      ...files,
      ownerUrl: environment['MIGRATION_DATABASE_URL'] || given,
      inWords: `PostgreSQL ${host}${pathname} (from DATABASE_URL)`,
      died: new Promise(() => undefined), // somebody else's: it may come back
      stop: async () => leave(),
    };
  }
  const server = await launcher.startPostgres({ dir: files.folder }).catch((error: unknown) => {
    if (error instanceof launcher.LocalServiceFailure)
      throw new LocalDatabaseUnavailable(error.message);
    throw error;
  });
  try {
    const leave = takeFolder(launcher, files);
    const watch = watchServer(launcher, server.pid);
    return {
      url: server.serviceUrl,
      isPrivate: true,
      ownerUrl: server.url,
      ...files,
      inWords: `PostgreSQL on port ${server.port}, private, data in ${files.folder}`,
      died: watch.died,
      stop: async () => {
        watch.end();
        leave();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop(); // whoever else uses it keeps it
    throw error;
  }
}

/** Looks whether the server still runs; it may be the child of another run. */
function watchServer(
  { isAlive }: typeof Launcher,
  pid: number,
): { readonly died: Promise<string>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const died = new Promise<string>((resolve) => {
    timer = setInterval(() => {
      if (!isAlive(pid)) resolve(`PostgreSQL (process ${pid}) ended unexpectedly.`);
    }, LOOK_AGAIN_MS);
  });
  return { died, end: () => clearInterval(timer) };
}
