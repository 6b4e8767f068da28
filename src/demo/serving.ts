import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildService } from './child-service.js';
import { ProcessEnded } from './process-ended.js';

/** The demo's API once it listens. */
export interface Serving {
  readonly url: string;
  readonly api: ChildService;
}

const USUAL_PORT = 3000;
const ANY_PORT = 0;
const LOOK_AGAIN_MS = 100;

/**
 * Starts the API on PORT where it is set, else on 3000; and where somebody else has that port, or takes it before we do,
 * on any that is free. Refuses ProcessEnded.
 */
export async function startServing(
  environment: NodeJS.ProcessEnv,
  stopping: AbortSignal,
  start: (port: number) => ChildService,
): Promise<Serving> {
  const wanted = Number(environment['PORT'] || USUAL_PORT);
  const isFree = wanted !== ANY_PORT && (await mayListen(wanted, environment['HOST']));
  let ended = '';
  for (const tried of isFree ? [wanted, ANY_PORT] : [ANY_PORT]) {
    // the service must know its own address before it listens: cookies and passkeys are bound to it
    const port = tried === ANY_PORT ? await freePort() : tried;
    const api = start(port);
    const given = new AbortController();
    const url = await Promise.race([
      listening(api, AbortSignal.any([given.signal, stopping])),
      api.died.then((why) => ((ended = why), null)),
    ]);
    if (url !== null) return { url, api };
    given.abort();
  }
  throw new ProcessEnded(ended);
}

/** A port of the loopback interface that nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(ANY_PORT, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const mayListen = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)));
    server.listen(port, host);
  });

/** Where this very process says that it listens; another one may answer at the address that we had in mind. */
async function listening({ pid, logFile }: ChildService, giveUp: AbortSignal): Promise<string> {
  for (;;) {
    const own = (await readFile(logFile, 'utf8'))
      .split('\n')
      .filter((line) => line.includes(`"pid":${pid},`));
    for (const line of own) {
      const address = /listening on (http:[^"\s]+)/.exec(line)?.[1];
      if (address !== undefined) return address.replace(/\/\/(0\.0\.0\.0|\[::1?\])/, '//127.0.0.1');
    }
    await pause(LOOK_AGAIN_MS, undefined, { signal: giveUp });
  }
}

/** Waits until the API says that it, its database and its queue are ready. */
export async function waitUntilReady(url: string, stopping: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(LOOK_AGAIN_MS, undefined, { signal: stopping });
  }
}
