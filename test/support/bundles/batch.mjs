// Runs the two verifiers as long-lived programs, and asks them about files.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const folder = path.resolve(process.cwd(), 'verifier');
export const COMMANDS = {
  node: [process.execPath, path.join(folder, 'outturn-verify.mjs')],
  python: ['python3', path.join(folder, 'outturn_verify.py')],
};

/** One verifier in its batch mode. */
class Verifier {
  constructor([command, ...words], policy) {
    this.child = spawn(command, [...words, '--batch', '--policy', policy], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.waiting = [];
    createInterface({ input: this.child.stdout }).on('line', (line) =>
      this.waiting.shift().resolve(JSON.parse(line)),
    );
    this.closed = new Promise((resolve) => this.child.once('close', resolve)).then(() =>
      this.waiting.forEach(({ reject }) =>
        reject(new Error(`${command} ended before it answered`)),
      ),
    );
  }

  ask(words) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin.write(`${words.join('\t')}\n`);
    });
  }

  end() {
    this.child.stdin.end();
    return this.closed;
  }
}

/** Both verifiers with one policy, and a folder for what they are asked about. */
export class BothVerifiers {
  #count = 0;

  constructor(policyText) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-verifiers-'));
    const policy = path.join(this.folder, 'policy');
    fs.writeFileSync(policy, policyText);
    this.node = new Verifier(COMMANDS.node, policy);
    this.python = new Verifier(COMMANDS.python, policy);
  }

  /** What the two answer about a bundle, with what the reader kept. */
  async ask({ bytes, known, receipt }) {
    this.#count += 1;
    const files = Object.entries({ bytes, known, receipt }).map(([name, content]) => {
      if (content === undefined) return '';
      const file = path.join(this.folder, `${this.#count}-${name}`);
      fs.writeFileSync(file, content);
      return file;
    });
    const answers = await Promise.all([this.node.ask(files), this.python.ask(files)]);
    for (const file of files) if (file !== '') fs.unlinkSync(file);
    return answers;
  }

  async end() {
    await Promise.all([this.node.end(), this.python.end()]);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the two must agree on, as a text. */
export const essence = ({ verdict, exitStatus, firstBad }) =>
  [verdict, exitStatus, firstBad?.line, firstBad?.seq].join(' ');
