#!/usr/bin/env node
/**
 * outturn-witness: the witness that an investor or a commissioner runs. It remembers the latest checkpoint of each log
 * that it follows, and cosigns a next one only if that goes on from it (C2SP tlog-witness, tlog-cosignature). So nobody
 * can be shown one history while somebody else is shown another.
 *
 *   node outturn-witness.mjs --new-key NAME --key FILE
 *   node outturn-witness.mjs --key FILE --log VKEY [--log VKEY ...] --state DIRECTORY [--host HOST] [--port PORT]
 *
 * One file, no dependencies. It never opens a connection of its own.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MAX_BODY_BYTES = 65_536; // 63 hashes and 16 signatures fit many times
const MAX_SIGNATURES = 16;
const MAX_PROOF_LINES = 63;
const BODY_SECONDS = 10;
const [LOG_KEY, WITNESS_KEY] = [0x01, 0x04];
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const UNICODE_SPACE = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const isBase64 = (text) => Buffer.from(text, 'base64').toString('base64') === text;
const isHash = (text) => /^[A-Za-z0-9+/]{43}=$/.test(text) && isBase64(text);
const isSize = (text) =>
  /^(0|[1-9][0-9]{0,15})$/.test(text) && Number(text) <= Number.MAX_SAFE_INTEGER;

/** An answer that is not 200: status, body, and the type of the body where the protocol asks for one. */
class Answer extends Error {
  constructor(status, body, type = 'text/plain; charset=utf-8') {
    super(body);
    Object.assign(this, { status, body, type });
  }
}
const answer = (...parts) => {
  throw new Answer(...parts);
};

// ------------------------------------------------------------ keys and notes

const keyId = (name, typed) => sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);

