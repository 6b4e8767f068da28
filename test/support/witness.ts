// A witness for tests: the C2SP protocol as docs/audit-log.md and tlog-witness say, with a state that a test can change.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromBase64 } from '../../src/domain/log/base64.js';
import { isContinued, type TreeHead } from '../../src/domain/log/check-proofs.js';
import { parseCheckpoint } from '../../src/domain/log/checkpoint.js';
import { cosign, witnessSigner } from '../../src/domain/log/cosignature.js';
import { formatVkey } from '../../src/domain/log/note-key.js';
import { formatSignatureLine, parseNote } from '../../src/domain/log/signed-note.js';

export interface TestWitness {
  readonly url: string;
  readonly vkey: string;
  /** What it cosigned last. */
  state: TreeHead | null;
  /** Answers with this status instead, while it is set. */
  failing: number | null;
  /** How often it was asked. */
  asked: number;
  stop(): Promise<void>;
}

export async function aWitness(name: string): Promise<TestWitness> {
  const signer = witnessSigner(name, generateKeyPairSync('ed25519').privateKey);
  const answer = (body: string): [number, string] => {
    witness.asked += 1;
    if (witness.failing !== null) return [witness.failing, 'not now\n'];
    const blank = body.indexOf('\n\n');
    const [old, ...lines] = body.slice(0, blank).split('\n');
    const oldSize = Number(/^old (\d+)$/.exec(old!)![1]);
    const { text } = parseNote(body.slice(blank + 2));
    const shown = parseCheckpoint(text);
    const { state } = witness;
    if (oldSize !== (state?.size ?? 0)) return [409, `${state?.size ?? 0}\n`];
    const proof = lines.map((line) => fromBase64(line)!);
    if (state !== null && !isContinued(state, shown, proof)) return [422, ''];
    witness.state = shown;
    const seconds = BigInt(Math.floor(Date.now() / 1000));
    return [200, formatSignatureLine(cosign(text, seconds, signer))];
  };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [status, text] = answer(body);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const witness: TestWitness = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    vkey: formatVkey(signer.key),
    state: null,
    failing: null,
    asked: 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return witness;
}
