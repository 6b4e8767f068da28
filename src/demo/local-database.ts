import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Launcher from '../../scripts/local-services.mjs';
import { DomainError } from '../domain/shared/domain-error.js';
import { projectFile } from './expected-totals.js';

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
      kind: 'unavailable',
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
  /** Where the demo keeps its logs and the keys of its people. */
  readonly folder: string;
  readonly keysFile: string;
  /** "PostgreSQL 127.0.0.1:40123, private, data in ...". */
  readonly inWords: string;
  stop(): Promise<void>;
}

/** DATABASE_URL where it is set, otherwise a private PostgreSQL from npm's own binaries in a folder that git ignores. */
export async function openDemoDatabase(environment: NodeJS.ProcessEnv): Promise<DemoDatabase> {
  const launcherFile = projectFile('scripts/local-services.mjs');
  if (!existsSync(launcherFile)) throw new ExamplesMissing();
  const launcher = (await import(launcherFile.href)) as typeof Launcher;
  const folder = launcher.servicesDir();
  const given = environment['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    const { host, pathname } = new URL(given);
    const mark = createHash('sha256').update(given).digest('hex').slice(0, 8);
    return {
      url: given,
      ownerUrl: environment['MIGRATION_DATABASE_URL'] || given,
      folder,
      keysFile: join(folder, `demo-keys-${mark}.json`),
      inWords: `PostgreSQL ${host}${pathname} (from DATABASE_URL)`,
      stop: async () => undefined,
    };
  }
  const server = await launcher.startPostgres({ dir: folder }).catch((error: unknown) => {
    if (error instanceof launcher.LocalServiceFailure)
      throw new LocalDatabaseUnavailable(error.message);
    throw error;
  });
  return {
    url: server.serviceUrl,
    ownerUrl: server.url,
    folder,
    keysFile: join(folder, 'demo-keys.json'),
    inWords: `PostgreSQL on port ${server.port}, private, data in ${folder}`,
    stop: () => server.stop(),
  };
}
