import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { DemoDatabase } from './local-database.js';

/** Where the demo's API answers. */
export interface ServingAddress {
  readonly port: number;
  readonly url: string;
}

const USUAL_PORT = 3000;

/** PORT where it is set, else 3000, else a port that is free. */
export async function servingAddress(
  environment: NodeJS.ProcessEnv,
  database: DemoDatabase,
): Promise<ServingAddress> {
  const wanted = Number(environment['PORT'] || USUAL_PORT);
  const host = environment['HOST'] || '127.0.0.1';
  const port = wanted > 0 && (await isFree(wanted, host)) ? wanted : await database.freePort();
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return { port, url: `http://${shown}:${port}` };
}

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)));
    server.listen(port, host);
  });

/** Waits until the API says that it, its database and its queue are ready. */
export async function waitUntilReady(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
}
