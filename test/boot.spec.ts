// The compiled program under Node's own module loader: Jest runs a CommonJS copy of the source, so only this shows that
// what is shipped starts, answers and stops.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../src/platform/database/migrate.js';
import { waitUntil } from './support/harness.js';

const root = path.resolve(__dirname, '..');
const SHUTDOWN_SECONDS = 5;

interface Running {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** How it ended, once it has and all that it said has been read. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
}

function start(program: string, environment: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [path.join(root, 'dist/src', program)], {
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  let hasEnded = false;
  const ended = new Promise<string>((resolve) =>
    child.once('close', (code, signal) => {
      hasEnded = true;
      resolve(signal ?? `status ${code}`);
    }),
  );
  return { process: child, output: () => output, ended, hasEnded: () => hasEnded };
}

/** Waits for a text in the output; fails with all of the output if the process ends first. */
const said = (running: Running, pattern: RegExp): Promise<RegExpExecArray> =>
  waitUntil(`the program says ${pattern}`, async () => {
    const found = pattern.exec(running.output());
    if (!found && running.hasEnded()) throw new Error(`The program ended: ${running.output()}`);
    return found;
  });

const EMPTY = `outturn_empty_${process.env['JEST_WORKER_ID'] ?? 1}`;

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['TEST_ADMIN_URL'] });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** A database without a table: as its owner, and as the login of the service, which every database of the server knows. */
async function emptyDatabase(): Promise<{ owner: string; service: string }> {
  await asAdmin(`drop database if exists ${EMPTY} with (force)`, `create database ${EMPTY}`);
  const owner = new URL(process.env['TEST_ADMIN_URL']!);
  const service = new URL(process.env['DATABASE_URL']!);
  owner.pathname = service.pathname = EMPTY;
  return { owner: owner.href, service: service.href };
}

/** Takes connections and says nothing, as a server behind a broken network does. */
async function silentServer(): Promise<{
  port: number;
  isAsked: () => boolean;
  close: () => void;
}> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return { port, isAsked: () => sockets.size > 0, close };
}

/** From the line that says something to the last, by the clock of the program: not how soon it was scheduled, or read. */
function lastedMs(output: string, first: string): number {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  const at = (line: string) => Date.parse((JSON.parse(line) as { time: string }).time);
  return at(lines.at(-1)!) - at(lines.find((line) => line.includes(first))!);
}

function refsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : refsIn(value),
  );
}

const at = (document: unknown, ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);

