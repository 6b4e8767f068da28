#!/usr/bin/env node
/**
 * Checks a bundle of Outturn's audit log against the reader's own policy, offline. README.md says how to use it, and
 * docs/audit-log.md what it checks. It reads the bundle once, and keeps only what later lines are held against.
 */
import { isUtf8 } from 'node:buffer';
import { createHash, createPublicKey, verify as verifyEd25519 } from 'node:crypto';
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MAX = {
  fileBytes: 2 ** 32,
  lineBytes: 2 ** 24,
  ownFileBytes: 2 ** 20,
  depth: 64,
  future: 300,
};
const MAX_COUNT = { signatures: 16, acts: 65_536, lines: 1_048_576 };
/** The command or the reader's own files are bad: nothing is decided. */
class Unusable extends Error {}
/** The bundle is bad: INVALID, at the line that is being read. */
class Refused extends Unusable {}
function refuse(detail, Kind = Refused) {
  throw new Kind(detail);
}
const unusable = (detail) => refuse(detail, Unusable);
/** All that is printed is ASCII: neither escapes nor bidirectional marks nor look-alikes deceive who reads it. */
const hex4 = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const ascii = (text) => text.replace(/[^\x20-\x7e]/g, hex4);
const shown = (text) => ascii(text.slice(0, 80)) + (text.length > 80 ? '...' : '');
// ------------------------------------------------------------ canonical JSON, and the forms of what is read
/** The text of a value as RFC 8785 writes it; sort() has the order of UTF-16 units that it asks for. */
function canonical(value, depth = 1) {
  if (typeof value === 'string' && !value.isWellFormed()) refuse('half of a surrogate pair');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth > MAX.depth) refuse(`nested more than ${MAX.depth} deep`);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join()}]`;
  const member = (key) => `${canonical(key)}:${canonical(value[key], depth + 1)}`;
  return `{${Object.keys(value).sort().map(member).join()}}`;
}
/** Comparing with the canonical text refuses white space, repeated keys, other escapes and other numbers at once. */
export function parseCanonical(text, what) {
  const value = JSON.parse(text); // a SyntaxError is a refusal too: see judge()
  if (canonical(value) !== text) refuse(`${what} is not in the canonical form of RFC 8785`);
  return TYPES.record(value) ? value : refuse(`${what} is not an object`);
}
const matches = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
const isNumber = (value) => matches(/^(0|[1-9][0-9]{0,15})$/)(value) && value <= 2 ** 53 - 1;
const isHash = matches(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/); // base64 of 32 bytes, no stray bits
const TYPES = {
  text: (value) => typeof value === 'string',
  'text?': (value) => value === null || typeof value === 'string',
  number: isNumber,
  count: (value) => Number.isSafeInteger(value) && value >= 0, // a JSON number, in a payload
  one: (value) => value === 1,
  shown: matches(/^(act|terms\.activated)$/), // the one type that a leaf tells
  hex: matches(/^[0-9a-f]{64}$/),
  hash: isHash,
  hashes: (value) => Array.isArray(value) && value.every(isHash),
  stream: matches(/^(service|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/),
  instant: matches(/^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z$/),
  'date?': (value) => value === null || matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)(value),
  money: matches(/^(0|-?[1-9][0-9]{0,29})$/),
  record: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  format: matches(/^outturn-bundle\/v2$/),
};
/** The members of whatever is read. Only a payload may have more: its other members are its own. */
const FORMS = new Map(
  `line bundle | kind:text format:format origin:text contract:text stream:stream subject:record ; line checkpoint | kind:text note:text ; line end | kind:text lines:number sha256:hex
