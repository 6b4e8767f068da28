// A private Redis for tests and trials, where a redis-server (or valkey-server) is installed.
import { spawn } from 'node:child_process';
import os from 'node:os';
import { LocalServiceFailure } from './failure.mjs';
import { findOnPath, freePort, stopProcess } from './processes.mjs';

const START_WAIT_MS = 60_000;

/** Starts a Redis that keeps nothing on disk; undefined if no server is installed. */
export async function startRedis() {
  const program = process.env.REDIS_SERVER ?? findOnPath('redis-server', 'valkey-server');
  if (!program) return undefined;
  const port = await freePort();
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(
    program,
    ['--port', String(port), ...options, '--maxmemory-policy', 'noeviction'],
    { cwd: os.tmpdir(), stdio: ['ignore', 'pipe', 'ignore'], detached: true },
  );
  await ready(child);
  child.stdout.destroy();
  child.unref();
  return {
    pid: child.pid,
    port,
    url: `redis://127.0.0.1:${port}`,
    stop: () => stopProcess(child.pid, ['SIGTERM']),
  };
}

function ready(child) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new LocalServiceFailure(`The local Redis did not start: ${why}`));
    const timer = setTimeout(() => fail('it was not ready after 60 seconds'), START_WAIT_MS);
    let printed = '';
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it exited with ${code}: ${printed.slice(-400)}`));
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      if (!printed.includes('Ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
