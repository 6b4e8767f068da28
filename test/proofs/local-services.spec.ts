// The launcher of the private PostgreSQL, as strangers will treat it: killed, started twice, and misled.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { waitUntil } from '../support/wait.js';

const launcher = path.resolve(__dirname, '../../scripts/local-services.mjs');
/** A command that stays for as long as the launcher does. */
const HOLD = `
  console.log('has ' + process.env.DATABASE_URL);
  const launcher = process.ppid;
  setInterval(() => process.ppid === launcher || process.exit(), 50);
`;

describe('the local PostgreSQL', () => {
  let dir: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-launcher-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await run('reset').ended;
    fs.rmSync(dir, { recursive: true, force: true });
  });

  function run(...args: string[]) {
    const child = spawn(process.execPath, [launcher, ...args], {
      env: { ...process.env, LOCAL_SERVICES_DIR: dir, DATABASE_URL: '', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    const ended = new Promise<{ status: number | null; output: string }>((resolve) =>
      child.once('close', (status) => resolve({ status, output })),
    );
    const url = () =>
      waitUntil('the command has its database', async () => /has (\S+)/.exec(output)?.[1] ?? null);
    return { child, ended, url };
  }
  const hold = () => run('run', '--', process.execPath, '-e', HOLD);
  const once = () => run('run', '--', process.execPath, '-e', 'console.log("ran")').ended;
  const status = async () => (await run('status').ended).output;
  const pidFile = () => path.join(dir, 'pg', 'postmaster.pid');
  const serverPid = () => Number(fs.readFileSync(pidFile(), 'utf8').split('\n')[0]);

  it('is stopped when its command is told to stop', async () => {
    const held = hold();
    await held.url();
    held.child.kill('SIGTERM');
    await held.ended;
    expect(await status()).toContain('is stopped');
  });

  it('is taken over by the next run when the launcher was killed', async () => {
    const killed = hold();
    await killed.url();
    killed.child.kill('SIGKILL');
    await waitUntil('the launcher is gone', async () => (killed.child.signalCode ? true : null));

    expect(await once()).toMatchObject({
      status: 0,
      output: expect.stringMatching(/was already running[^]*ran/),
    });
    expect(await status()).toContain('is stopped');
  });

  it('recovers when the server itself was killed', async () => {
    const killed = hold();
    await killed.url();
    process.kill(serverPid(), 'SIGKILL');
    killed.child.kill('SIGKILL');
    expect(fs.existsSync(pidFile())).toBe(true);

    expect(await once()).toMatchObject({
      status: 0,
      output: expect.stringContaining('started on'),
    });
  });

  it('never takes another program for its server, and leaves that program alone', async () => {
    await once();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    children.push(other);
    const lines = [other.pid, path.join(dir, 'pg'), 1, 5432, '', '127.0.0.1', '1 1', 'ready   '];
    fs.writeFileSync(pidFile(), `${lines.join('\n')}\n`);

    expect(await once()).toMatchObject({
      status: 0,
      output: expect.stringContaining('started on'),
    });
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  it('is shared by two runs at once, and stopped by the last to leave', async () => {
    const [first, second] = [hold(), hold()];
    expect(await first.url()).toBe(await second.url());
    first.child.kill('SIGTERM');
    await first.ended;
    expect(await status()).toContain('runs');
    second.child.kill('SIGTERM');
    await second.ended;
    expect(await status()).toContain('is stopped');
  });

  it('says in plain words that its folder cannot be made, and passes on the status of its command', async () => {
    const file = path.join(dir, 'a-file');
    fs.writeFileSync(file, '');
    dir = path.join(file, 'below');
    const refused = await once();
    dir = path.dirname(file);
    expect(refused.status).toBe(1);
    expect(refused.output).toContain('cannot be written to. Set LOCAL_SERVICES_DIR');

    const failed = await run('run', '--', process.execPath, '-e', 'process.exit(7)').ended;
    expect(failed.status).toBe(7);
  });
});
