// Makes a bundle of so many leaves, every entry of one stream, one in ten opened, and measures both verifiers on it:
//   node test/support/bundles/large.mjs 100000
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { COMMANDS } from './batch.mjs';
import { canonical } from './encoding.mjs';
import { leafHash, LeafTree } from './trees.mjs';
import { bodyOf, COMMISSIONER, INVESTOR, LOG, noteOf, ORIGIN, POLICY } from './signers.mjs';

const STREAM = '0195f3d2-7c1e-7000-8000-0000000000aa';
const recordedAt = '2015-06-02T09:30:00.000Z';
const type = 'measurement.recorded';

function entryOf(index) {
  const seq = String(index + 1);
  const payload = {
    contentHash: 'ab'.repeat(32),
    occurrence: '6 months',
    reference: `P-${index % 3000}`,
  };
  const fields = {
    duty: 'provider',
    effectiveOn: '2015-06-01',
    format: 1,
    party: 'A charity',
    personId: 'a person',
  };
  const body = canonical({ ...fields, payload, recordedAt, seq, stream: STREAM, type });
  const salt = createHash('sha256').update(seq).digest('hex');
  const commitment = createHash('sha256')
    .update(Buffer.from(salt, 'hex'))
    .update(body)
    .digest('hex');
  const opened = index % 10 === 0 ? { salt, body } : {};
  return { kind: 'entry', index: String(index), seq, type: 'act', commitment, ...opened };
}

/** Writes a bundle of `size` leaves. */
export function writeLargeBundle(file, size) {
  const hashes = [];
  for (let index = 0; index < size - 1; index += 1) {
    const { commitment, seq } = entryOf(index);
    hashes.push(leafHash(canonical({ commitment, seq, stream: STREAM, type: 'act' })));
  }
  const heads = new LeafTree([leafHash(canonical({ seq: String(size - 1), stream: STREAM }))]);
  const leaf = canonical({ heads: heads.root().toString('base64'), recordedAt, streams: '1' });
  const root = new LeafTree([...hashes, leafHash(leaf)]).root().toString('base64');
  const text = bodyOf(ORIGIN, size, root);
  const note = noteOf(text, LOG.line(text), INVESTOR.line(text, 1), COMMISSIONER.line(text, 1));
  const handle = fs.openSync(file, 'w');
  const digest = createHash('sha256');
  const write = (object) => {
    const line = `${canonical(object)}\n`;
    digest.update(line);
    fs.writeSync(handle, line);
  };
  const subject = { type: 'contract' };
  write({
    kind: 'bundle',
    format: 'outturn-bundle/v2',
    origin: ORIGIN,
    contract: 'SIB-1',
    stream: STREAM,
    subject,
  });
  write({ kind: 'checkpoint', note });
  for (let index = 0; index < size - 1; index += 1) write(entryOf(index));
  write({ kind: 'head', index: String(size - 1), leaf, position: '0', hashes: [] });
  fs.writeSync(
    handle,
    `${canonical({ kind: 'end', lines: String(size + 2), sha256: digest.digest('hex') })}\n`,
  );
  fs.closeSync(handle);
}

/** Seconds and the most memory that a command took; Linux says how much a process has held at most. */
async function measure([command, ...words]) {
  const before = performance.now();
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  let kilobytes = 0;
  const look = setInterval(() => {
    try {
      const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
      kilobytes = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? kilobytes);
    } catch {
      clearInterval(look); // it has ended, or this is no Linux
    }
  }, 20);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(look);
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  return { seconds, megabytes: Math.round(kilobytes / 1024), verdict: JSON.parse(output).verdict };
}

async function main(size) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-large-'));
  const [bundle, policy] = [path.join(folder, 'bundle'), path.join(folder, 'policy')];
  writeLargeBundle(bundle, size);
  fs.writeFileSync(policy, POLICY);
  console.log(`${size} leaves, ${(fs.statSync(bundle).size / 1e6).toFixed(0)} MB`);
  for (const [name, command] of Object.entries(COMMANDS)) {
    const { seconds, megabytes, verdict } = await measure([
      ...command,
      bundle,
      '--policy',
      policy,
      '--json',
    ]);
    console.log(`${name.padEnd(7)} ${seconds} s, ${megabytes} MB at most: ${verdict}`);
  }
  fs.rmSync(folder, { recursive: true });
}

if (process.argv[1]?.endsWith('large.mjs')) await main(Number(process.argv[2] ?? 100_000));