describe('the compiled program', () => {
  const running: Running[] = [];

  beforeAll(() => {
    execFileSync(process.execPath, [path.join(root, 'scripts/build-when-changed.mjs')], {
      cwd: root,
      encoding: 'utf8',
    });
  }, 120_000);
  afterEach(() => {
    for (const each of running.splice(0)) each.process.kill('SIGKILL');
  });
  afterAll(() => asAdmin(`drop database if exists ${EMPTY} with (force)`));

  const boot = (program: string, environment: NodeJS.ProcessEnv = {}): Running => {
    const started = start(program, {
      PORT: '0',
      SHUTDOWN_SECONDS: String(SHUTDOWN_SECONDS),
      ...environment,
    });
    running.push(started);
    return started;
  };

  async function expectStop(each: Running): Promise<void> {
    each.process.kill('SIGTERM');
    expect(await each.ended).toBe('status 0'); // 1 where its own clock says that the deadline is over
    expect(each.output()).toContain('Stopping on SIGTERM');
    expect(each.output()).toContain(`"withinSeconds":${SHUTDOWN_SECONDS}`);
  }

  it('serves the API and its documentation, and stops on SIGTERM within the deadline', async () => {
    const api = boot('main.js');
    const [, origin] = await said(api, /listening on (http:\/\/[^\s"]+)/);

    const answer = await fetch(`${origin}/v1/openapi.json`);
    expect(answer.status).toBe(200);
    const document = (await answer.json()) as { openapi: string; paths: object };
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/v1/contracts',
        '/v1/contracts/{code}/claims',
        '/v1/contracts/{code}/computations',
        '/v1/contracts/{code}/imports/measurements',
        '/v1/contracts/{code}/statements/{period}',
        '/v1/jobs/{id}/events',
        '/v1/lines/{reference}',
      ]),
    );
    const refs = [...new Set(refsIn(document))];
    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter((ref) => !ref.startsWith('#/') || at(document, ref) === undefined)).toEqual(
      [],
    );

    const page = await fetch(`${origin}/docs`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toMatch(/(?:src|href)="https?:/); // from this server's own files only
    const scripts = [...html.matchAll(/(?:src|href)="(\.?\/[^"]+\.(?:js|css))"/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, asset] of scripts)
      expect((await fetch(new URL(asset!, `${origin}/docs`))).status).toBe(200);

    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    await expectStop(api);
  }, 60_000);

  it('runs the worker, which stops on SIGTERM within the deadline', async () => {
    const worker = boot('worker.js');
    await said(worker, /Taking jobs from/);
    await expectStop(worker);
  }, 60_000);

  it.each(['main.js', 'worker.js'])(
    'stops %s in time on a database that was never migrated, with the queue in it',
    async (program) => {
      const { service } = await emptyDatabase();
      const started = boot(program, { DATABASE_URL: service, REDIS_URL: '' });
      await said(started, /listening on|worker is running/);
      await pause(2_000); // it has asked for the queue more than once
      await expectStop(started);
      expect(started.output().length).toBeLessThan(20_000); // and has not said so a thousand times
    },
    60_000,
  );

  it('lets the worker wait for the migrations, and take jobs as soon as they are there', async () => {
    const { owner, service } = await emptyDatabase();
    const worker = boot('worker.js', { DATABASE_URL: service, REDIS_URL: '' });
    await said(worker, /DATABASE_NOT_MIGRATED.*Waiting until it is back/);
    expect(worker.output()).not.toContain('Taking jobs from');
    await migrate(owner, service);
    await said(worker, /Taking jobs from PostgreSQL/);
    await expectStop(worker);
  }, 60_000);

  it.each(['main.js', 'worker.js'])(
    'stops %s in time while it waits for a database that takes connections and says nothing',
    async (program) => {
      const silent = await silentServer();
      const address = new URL(process.env['DATABASE_URL']!);
      address.port = String(silent.port);
      // where erasures are kept it does not start before the database has told whether it forgot any
      const receipts = path.join(mkdtempSync(path.join(tmpdir(), 'outturn-boot-')), 'erasures');
      const started = boot(program, {
        DATABASE_URL: address.href,
        REDIS_URL: '',
        ERASURES_FILE: receipts,
      });
      await waitUntil('it asks the database', async () => silent.isAsked() || null);
      started.process.kill('SIGTERM');
      expect(await started.ended).toMatch(/^status [01]$/);
      expect(started.output()).toContain('Stopping on SIGTERM');
      expect(started.output()).toMatch(/"msg":"(Stopped|It cannot start|It did not stop [^"]*)"/);
      expect(lastedMs(started.output(), 'Stopping on SIGTERM')).toBeLessThan(
        SHUTDOWN_SECONDS * 1000 + 1_000,
      );
      silent.close();
    },
    60_000,
  );

  it('refuses to start without its configuration, naming the variable', async () => {
    const api = boot('main.js', { DATABASE_URL: '' });
    expect(await api.ended).toBe('status 2');
    expect(api.output()).toContain('DATABASE_URL is not set');
  }, 60_000);

  it.each(['main.js', 'worker.js'])(
    'refuses to start %s with a signing key that it cannot read',
    async (program) => {
      const LOG_SIGNING_KEY_FILE = path.join(root, 'no-such-key.pem');
      const refused = boot(program, { LOG_SIGNING_KEY_FILE });
      expect(await refused.ended).toBe('status 1');
      expect(refused.output()).toContain('LOG_SIGNING_KEY_MISSING');
      expect(refused.output()).not.toContain('no-such-key');
    },
    60_000,
  );
});