line consistency | kind:text fromSize:number fromRoot:hash hashes:hashes
line entry | kind:text index:number seq:number type:shown commitment:hex ; line opened entry | kind:text index:number seq:number type:shown commitment:hex salt:hex body:text ; line gap | kind:text from:number to:number hashes:hashes ; line head | kind:text index:number leaf:text position:number hashes:hashes ; line terms | kind:text number:number document:text ; line statement | kind:text document:text
line lines | kind:text entry:number size:number ; line line | kind:text index:number salt:hex body:text
subject contract | type:text ; subject participant | type:text reference:text ; subject line | type:text line:text ; subject claim | type:text number:number ; subject statement | type:text number:number period:text ; leaf of heads | heads:hash recordedAt:instant streams:number
body of an entry | duty:text effectiveOn:date? format:one party:text? payload:record personId:text? recordedAt:instant seq:text stream:text type:text ; body of a line | amountMinor:money clause:text line:text subject:text what:text ; payload contract.drafted | code:text ; payload terms.activated | number:count documentHash:hex
payload claim.submitted | claimId:text number:count lines:count totalMinor:money linesHash:hex ; payload claim.decided | claimId:text number:count approved:count returned:count approvedMinor:money returnedMinor:money decisionsHash:hex ; payload statement.issued | number:count periodId:text documentHash:hex`
    .split(/ ; |\n/)
    .map((form) => form.split(' | '))
    .map(([name, members]) => [name, members.split(' ').map((one) => one.split(':'))]),
);
function checkForm(object, name) {
  const form = FORMS.get(name) ?? refuse(`"${shown(name)}" is of no known type`);
  for (const [member, type] of form)
    if (!Object.hasOwn(object, member) || !TYPES[type](object[member]))
      refuse(`the member "${member}" of the ${name} is missing or is not what it must be`);
  const isClosed = !name.startsWith('payload ') && Object.keys(object).length > form.length;
  return isClosed ? refuse(`the ${name} has a further member`) : object;
}
// ------------------------------------------------------------ Merkle trees (RFC 6962 section 2.1)
const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const [LEAF, NODE, TERMS] = [Buffer.of(0), Buffer.of(1), 'terms.activated'];
export const leafHash = (leaf) => sha256(LEAF, leaf);
const nodeHash = (left, right) => sha256(NODE, left, right);
const commitmentOf = (salt, body) => sha256(Buffer.from(salt, 'hex'), body).toString('hex');
const fromBase64 = (text) => Buffer.from(text, 'base64');
/** A tree that grows to the right and remembers only the roots of its complete subtrees. */
export class Tree {
  size = 0;
  subtrees = [];
  add(hash, width = 1) {
    this.size += width;
    for (; this.subtrees.at(-1)?.width === width; width *= 2)
      hash = nodeHash(this.subtrees.pop().hash, hash);
    this.subtrees.push({ hash, width });
  }
  /** Leaves that are not shown. Into which subtrees they fall is worked out here, and not taken from the bundle. */
  addRange(to, hashes) {
    for (const hash of hashes) {
      if (this.size >= to) refuse('the gap has more hashes than its range has subtrees');
      let width = 1;
      while (this.size % (width * 2) === 0 && this.size + width * 2 <= to) width *= 2;
      this.add(hash, width);
    }
    if (this.size !== to) refuse('the gap has fewer hashes than its range has subtrees');
  }
  root() {
    const hashes = this.subtrees.map(({ hash }) => hash);
    return this.size === 0 ? sha256() : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}
/** Where RFC 6962 splits a tree of n leaves: the largest power of two below n. */
const splitOf = (n, k = 1) => (k * 2 < n ? splitOf(n, k * 2) : k);
/** Section 2.1.1 read backwards: the root that a leaf and its path give; nothing where the path is too short. */
function rootOfPath(index, size, leaf, path) {
  if (size === 1) return leaf;
  const [k, sibling] = [splitOf(size), path.pop()];
  const below = index < k ? [index, k] : [index - k, size - k];
  const hash = rootOfPath(...below, leaf, path);
  if (hash?.length !== 32 || sibling?.length !== 32) return null;
  return index < k ? nodeHash(hash, sibling) : nodeHash(sibling, hash);
}
export function isIncluded(index, size, leaf, [...path], root) {
  return index < size && rootOfPath(index, size, leaf, path)?.equals(root) && path.length === 0;
}
/** Section 2.1.2 read backwards: the roots that a proof gives for m and for n leaves. */
function rootsOfProof(m, n, known, path) {
  if (m === n) return Array(2).fill(known ?? path.pop());
  const [k, sibling] = [splitOf(n), path.pop()];
  const below = m <= k ? [m, k, known] : [m - k, n - k, null];
  const [before, after] = rootsOfProof(...below, path);
  if (before?.length !== 32 || sibling?.length !== 32) return [];
  if (m <= k) return [before, nodeHash(after, sibling)];
  return [nodeHash(sibling, before), nodeHash(sibling, after)];
}
export function isConsistent(m, before, n, after, [...path]) {
  if (m === n) return path.length === 0 && before.equals(after);
  const [old, now] = m < 1 || m > n ? [] : rootsOfProof(m, n, before, path);
  return old?.equals(before) === true && now.equals(after) && path.length === 0;
}
// ------------------------------------------------------------ signed notes (C2SP signed-note and tlog-cosignature)
const [LOG, WITNESS] = [0x01, 0x04]; // types of keys
const UNICODE_SPACE = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const SPKI_OF_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const asBytes = (text) => Buffer.from(text).toString('latin1'); // names are compared by their bytes
/** `name+id+base64(type and key)`: "verifier keys" in C2SP signed-note. */
export function parseVerifierKey(vkey, type) {
  const [, name, id, encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const bytes = fromBase64(encoded);
  const expected = sha256(Buffer.from(`${name}\n`, 'latin1'), bytes).toString('hex', 0, 4);
  const isSound = bytes.toString('base64') === encoded && bytes.length === 33 && bytes[0] === type;
  if (!isSound || id !== expected) unusable(`"${shown(vkey)}" is no Ed25519 key of type ${type}`);
  const der = Buffer.concat([SPKI_OF_ED25519, bytes.subarray(1)]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return { name, id, type, key, encoded };
}
export function parseNote(text) {
  if (/[^\n\x20-\uffff]/.test(text)) refuse('the note holds a control character');
  const end = text.lastIndexOf('\n\n');
  if (end < 0 || !text.endsWith('\n')) refuse('the note has no signatures, or is cut off');
  const lines = text.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_COUNT.signatures) refuse('the note has more than 16 signatures');
  return { body: text.slice(0, end + 1), signatures: lines.map(parseSignature) };
}
function parseSignature(line) {
  const [, name = ' ', encoded = ''] = /^\u2014 ([^ +]+) (.+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  const isSound = bytes.length > 4 && bytes.toString('base64') === encoded;
  if (!isSound || name === ' ' || UNICODE_SPACE.test(name)) refuse('a signature line is malformed');
  return { name: asBytes(name), id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}
/** When a signature was made (a log does not say: 0), or null where it does not verify. */
function timeOfSignature({ type, key }, body, bytes) {
  const isCosignature = type === WITNESS;
  if (bytes.length !== (isCosignature ? 72 : 64)) return null;
  const time = isCosignature ? bytes.readBigUInt64BE() : 0n;
  const message = isCosignature ? `cosignature/v1\ntime ${time}\n${body}` : body;
  const isGood = verifyEd25519(null, Buffer.from(message), key, bytes.subarray(-64));
  return isGood && time < 2n ** 63n ? time : null;
}
/** Every signature by a known key must verify, and one of them must be by the log that the note is of. */
function openNote({ body, signatures }, origin, keys) {
  const opened = { made: [], unknown: [] };
  for (const { name, id, bytes } of signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    const time = key && timeOfSignature(key, body, bytes);
    if (time === null) refuse(`the signature by "${shown(name)}" does not verify`);
    if (key) opened.made.push({ ...key, time });
    else opened.unknown.push(name);
  }
  if (opened.made.some(({ type, name }) => type === LOG && name === asBytes(origin))) return opened;
  return refuse('no key that the policy has for the log has signed');
}
export function readCheckpoint(text, keys) {
  const note = parseNote(text);
  const [, origin, size, root] = /^(.+)\n(.+)\n(.+)\n$/.exec(note.body) ?? [];
  const isCheckpoint = isNumber(size) && size !== '0' && isHash(root);
  if (!isCheckpoint) refuse('it is not the three lines of a checkpoint: origin, size and root');
  return { origin, size: Number(size), root, ...openNote(note, origin, keys) };
}
export function readReceipt(text, keys) {
  const note = parseNote(text);
  const lines = /^outturn-receipt\/v1\n(.+)\n(.+)\n(.+)\n(.+)\n(.+)\n$/.exec(note.body) ?? [];
  const [, origin, stream, seq, leaf, deadline] = lines;
  const isTyped = TYPES.stream(stream) && [seq, deadline].every(isNumber) && isHash(leaf);
  if (!isTyped || seq === '0') refuse('it is not the six lines of a receipt');
  openNote(note, origin, keys);
  return { origin, stream, seq: Number(seq), leaf, deadline: BigInt(deadline) };
}
// ------------------------------------------------------------ the reader's policy (C2SP tlog-policy)
/** A policy is octets: it is read as Latin-1, so that names stay the bytes they are. */
export function parsePolicy(bytes) {
  const text = bytes.toString('latin1');
  if (/[^\t\n\x20-\x7e\x80-\xff]/.test(text)) unusable('it holds a control character');
  if (!text.endsWith('\n')) unusable('its last line has no line feed');
  const policy = { keys: [], names: new Map([['none', null]]), members: new Set(['none']) };
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0].startsWith('#')) continue;
    if (!readPolicyLine(policy, words))
      unusable(`line ${index + 1} is malformed, or repeats or misses a name, a key or a quorum`);
  }
  return policy.quorum === undefined ? unusable('it has no quorum line') : policy;
}
/** Answers whether the line may stand where it stands. */
function readPolicyLine(policy, [keyword, ...words]) {
  const { keys, names, members } = policy;
  if (keyword === 'log' || keyword === 'witness') {
    const [type, name] = keyword === 'log' ? [LOG, undefined] : [WITNESS, words.shift()];
    if (words.length < 1 || words.length > 2 || names.has(name)) return false;
    const key = { ...parseVerifierKey(words[0], type), witness: name };
    if (keys.some(({ encoded }) => encoded === key.encoded)) return false;
    keys.push(key);
    if (name !== undefined) names.set(name, null);
    return true;
  }
  const [name, threshold, ...group] = words;
  if (keyword === 'group' && /^(all|any|[1-9][0-9]*)$/.test(threshold) && !names.has(name)) {
    const needed = { all: group.length, any: 1 }[threshold] ?? Number(threshold);
    const isFree = (one) => names.has(one) && !members.has(one) && members.add(one);
    if (needed < 1 || needed > group.length || !group.every(isFree)) return false;
    return names.set(name, { needed, group });
  }
  const isQuorum = keyword === 'quorum' && words.length === 1 && policy.quorum === undefined;
  policy.quorum = name;
  return isQuorum && names.has(name);
}
/** A group names only what stands above it: one pass is enough. The quorum `none` is never there, as it asks nobody. */
export function hasQuorum({ names, quorum }, cosigned) {
  const counted = new Set(cosigned.map(({ witness }) => witness));
  for (const [name, rule] of names)
    if (rule?.group.filter((one) => counted.has(one)).length >= rule?.needed) counted.add(name);
  return counted.has(quorum);
}
// ------------------------------------------------------------ the bundle (docs/audit-log.md section 4)
/** Which kinds of lines may stand at which place; a place is named after what was read last. */
const MAY_STAND = {
  beginning: ['bundle'],
  bundle: ['checkpoint'],
  checkpoint: ['consistency', 'entry', 'gap', 'head'],
  log: ['entry', 'gap', 'head'],
  'log of a statement': ['terms', 'statement'],
  'whole log': ['terms', 'lines', 'end'],
  'some lines': ['line', 'gap'],
  'all lines': ['lines', 'end'],
  end: [],
};
const LEADS_TO = { consistency: 'log', entry: 'log', statement: 'all lines' };
class Bundle {
  lineNumber = 1; // of the line that is to be read
  seq = null; // the entry that it belongs to
  place = 'beginning';
  digest = createHash('sha256');
  count = { entries: 0, opened: 0, acts: 0, lines: 0 };
  versions = new Set(); // number and digest of the terms that were activated
  claims = new Map(); // by number
  claimEntries = new Map(); // by seq: what the lines of the entry must give
  last = { terms: -1, lines: 0 };
  read(bytes) {
    this.seq = null;
    if (!isUtf8(bytes)) refuse('it is not UTF-8');
    const object = parseCanonical(bytes.toString('utf8', 0, bytes.length - 1), 'it');
    const { kind } = object;
    if (!MAY_STAND[this.place].includes(kind))
      refuse(`a line of another kind is due after: ${this.place}`);
    const isOpened = kind === 'entry' && ('salt' in object || 'body' in object);
    checkForm(object, `line ${isOpened ? 'opened ' : ''}${kind}`);
    this[kind](object);
    this.place = LEADS_TO[kind] ?? (Object.hasOwn(MAY_STAND, kind) ? kind : this.place);
    if (kind !== 'end') this.digest.update(bytes);
    this.lineNumber += 1;
  }
  bundle({ origin, contract, stream, subject }) {
    checkForm(subject, `subject ${subject.type}`);
    const isOrigin = ({ type, name }) => type === LOG && name === asBytes(origin);
    if (!this.policy.keys.some(isOrigin)) refuse(`the policy has no log "${shown(origin)}"`);
    Object.assign(this, { origin, contract, stream, subject });
  }
  checkpoint({ note }) {
    this.signed = readCheckpoint(note, this.policy.keys);
    if (this.signed.origin !== this.origin) refuse('the checkpoint is of another log');
    this.cover = { tree: new Tree(), end: this.signed.size - 1, seq: null };
  }
  consistency({ fromSize, fromRoot, hashes }) {
    const [from, root] = [fromBase64(fromRoot), fromBase64(this.signed.root)];
    const proof = [from, this.signed.size, root, hashes.map(fromBase64)];
    if (!isConsistent(Number(fromSize), ...proof)) refuse('the consistency proof does not hold');
    this.earlier = `${fromSize} ${fromRoot}`;
  }
  entry({ index, body, salt, ...entry }) {
    const { commitment, seq, type } = entry;
    this.seq = seq;
    this.count.entries += 1;
    if (Number(seq) !== this.count.entries) refuse(`entry ${this.count.entries} should stand here`);
    const names = `"seq":"${seq}","stream":"${this.stream}","type":"${type}"`;
    const leaf = leafHash(`{"commitment":"${commitment}",${names}}`);
    if (body !== undefined) this.open(entry, salt, body);
    else if (type === TERMS) this.closed ??= seq;
    if (this.receipt?.seq === Number(seq)) this.receiptLeaf = leaf.toString('base64');
    this.addLeaf(index, leaf);
  }
  addLeaf(index, leaf) {
    const { tree, end } = this.cover;
    if (Number(index) !== tree.size) refuse('its index is not the next one');
    if (tree.size >= end) refuse('it stands where the heads leaf must stand');
    tree.add(leaf);
    this.cover.isAfterGap = false;
  }
  gap({ from, to, hashes }) {
    const { tree, end, seq, isAfterGap, isOfSubject } = this.cover;
    this.seq = seq;
    if (Number(from) !== tree.size) refuse('the gap does not begin at the next index');
    if (Number(to) <= tree.size || Number(to) > end) refuse('the gap is empty or too long');
    if (isAfterGap) refuse('a gap follows a gap');
    if (isOfSubject) refuse('the lines of the claim are not all shown');
    tree.addRange(Number(to), hashes.map(fromBase64));
    this.cover.isAfterGap = this.cover.hasGap = true;
    if (seq === null) this.place = 'log';
    else this.finishLines();
  }
  open({ commitment, seq, type }, salt, text) {
    if (commitmentOf(salt, text) !== commitment) refuse('salt and body do not give the commitment');
    const body = checkForm(parseCanonical(text, 'the body'), 'body of an entry');
    const isOfLeaf = body.seq === seq && (body.type === TERMS ? TERMS : 'act') === type;
    if (!isOfLeaf || body.stream !== this.stream) refuse('body and leaf say different things');
    this.count.opened += 1;
    if (!FORMS.has(`payload ${body.type}`)) return;
    if (++this.count.acts > MAX_COUNT.acts) refuse('the bundle opens too many acts');
    this[body.type](checkForm(body.payload, `payload ${body.type}`), body);
  }
  'contract.drafted' = ({ code }) =>
    code === this.contract ? (this.isNamed = true) : refuse('it drafts another contract');
  'terms.activated' = ({ number, documentHash }) => this.versions.add(`${number} ${documentHash}`);
  'statement.issued'({ number, periodId, documentHash }) {
    const { type, number: wanted, period } = this.subject;
    if (type !== 'statement' || wanted !== String(number) || period !== periodId) return;
    if (this.issued) refuse('the statement is issued twice');
    if (this.closed) refuse(`the statement rests on entry ${this.closed}, which is not opened`);
    this.issued = documentHash;
  }
  'claim.submitted'({ claimId, number, lines, totalMinor, linesHash }, { seq, personId }) {
    if (this.claims.has(number)) refuse('the claim was submitted or decided before');
    this.claims.set(number, { claimId, lines, personId, decided: 0, shown: new Set() });
    this.expectLines(seq, number, { submitted: [lines, BigInt(totalMinor)] }, linesHash);
  }
  'claim.decided'(payload, { seq, personId }) {
    const { claimId, number, approved, returned, approvedMinor, returnedMinor } = payload;
    const claim = this.claims.get(number) ?? { claimId, decided: 0, shown: new Set() };
    this.claims.set(number, claim);
    claim.decided += approved + returned;
    if (claim.claimId !== claimId) refuse('two claims have the same number');
    if (claim.personId === personId) refuse('whoever submitted the claim decided it');
    if (claim.decided > claim.lines) refuse('more lines are decided than were submitted');
    const [yes, no] = [BigInt(approvedMinor), BigInt(returnedMinor)];
    const wanted = { approved: [approved, yes], returned: [returned, no] };
    this.expectLines(seq, number, wanted, payload.decisionsHash);
  }
  expectLines(seq, number, wanted, root) {
    const isOfSubject = this.subject.type === 'claim' && this.subject.number === String(number);
    const end = Object.values(wanted).reduce((sum, [count]) => sum + count, 0);
    const { shown: decided } = this.claims.get(number);
    this.claimEntries.set(seq, { seq, decided, wanted, root, end, isOfSubject });
  }
  head({ index, leaf, position, hashes }) {
    const { tree, end } = this.cover;
    if (Number(index) !== end || tree.size !== end) refuse('leaves are missing before it');
    const { heads, streams } = checkForm(parseCanonical(leaf, 'the leaf'), 'leaf of heads');
    const latest = leafHash(`{"seq":"${this.count.entries}","stream":"${this.stream}"}`);
    const [at, path] = [Number(position), hashes.map(fromBase64)];
    const isLatest = isIncluded(at, Number(streams), latest, path, fromBase64(heads));
    if (this.count.entries === 0 || !isLatest) refuse('another entry is the last of the stream');
    tree.add(leafHash(leaf));
    const isRoot = tree.root().toString('base64') === this.signed.root;
    if (!isRoot) refuse('the root of the checkpoint is another: a leaf is not what was sealed');
    const { type, number } = this.subject;
    const isOpened = { statement: this.issued, claim: this.claims.get(Number(number))?.personId };
    if (type in isOpened && isOpened[type] === undefined) refuse(`the ${type} is not opened`);
    this.place = type === 'statement' ? 'log of a statement' : 'whole log';
  }
  terms({ number, document }) {
    if (Number(number) <= this.last.terms) refuse('terms are not in the order of their numbers');
    const version = `${number} ${sha256(document).toString('hex')}`;
    if (!this.versions.has(version)) refuse('no opened terms.activated is of these terms');
    this.last.terms = Number(number);
  }
  statement = ({ document }) =>
    sha256(document).toString('hex') === this.issued || refuse('another document was issued');
  lines({ entry, size }) {
    this.seq = entry;
    const of = this.claimEntries.get(entry) ?? refuse('no opened entry has these lines');
    if (Number(entry) <= this.last.lines) refuse('lines are not in the order of their entries');
    if (Number(size) !== of.end) refuse('the entry has another number of lines');
    this.last.lines = Number(entry);
    this.cover = Object.assign(of, { tree: new Tree(), isShown: true });
    this.place = 'some lines';
    this.finishLines();
  }
  line({ index, salt, body: text }) {
    const { wanted, decided, seq } = this.cover;
    this.seq = seq;
    const body = checkForm(parseCanonical(text, 'the body'), 'body of a line');
    const { type, line, reference } = this.subject;
    if (!Object.hasOwn(wanted, body.what)) refuse('its "what" is not one of this entry');
    if (type === 'participant' && body.subject !== reference) refuse('it is about somebody else');
    if (body.what === 'submitted') this.isLineShown ||= body.line === line;
    else if (decided.has(body.line)) refuse('the line was decided before');
    else decided.add(body.line);
    if (++this.count.lines > MAX_COUNT.lines) refuse('the bundle shows too many lines');
    wanted[body.what][0] -= 1;
    wanted[body.what][1] -= BigInt(body.amountMinor);
    this.addLeaf(index, leafHash(`{"commitment":"${commitmentOf(salt, text)}"}`));
    this.finishLines();
  }
  finishLines() {
    const { tree, end, root, wanted, hasGap } = this.cover;
    if (tree.size < end) return;
    if (tree.root().toString('hex') !== root) refuse('the entry has the digest of other lines');
    const areSums = Object.values(wanted).every(([count, sum]) => count === 0 && sum === 0n);
    if (!hasGap && !areSums) refuse('the lines do not add up to what the entry says');
    this.place = 'all lines';
  }
  end({ lines, sha256: digest }) {
    if (Number(lines) !== this.lineNumber - 1) refuse('another number of lines stands before it');
    if (this.digest.digest('hex') !== digest) refuse('it is not the digest of the lines before it');
    for (const { seq, isOfSubject, isShown } of this.claimEntries.values())
      if (isOfSubject && !isShown) refuse(`the lines of entry ${seq} are missing`);
    if (this.subject.type === 'line' && !this.isLineShown) refuse('the line itself is not shown');
  }
}
const BUFFER = Buffer.allocUnsafe(MAX.lineBytes + 1); // the longest line, with its line feed
const isOurs = (error) => error instanceof Unusable || error.code !== undefined;
function sizeOf(path) {
  const stat = fs.statSync(path);
  return stat.isFile() ? stat.size : unusable('it is not a file'); // a pipe would keep us waiting
}
/** The reader's own files: a bad one makes the command unusable, and not the bundle INVALID. */
function readOwnFile(path, what, read) {
  try {
    if (sizeOf(path) > MAX.ownFileBytes) refuse('it is too large');
    return read(fs.readFileSync(path));
  } catch (error) {
    if (!isOurs(error)) throw error;
    return unusable(`the ${what} cannot be used: ${shown(error.message)}`);
  }
}
const textOf = (bytes) => (isUtf8(bytes) ? bytes.toString() : refuse('it is not UTF-8'));
function readBundle(bundle, path) {
  if (sizeOf(path) > MAX.fileBytes) refuse('the file is larger than 4,294,967,296 bytes');
  let filled = 0;
  bundle.file = fs.openSync(path);
  for (let more; (more = fs.readSync(bundle.file, BUFFER, filled, BUFFER.length - filled)) > 0;) {
    filled += more;
    let from = 0;
    for (let feed; (feed = BUFFER.subarray(0, filled).indexOf(0x0a, from)) >= 0; from = feed + 1)
      bundle.read(BUFFER.subarray(from, feed + 1));
    BUFFER.copyWithin(0, from, filled);
    filled -= from;
    bundle.seq = null;
    if (filled === BUFFER.length) refuse('it is longer than 16,777,216 bytes');
  }
  if (filled > 0) refuse('the file ends in the middle of it');
  if (bundle.place !== 'end') refuse('the file ends before it');
}
// ------------------------------------------------------------ the verdict (section 5)
const STATUS = { WITNESSED: 0, UNWITNESSED: 10, DIVERGED: 30, INVALID: 40 };
const NOTHING = { firstBad: null, proved: [], notProved: [], checkpoint: null };
const answerOf = (verdict, facts) =>
  Object.assign({ verdict, exitStatus: STATUS[verdict] ?? 64 }, NOTHING, facts);
/** Whatever the bundle holds, the answer is a verdict; an error of another kind is a fault of this program. */
function judge(policy, path, knownPath, receiptPath) {
  let bundle;
  try {
    const own = (name, what, read) =>
      name && readOwnFile(name, what, (bytes) => read(textOf(bytes), policy.keys));
    const known = own(knownPath, 'kept checkpoint', readCheckpoint);
    const receipt = own(receiptPath, 'receipt', readReceipt);
    bundle = Object.assign(new Bundle(), { policy, receipt });
    readBundle(bundle, path);
    return judgeWhole(bundle, known, receipt);
  } catch (error) {
    const isSyntax = error instanceof SyntaxError;
    if (!isSyntax && !isOurs(error)) throw error;
    const detail = isSyntax ? 'it is not JSON' : ascii(error.message);
    if (!isSyntax && !(error instanceof Refused)) return answerOf(null, { notProved: [detail] });
    const firstBad = { line: bundle.lineNumber, seq: bundle.seq, detail };
    return answerOf('INVALID', { firstBad, notProved: ['Anything: do not rely on this bundle.'] });
  } finally {
    if (bundle?.file !== undefined) fs.closeSync(bundle.file);
  }
}
function judgeWhole(bundle, known, receipt) {
  const { made, origin, size, root } = bundle.signed;
  const latest = BigInt(Math.floor(Date.now() / 1000) + MAX.future);
  const cosigned = made.filter(({ type, time }) => type === WITNESS && time <= latest);
  const future = made.filter(({ time }) => time > latest).map(({ witness }) => shown(witness));
  const isWitnessed = hasQuorum(bundle.policy, cosigned);
  const against = [...contradictions(bundle, known, receipt, cosigned)];
  const proved = [...whatIsProved(bundle, cosigned)];
  if (known && against.length === 0) proved.push('It goes on from the checkpoint that you kept.');
  const notProved = [...against, ...whatIsNotProved(bundle, isWitnessed, future)];
  const verdict = against.length > 0 ? 'DIVERGED' : isWitnessed ? 'WITNESSED' : 'UNWITNESSED';
  return answerOf(verdict, { proved, notProved, checkpoint: { origin, size: String(size), root } });
}
function* contradictions({ signed, stream, ...bundle }, known, receipt, cosigned) {
  if (known && known.origin !== signed.origin) unusable('the kept checkpoint is of another log');
  const isSame = known?.size === signed.size && known.root === signed.root;
  const goesOn = known?.size < signed.size && bundle.earlier === `${known.size} ${known.root}`;
  if (known && !isSame && !goesOn) yield 'It DIVERGES from the checkpoint that you kept.';
  if (!receipt) return;
  if (receipt.origin !== signed.origin || receipt.stream !== stream)
    unusable('the receipt is of another log or stream');
  const isLate = cosigned.some(({ time }) => time > receipt.deadline);
  const isBroken = bundle.receiptLeaf !== receipt.leaf && (bundle.receiptLeaf || isLate);
  if (isBroken) yield `It DIVERGES from the receipt that you hold for entry ${receipt.seq}.`;
}
function* whatIsProved({ signed, stream, count, isNamed, contract }, cosigned) {
  yield `The log "${shown(signed.origin)}" signed ${signed.size} leaves with root ${signed.root}.`;
  for (const { witness, time } of cosigned) yield `${shown(witness)} cosigned it, at ${time}.`;
  yield `Stream ${stream} has just the entries 1 to ${count.entries}; ${count.opened} are opened.`;
  if (isNamed) yield `It is the stream of the contract "${shown(contract)}".`;
  if (count.lines)
    yield `${count.lines} payment lines are genuine, and add up where all are shown.`;
}
function* whatIsNotProved({ signed, count, isNamed, contract }, isWitnessed, future) {
  if (!isWitnessed) yield 'That others were shown the same: cosignatures you ask for are missing.';
  for (const name of future) yield `The cosignature by ${name}, from the future, does not count.`;
  for (const name of signed.unknown) yield `Your policy has no key of the signer ${shown(name)}.`;
  if (!isNamed) yield `That the stream is that of the contract "${shown(contract)}".`;
  const closed = count.entries - count.opened;
  if (closed) yield `What ${closed} closed entries say, and what they are about.`;
  yield 'That a score that was typed in was true, or that an act that nobody recorded happened.';
}
const USAGE = 'use: outturn-verify BUNDLE --policy FILE [--known FILE] [--receipt FILE] [--json]';
const [text, flag] = [{ type: 'string' }, { type: 'boolean' }];
const options = { policy: text, known: text, receipt: text, json: flag, batch: flag };
function inWords({ verdict, exitStatus, firstBad, proved, notProved }) {
  const entry = firstBad?.seq ? `, entry ${firstBad.seq}` : '';
  const words = firstBad ? [`First bad line: ${firstBad.line}${entry}: ${firstBad.detail}.`] : [];
  words.push(...proved.map((sentence) => `Proved: ${sentence}`));
  words.push(
    ...notProved.map((one) => `${verdict ? 'Not proved' : 'Nothing was decided'}: ${one}`),
  );
  return [...words, `Verdict: ${verdict ?? 'none'} (exit status ${exitStatus})`].join('\n');
}
/** In a batch, each line of standard input is a bundle, with a kept checkpoint and a receipt after tabs if it likes. */
async function main() {
  process.stdout.on('error', () => {}); // whoever was reading has gone away
  let isJson = false;
  const say = (answer) => {
    console.log(isJson ? ascii(JSON.stringify(answer)) : inWords(answer));
    process.exitCode = Math.max(process.exitCode ?? 0, answer.exitStatus);
  };
  try {
    const { values: own, positionals } = parseArgs({ options, allowPositionals: true });
    if (!own.policy || positionals.length !== (own.batch ? 0 : 1)) unusable(USAGE);
    isJson = own.json || own.batch;
    const policy = readOwnFile(own.policy, 'policy', parsePolicy);
    for await (const line of own.batch ? createInterface({ input: process.stdin }) : positionals) {
      const [file, known, receipt] = own.batch ? line.split('\t') : [line];
      say({ file, ...judge(policy, file, known || own.known, receipt || own.receipt) });
    }
  } catch (error) {
    const isUsage = error.code?.startsWith('ERR_PARSE_ARGS');
    if (!isUsage && !(error instanceof Unusable)) throw error;
    say(answerOf(null, { notProved: [isUsage ? USAGE : error.message] }));
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main();
