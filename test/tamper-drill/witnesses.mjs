// The two witnesses of the drill, as the programs that the parties would run, with keys of their own making.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../verifier/outturn-witness.mjs', import.meta.url));
const NAMES = ['investor', 'commissioner'];

export class Witnesses {
  constructor(folder, logVkey) {
    this.folder = folder;
    this.logVkey = logVkey;
    fs.mkdirSync(folder, { recursive: true });
    this.vkeys = Object.fromEntries(NAMES.map((name) => [name, newKey(this.keyFile(name), name)]));
  }

  keyFile(name) {
    return path.join(this.folder, `${name}.key`);
  }

  /** The policy of a reader: both must have cosigned. */
  get policy() {
    const lines = NAMES.map((name) => `witness ${name} ${this.vkeys[name]}\n`).join('');
    return `log ${this.logVkey}\n${lines}group both all ${NAMES.join(' ')}\nquorum both\n`;
  }

  /**
   * Runs both while the work lasts; what they remember is kept in the folder named by `memory`. The service of this process
   * asks them.
   */
  async during(memory, work) {
    const running = await Promise.all(NAMES.map((name) => this.#start(name, memory)));
    process.env.LOG_WITNESSES = running
      .map(({ name, url }) => `${name}=${this.vkeys[name]}=${url}`)
      .join(',');
    try {
      return await work();
    } finally {
      await Promise.all(running.map(({ stop }) => stop()));
    }
  }

  /** Another memory that begins as this one: for two histories that part here. */
  remember(memory, as) {
    for (const name of NAMES)
      fs.cpSync(this.#stateOf(memory, name), this.#stateOf(as, name), { recursive: true });
    return as;
  }

  forget(memory) {
    fs.rmSync(path.join(this.folder, memory), { recursive: true, force: true });
  }

  #stateOf(memory, name) {
    return path.join(this.folder, memory, name);
  }

  async #start(name, memory) {
    const state = this.#stateOf(memory, name);
    fs.mkdirSync(state, { recursive: true });
    const words = ['--key', this.keyFile(name), '--log', this.logVkey, '--state', state];
    const child = spawn(process.execPath, [PROGRAM, ...words, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const lines = createInterface({ input: child.stdout });
    const [said] = await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [''])]);
    const port = /"port":(\d+)/.exec(said)?.[1];
    if (!port) throw new Error(`The witness ${name} ended at its start`);
    const url = `http://127.0.0.1:${port}`;
    const stop = () => {
      child.kill('SIGTERM');
      return ended;
    };
    return { name, url, stop };
  }
}

function newKey(file, name) {
  const words = ['--new-key', `${name}.example/outturn`, '--key', file];
  return execFileSync(process.execPath, [PROGRAM, ...words], { encoding: 'utf8' }).trim();
}
