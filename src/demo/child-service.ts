import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process of the service that the demo has started and stops again. */
export interface ChildService {
  readonly name: string;
  readonly pid: number | undefined;
  readonly logFile: string;
  /** Resolves with a sentence if the process ends without having been asked to. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

const GRACE_MS = 8_000;
const compiled = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Starts a compiled program of the service (worker.js, main.js) with its log in a file. It ends if the demo is killed. */
export function startChild(
  name: string,
  program: string,
  environment: NodeJS.ProcessEnv,
  logFile: string,
  options: readonly string[] = [],
): ChildService {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const leaveWithParent = new URL('leave-with-parent.js', import.meta.url).href;
  const words = ['--import', leaveWithParent, compiled(program), ...options];
  const child = spawn(process.execPath, words, {
    env: environment,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true, // Ctrl-C is for the demo, which then asks each process to stop
  });
  closeSync(log);
  let isAsked = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `status ${code}`));
  });
  const died = new Promise<string>((resolve) => {
    void ended.then((how) => {
      if (!isAsked) resolve(`The ${name} ended unexpectedly (${how}). Its log is ${logFile}.`);
    });
  });
  const stop = async (): Promise<void> => {
    isAsked = true;
    await stopped(child, ended);
  };
  return { name, pid: child.pid, logFile, died, stop };
}

async function stopped(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