export function parseLogKey(vkey) {
  const [, name, id, encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const typed = Buffer.from(encoded, 'base64');
  const isSound = isBase64(encoded) && typed.length === 33 && typed[0] === LOG_KEY;
  if (!isSound || keyId(name, typed).toString('hex') !== id)
    throw new Error(`"${vkey}" is not an Ed25519 verifier key of a log`);
  const der = Buffer.concat([SPKI, typed.subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

export class Signer {
  constructor(name, pem) {
    this.name = name;
    this.private = createPrivateKey(pem);
    const raw = createPublicKey(this.private).export({ format: 'der', type: 'spki' }).subarray(-32);
    const typed = Buffer.concat([Buffer.of(WITNESS_KEY), raw]);
    this.id = keyId(name, typed);
    this.vkey = `${name}+${this.id.toString('hex')}+${typed.toString('base64')}`;
  }

  /** The signature line of a checkpoint's text at a time, in seconds. */
  cosign(text, time) {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const signature = sign(
      null,
      Buffer.from(`cosignature/v1\ntime ${time}\n${text}`),
      this.private,
    );
    return `\u2014 ${this.name} ${Buffer.concat([this.id, stamp, signature]).toString('base64')}\n`;
  }
}

/** A checkpoint as it was sent; 400 where it is not one. */
function parseCheckpoint(note) {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || /[^\n\x20-\uffff]/.test(note))
    answer(400, 'not a signed note\n');
  const text = note.slice(0, end + 1);
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map(parseSignature);
  if (signatures.length > MAX_SIGNATURES) answer(400, 'too many signatures\n');
  const [origin, size, root, ...more] = text.slice(0, -1).split('\n');
  if (!origin || !isSize(size ?? '') || !isHash(root ?? '') || more.includes(''))
    answer(400, 'not a checkpoint\n');
  return { origin, size: Number(size), root, text, signatures };
}

function parseSignature(line) {
  const [, name, encoded = ''] = /^\u2014 ([^ +]+) (.+)$/.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (!name || UNICODE_SPACE.test(name) || !isBase64(encoded) || bytes.length < 5)
    answer(400, 'a signature line is malformed\n');
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}

// ------------------------------------------------------------ the proof (RFC 9162 section 2.1.4.2)

const half = (n) => Math.floor(n / 2);

/** Whether the tree of `size` leaves with `root` begins with the tree of `oldSize` leaves with `oldRoot`. */
export function goesOn(oldSize, oldRoot, size, root, hashes) {
  if (size === 0) return hashes.length === 0 && root.equals(sha256(Buffer.alloc(0)));
  if (oldSize === 0) return hashes.length === 0;
  if (oldSize === size) return hashes.length === 0 && oldRoot.equals(root);
  let [node, last] = [oldSize - 1, size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const path = node === 0 ? [oldRoot, ...hashes] : hashes; // a complete tree of 2^k leaves is its own first hash
  if (path.length === 0) return false;
  let [before, after] = [path[0], path[0]];
  for (const hash of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [before, after] = [nodeHash(hash, before), nodeHash(hash, after)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else after = nodeHash(after, hash);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && before.equals(oldRoot) && after.equals(root);
}

// ------------------------------------------------------------ what is remembered

/**
 * One file for each log, named by the digest of its origin. It is written beside, synced, put in place by a rename, and
 * the directory is synced too, all before anything is answered: whenever the program is killed, the file says at least
 * what was last cosigned.
 */
export class State {
  constructor(directory) {
    this.directory = directory;
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  #file(origin) {
    return path.join(this.directory, `${sha256(Buffer.from(origin)).toString('hex')}.json`);
  }

  /** { size, root }; size 0 where nothing was cosigned yet. A file that cannot be read stops the program: forgetting would be worse. */
  latest(origin) {
    let text;
    try {
      text = fs.readFileSync(this.#file(origin), 'utf8');
    } catch (error) {
      if (error.code === 'ENOENT') return { size: 0, root: null };
      throw error;
    }
    const { origin: of, size, root } = JSON.parse(text);
    if (of !== origin || !Number.isSafeInteger(size) || size < 1 || !isHash(root))
      throw new Error(`${this.#file(origin)} is damaged`);
    return { size, root };
  }

  remember(origin, size, root) {
    const file = this.#file(origin);
    const beside = `${file}.${process.pid}.new`;
    const handle = fs.openSync(beside, 'w', 0o600);
    fs.writeSync(handle, `${JSON.stringify({ origin, size, root })}\n`);
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    fs.renameSync(beside, file);
    const directory = fs.openSync(this.directory, 'r');
    fs.fsyncSync(directory);
    fs.closeSync(directory);
  }

  /** Two programs on one state could each cosign another history: the second is refused. A lock of a dead one is taken over. */
  lock() {
    const file = path.join(this.directory, 'lock');
    try {
      fs.writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const other = Number(fs.readFileSync(file, 'utf8'));
      if (other !== process.pid && isAlive(other))
        throw new Error(`${this.directory} is in use by process ${other}`, { cause: error });
      fs.unlinkSync(file);
      this.lock();
    }
  }
}

function isAlive(pid) {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0); // asks, and sends nothing
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// ------------------------------------------------------------ the protocol

export class Witness {
  constructor(signer, logs, state) {
    Object.assign(this, { signer, logs, state });
    for (const { name } of logs) state.latest(name); // a damaged state is found at the start
  }

  /**
   * add-checkpoint: the cosignature, or an Answer that is thrown. From reading the state to having written it nothing is
   * awaited, so that no other request comes between.
   */
  addCheckpoint(body) {
    const { oldSize, hashes, checkpoint } = parseRequest(body);
    const { origin, size, root, text, signatures } = checkpoint;
    const keys = this.logs.filter(({ name }) => name === origin);
    if (keys.length === 0) answer(404, 'unknown log\n');
    if (!signatures.some((signature) => isBy(keys, signature, text)))
      answer(403, 'not signed by the log\n');
    if (oldSize > size) answer(400, 'the old size is larger than the size\n');
    const latest = this.state.latest(origin);
    if (oldSize !== latest.size) answer(409, `${latest.size}\n`, 'text/x.tlog.size');
    const oldRoot = Buffer.from(latest.root ?? '', 'base64');
    if (oldSize === size && latest.root !== null && latest.root !== root)
      answer(409, `${latest.size}\n`, 'text/x.tlog.size');
    if (!goesOn(oldSize, oldRoot, size, Buffer.from(root, 'base64'), hashes))
      answer(422, 'the consistency proof does not verify\n');
    if (size > 0) this.state.remember(origin, size, root);
    return this.signer.cosign(text, Math.floor(Date.now() / 1000));
  }

  describe() {
    const lines = this.logs.map(({ name }) => {
      const { size, root } = this.state.latest(name);
      return `${name}: ${size === 0 ? 'nothing cosigned yet' : `cosigned size ${size}, root ${root}`}`;
    });
    return `${this.signer.vkey}\n${[...new Set(lines)].join('\n')}\n`;
  }
}

function parseRequest(body) {
  const text = body.toString('utf8');
  if (!Buffer.from(text).equals(body)) answer(400, 'not UTF-8\n');
  const end = text.indexOf('\n\n');
  if (end < 0) answer(400, 'no empty line before the checkpoint\n');
  const [first, ...proof] = text.slice(0, end).split('\n');
  const oldSize = first.startsWith('old ') ? first.slice(4) : '';
  if (!isSize(oldSize)) answer(400, 'the first line is not "old" and a size\n');
  if (proof.length > MAX_PROOF_LINES || !proof.every(isHash))
    answer(400, 'the proof is not at most 63 lines of base64 of 32 bytes\n');
  const hashes = proof.map((line) => Buffer.from(line, 'base64'));
  return { oldSize: Number(oldSize), hashes, checkpoint: parseCheckpoint(text.slice(end + 2)) };
}

const isBy = (keys, { name, id, bytes }, text) =>
  keys.some(
    (key) =>
      key.name === name &&
      key.id === id &&
      bytes.length === 64 &&
      verify(null, Buffer.from(text), key.key, bytes),
  );

// ------------------------------------------------------------ the server

const log = (line) => console.log(`${new Date().toISOString()} ${line}`);

async function readBody(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MAX_BODY_BYTES) answer(413, 'the body is too large\n');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function respond(witness, request) {
  const [pathname] = request.url.split('?');
  if (request.method === 'GET' && pathname === '/') return witness.describe();
  if (pathname !== '/add-checkpoint') answer(404, 'there is GET / and POST /add-checkpoint\n');
  if (request.method !== 'POST') answer(405, 'POST it\n');
  return witness.addCheckpoint(await readBody(request));
}

async function handle(witness, request, response) {
  let result;
  try {
    result = {
      status: 200,
      body: await respond(witness, request),
      type: 'text/plain; charset=utf-8',
    };
  } catch (error) {
    if (!(error instanceof Answer)) log(`fault: ${error.stack}`);
    result = error instanceof Answer ? error : new Answer(500, 'a fault of the witness\n');
  }
  const name = JSON.stringify(`${request.method} ${request.url}`.slice(0, 100));
  log(`${result.status} ${name}${result.status === 200 ? '' : `: ${result.body.trim()}`}`);
  const headers = { 'content-type': result.type, 'content-length': Buffer.byteLength(result.body) };
  if (result.status === 413) headers.connection = 'close';
  response.writeHead(result.status, headers).end(result.body);
}

export function serve(witness, host, port) {
  const server = http.createServer((request, response) => void handle(witness, request, response));
  Object.assign(server, {
    requestTimeout: BODY_SECONDS * 1000,
    headersTimeout: BODY_SECONDS * 1000,
  });
  server.maxConnections = 100;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

// ------------------------------------------------------------ the command

function newKey(name, file) {
  if (!/^[^\s+]+$/.test(name) || UNICODE_SPACE.test(name))
    throw new Error('a name has neither spaces nor +');
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  fs.writeFileSync(file, `${name}\n${pem}`, { mode: 0o600, flag: 'wx' });
  console.log(readKey(file).vkey);
}

/** A key file is the name on a line and the private key in PEM. */
function readKey(file) {
  const text = fs.readFileSync(file, 'utf8');
  const end = text.indexOf('\n');
  return new Signer(text.slice(0, end), text.slice(end + 1));
}

const USAGE = `use: outturn-witness --new-key NAME --key FILE
     outturn-witness --key FILE --log VKEY [--log VKEY ...] --state DIRECTORY [--host 127.0.0.1] [--port 7380]`;

async function main() {
  const text = { type: 'string' };
  const options = { 'new-key': text, key: text, state: text, host: text, port: text };
  const { values } = parseArgs({ options: { ...options, log: { ...text, multiple: true } } });
  if (!values.key || (!values['new-key'] && !(values.log && values.state))) throw new Error(USAGE);
  if (values['new-key']) return newKey(values['new-key'], values.key);
  const state = new State(values.state);
  state.lock();
  const witness = new Witness(readKey(values.key), values.log.map(parseLogKey), state);
  const server = await serve(witness, values.host ?? '127.0.0.1', Number(values.port ?? 7380));
  log(`listening on ${JSON.stringify(server.address())} as ${witness.signer.vkey}`);
  return undefined;
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 64;
  });
