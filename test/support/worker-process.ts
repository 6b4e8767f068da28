// Real worker processes, compiled as they are shipped, so that a test can kill them.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Compiles the program if its sources have changed; a test file that starts workers calls it first. */
export function buildProgram(): void {
  execFileSync(process.execPath, [path.join(root, 'scripts/build-when-changed.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });
}

/** A worker in a process of its own. */
export class WorkerProcess {
  readonly exited: Promise<void>;
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  /**
   * Starts one on the database and queue of the test. The lease and the pauses are short, as configuration allows, so
   * that a test need not wait a minute for what a dead worker leaves behind; small batches make a run last.
   */
  static start(settings: NodeJS.ProcessEnv = {}): WorkerProcess {
    return new WorkerProcess(
      spawn(process.execPath, [path.join(root, 'dist/src/worker.js')], {
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          LOG_LEVEL: 'info',
          WORKER_PORT: '',
          RELAY_SECONDS: '0.05',
          SWEEP_SECONDS: '0.3',
          COMPUTATION_LEASE_SECONDS: '1',
          SILENT_TRANSACTION_SECONDS: '3',
          COMPUTATION_BATCH_PARTICIPANTS: '2',
          SHUTDOWN_SECONDS: '10',
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  get log(): string {
    return this.output;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** As the kernel or a power cut would: no clean-up, no farewell to the database or the queue. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await this.exited;
  }
}
