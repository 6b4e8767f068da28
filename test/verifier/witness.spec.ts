import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { askNode } from '../support/bundles/functions.mjs';
import { bodyOf, INVESTOR, LOG, noteOf, ORIGIN, Signer } from '../support/bundles/signers.mjs';
import { leafHash, LeafTree } from '../support/bundles/trees.mjs';

const PROGRAM = path.resolve('verifier', 'outturn-witness.mjs');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-witness-'));
const key = path.join(folder, 'key');
const tree = new LeafTree(Array.from({ length: 600 }, (_, at) => leafHash(`leaf ${at}`)));
const other = new LeafTree(Array.from({ length: 600 }, (_, at) => leafHash(`other ${at}`)));
const base64 = (hash: Buffer) => hash.toString('base64');

let vkey = '';
const running = new Set<ChildProcess>();
beforeAll(() => {
  const made = spawnSync(process.execPath, [PROGRAM, '--new-key', 'w.example/one', '--key', key]);
  vkey = made.stdout.toString().trim();
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

async function start(state: string) {
  const words = [PROGRAM, '--key', key, '--log', LOG.vkey, '--state', state, '--port', '0'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = `http://127.0.0.1:${/"port":(\d+)/.exec(line)![1]}`;
  const stop = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    running.delete(child);
  };
  return { url, stop };
}

const checkpoint = (size: number, of = tree, log = LOG) => {
  const body = bodyOf(log.name, size, base64(of.root(size)));
  return noteOf(body, log.line(body));
};
function request(old: number, size: number, of = tree, log = LOG): string {
  const proof = old === 0 || old > size ? [] : of.proof(old, size).map(base64);
  return [`old ${old}`, ...proof, '', checkpoint(size, of, log)].join('\n');
}
async function post(url: string, body: string | Buffer) {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  const type = response.headers.get('content-type');
  return { status: response.status, type, text: await response.text() };
}

describe('a key of a witness', () => {
  it('is written for its owner alone, and never over another', () => {
    expect(fs.statSync(key).mode & 0o777).toBe(0o600);
    const again = spawnSync(process.execPath, [
      PROGRAM,
      '--new-key',
      'w.example/two',
      '--key',
      key,
    ]);
    expect(again.status).toBe(64);
  });

  it('is shown as a verifier key of type 0x04', () => {
    expect(askNode([['key', { vkey, type: 4 }]])).toEqual([vkey.split('+')[1]]);
  });
});

describe('add-checkpoint', () => {
  let witness: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    witness = await start(path.join(folder, 'state'));
  });
  afterAll(() => witness.stop());

  const otherLog = new Signer('outturn.example/other', 1);
  const stranger = new Signer(ORIGIN, 1, 'somebody else');
  const largest = request(0, 1).replace(
    /^old 0\n/,
    `old 0\n${`${base64(tree.root())}\n`.repeat(64)}`,
  );

  it('follows the protocol from nothing on', async () => {
    const first = await post(witness.url, request(0, 5));
    expect(first.status).toBe(200);
    expect(first.text).toMatch(/^\u2014 w\.example\/one [A-Za-z0-9+/=]{100,}\n$/);
    expect((await post(witness.url, request(5, 9))).status).toBe(200);
    expect((await post(witness.url, request(9, 9))).status).toBe(200);
    const old = await post(witness.url, request(5, 12));
    expect(old).toEqual({ status: 409, type: 'text/x.tlog.size', text: '9\n' });
    expect((await post(witness.url, request(9, 9, other))).status).toBe(409);
    expect((await post(witness.url, request(9, 12, other))).status).toBe(422);
    expect((await post(witness.url, request(9, 8))).status).toBe(400);
    const surplus = request(9, 9).replace('\n\n', `\n${base64(tree.root())}\n\n`);
    expect((await post(witness.url, surplus)).status).toBe(422);
  });

  it.each([
    [404, 'a log that it does not follow', request(0, 3, tree, otherLog)],
    [403, 'a key that is not the log’s', request(9, 12, tree, stranger)],
    [403, 'no signature of the log', request(9, 12).replace(/\u2014 .*\n/, INVESTOR.line('x', 1))],
    [400, 'nothing', ''],
    [400, 'no empty line', 'old 0\n'],
    [400, 'no old size', request(0, 3).replace('old 0', 'new 0')],
    [400, 'an old size with a leading zero', request(0, 3).replace('old 0', 'old 00')],
    [400, 'an old size beyond all', request(0, 3).replace('old 0', `old ${2 ** 53}`)],
    [400, 'a proof of 64 lines', largest],
    [400, 'a proof that is no base64', request(0, 3).replace('old 0', 'old 0\nx')],
    [400, 'a checkpoint without signatures', request(0, 3).replace(/\u2014 .*\n/, '')],
    [400, 'bytes that are no text', Buffer.from([0xff, 0xfe, 0x0a, 0x0a])],
    [413, 'a body without end', 'x'.repeat(70_000)],
  ])('answers %i to %s', async (status, _, body) => {
    expect((await post(witness.url, body)).status).toBe(status);
  });

  it('says its key and what it last cosigned', async () => {
    const text = await (await fetch(witness.url)).text();
    expect(text).toBe(`${vkey}\n${ORIGIN}: cosigned size 9, root ${base64(tree.root(9))}\n`);
    expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${witness.url}/other`)).status).toBe(404);
  });

  it('takes one of many at once, and refuses a second program on its state', async () => {
    const answers = await Promise.all(
      [tree, other]
        .flatMap((of) => Array.from({ length: 8 }, () => of))
        .map((of) => post(witness.url, request(9, 20, of))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const words = [PROGRAM, '--key', key, '--log', LOG.vkey, '--state', path.join(folder, 'state')];
    expect(spawnSync(process.execPath, [...words, '--port', '0']).status).toBe(64);
  });
});

describe('a witness that is killed at any moment', () => {
  it('never cosigns two roots of one size', async () => {
    const state = path.join(folder, 'killed');
    const cosigned = new Map<number, string>();
    for (let round = 0; round < 12; round += 1) {
      const witness = await start(state);
      let asked = 0;
      let timer: NodeJS.Timeout | undefined;
      try {
        for (;;) {
          const text = await (await fetch(witness.url)).text();
          const size = Number(/size (\d+)/.exec(text)?.[1] ?? 0);
          // a fork from the beginning is tried each time, and one that goes on
          for (const of of size === 0 ? [tree] : [other, tree]) {
            asked += 1;
            timer ??= setTimeout(() => void witness.stop(), round * 12); // this one under way, or a later one
            const { status } = await post(witness.url, request(size, size + 1, of));
            const root = base64(of.root(size + 1));
            if (status !== 200) continue;
            expect(cosigned.get(size + 1) ?? root).toBe(root);
            cosigned.set(size + 1, root);
          }
        }
      } catch (error) {
        if ((error as Error).name !== 'TypeError') throw error; // fetch: the witness was killed
      } finally {
        clearTimeout(timer);
        await witness.stop();
      }
      expect(asked).toBeGreaterThan(0);
    }
    const largest = Math.max(...cosigned.keys());
    const witness = await start(state);
    const text = await (await fetch(witness.url)).text();
    expect(Number(/size (\d+)/.exec(text)![1])).toBeGreaterThanOrEqual(largest);
    await witness.stop();
  });
});
