import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The demo as a stranger starts it: the compiled program, on a private PostgreSQL of its own in a new folder. */
const ROOT = resolve(__dirname, '../..');
const CLI = join(ROOT, 'dist/src/cli.js');
const EXPECTED = [
  'worcestershire-loneliness',
  'worcestershire-stronger-families',
  'reboot-west',
].map(
  (code) =>
    JSON.parse(readFileSync(join(ROOT, 'examples/contracts', code, 'expected.json'), 'utf8')) as {
      total: string;
    },
);

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ status: number | null; out: string }>;
  /** Resolves once the output has the text. */
  says(text: string): Promise<void>;
}

function start(folder: string, ...options: string[]): Started {
  return startProgram(folder, {}, CLI, 'demo', ...options);
}

function startProgram(folder: string, settings: NodeJS.ProcessEnv, ...words: string[]): Started {
  const {
    DATABASE_URL: _,
    REDIS_URL: __,
    NODE_ENV: ___,
    LOG_LEVEL: ____,
    ...environment
  } = process.env;
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...environment, LOCAL_SERVICES_DIR: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += text));
  const ended = new Promise<{ status: number | null; out: string }>((done) => {
    child.once('close', (status) => done({ status, out }));
  });
  const says = async (text: string) => {
    while (!out.includes(text)) {
      if (child.exitCode !== null) throw new Error(`The demo ended: ${out}`);
      await pause(50);
    }
  };
  return { child, ended, says };
}

/** Somebody else's server on the demo's usual port. */
const occupy = (port: number): Promise<Server | null> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(null)).listen(port, '127.0.0.1', () => done(server));
  });

describe('the demo', () => {
  let folder: string;
  let occupied: Server | null;

  beforeAll(async () => {
    expect(existsSync(CLI)).toBe(true); // npm test builds first
    folder = mkdtempSync(join(tmpdir(), 'outturn-demo-'));
    chmodSync(folder, 0o755);
    occupied = await occupy(3000);
  });
  afterAll(() => {
    occupied?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const running: ChildProcess[] = [];
  const begin = (...options: string[]): Started => {
    const started = start(folder, ...options);
    running.push(started.child);
    return started;
  };
  afterEach(() => running.splice(0).forEach((child) => child.kill('SIGTERM')));

  it('goes on after a kill -9, and every expected total comes out to the penny', async () => {
    const killed = begin();
    await killed.says('Worker and API are starting');
    await pause(2_500);
    killed.child.kill('SIGKILL');
    await killed.ended;

    const { status, out } = await begin('--exit').ended;
    expect(out).not.toContain('DIFFERS');
    for (const { total } of EXPECTED)
      expect(out).toContain(
        `£${Number(total).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`,
      );
    expect(out.match(/agrees: /g)!.length).toBeGreaterThanOrEqual(4);
    expect(out).toContain('are as they were written');
    expect(status).toBe(0);
    // what README shows of it is there to be asked for
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [, line, sentence] = /outturn explain (\S+)\n([\s\S]+?)\n```/.exec(readme)!;
    expect(out).toContain(`${sentence!.replaceAll('\n', ' ')}\n\n  Line        ${line!} (`);
    const [, entries] = /worcestershire-loneliness: all (\d+) entries/.exec(out)!;
    for (const [, entry] of readme.matchAll(/worcestershire-loneliness (?:--entry )?(\d+) /g))
      expect(Number(entry)).toBeLessThanOrEqual(Number(entries));
    for (const kept of ['demo-keys.json', 'demo-sign-ins.json'])
      expect(statSync(join(folder, kept)).mode & 0o777).toBe(0o600);
    expect(out).toMatch(/^Browser +http:\/\/localhost:\d+\/sign-in$/m);
    const asked = await begin('--code', 'council@loneliness.example').ended;
    expect(asked).toMatchObject({ status: 0, out: expect.stringMatching(/^\d{6}\n$/) });
  }, 180_000);

  it('shows a code beside `services run` as well, and says whose database it asked where it knows nobody', async () => {
    const ask = [CLI, 'demo', '--code', 'council@loneliness.example'];
    const launcher = join(ROOT, 'scripts/local-services.mjs');
    const beside = [launcher, 'run', '--', process.execPath, ...ask];
    const shown = await startProgram(folder, {}, ...beside).ended;
    expect(shown).toMatchObject({ status: 0, out: expect.stringMatching(/^\d{6}$/m) });

    const DATABASE_URL = 'postgres://somebody:else@127.0.0.1:1/outturn';
    const elsewhere = await startProgram(folder, { DATABASE_URL }, ...ask).ended;
    expect(elsewhere.status).toBe(1);
    expect(elsewhere.out).toContain('on the database that DATABASE_URL names');
  }, 60_000);

  it('serves again at once on the data that is there, and stops everything on Ctrl-C', async () => {
    const begun = performance.now();
    const second = begin();
    await second.says('until Ctrl-C');
    expect(performance.now() - begun).toBeLessThan(40_000); // under ten on a machine that does nothing else
    second.child.kill('SIGINT');
    const { status, out } = await second.ended;
    expect(status).toBe(0);
    const address = /Serving at (\S+) until/.exec(out)![1]!;
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
    expect(existsSync(join(folder, 'pg/postmaster.pid'))).toBe(false);
  }, 90_000);

  it('says at once that another demo runs in the folder, which goes on undisturbed', async () => {
    const first = begin();
    await first.says('Worker and API are starting');
    const begun = performance.now();
    const { status, out } = await begin('--exit').ended;
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(status).toBe(1);
    expect(out).toContain(
      `Another demo is already running in this folder (process ${first.child.pid},`,
    );
    await first.says('until Ctrl-C');
    first.child.kill('SIGINT');
    expect((await first.ended).status).toBe(0);
  }, 90_000);

  const pidIn = (file: string) => parseInt(readFileSync(join(folder, file), 'utf8'), 10);
  const pidOfService = (name: string) =>
    Number(/.*"pid":(\d+),/s.exec(readFileSync(join(folder, `logs/${name}.log`), 'utf8'))![1]);
  const PROCESSES: readonly [string, () => number][] = [
    ['The worker', () => pidOfService('worker')],
    ['The api', () => pidOfService('api')],
    ['The witness investor', () => pidIn('witnesses/investor/lock')],
    ['PostgreSQL', () => pidIn('pg/postmaster.pid')],
  ];

  it.each(PROCESSES)(
    'ends, and stops all the rest, when %s ends under it',
    async (name, pid) => {
      const started = begin();
      await started.says('until Ctrl-C');
      const others = PROCESSES.filter(([each]) => each !== name).map(([, other]) => other());
      process.kill(pid(), 'SIGKILL');
      const begun = performance.now();
      const { status, out } = await started.ended;
      expect(performance.now() - begun).toBeLessThan(25_000);
      expect(status).toBe(3);
      expect(out).toMatch(new RegExp(`${name} .*ended unexpectedly`));
      for (const other of others) expect(() => process.kill(other, 0)).toThrow('ESRCH');
    },
    90_000,
  );

  it('ends when a process of it cannot start', async () => {
    const lock = join(folder, 'witnesses/commissioner/lock');
    writeFileSync(lock, `${process.pid}\n`);
    const begun = performance.now();
    const { status, out } = await begin('--exit').ended;
    rmSync(lock);
    expect(performance.now() - begun).toBeLessThan(25_000);
    expect(status).toBe(3);
    expect(out).toMatch(/The witness commissioner ended unexpectedly .*PROCESS_ENDED/);
    expect(existsSync(join(folder, 'pg/postmaster.pid'))).toBe(false);
  }, 60_000);
});
