// What may be done to a bundle by somebody who has it in hand: to its bytes, to its lines (with the end line made anew,
// as an attacker would), and to the note of its checkpoint. Each answers with the changed bytes, or with nothing where
// the bundle has no place for it. All of them make a bundle INVALID.
import { bytesOf, canonical } from './encoding.mjs';
import { hexOf } from './trees.mjs';
import {
  bodyOf,
  COMMISSIONER,
  INVESTOR,
  LOG,
  noteOf,
  ORIGIN,
  Signer,
  STRANGER,
} from './signers.mjs';

const INVALID = 'INVALID';
const bytes = (change) => (world) => {
  const changed = change(world);
  return changed && !changed.equals(world.bytes) ? { bytes: changed, expected: INVALID } : null;
};

/** The lines, copied for a change; nothing where `change` answers false. */
const lines = (change) => (world) => {
  const copy = structuredClone(world.lines);
  if (change(copy, world) === false) return null;
  const changed = bytesOf(copy);
  return changed.equals(world.bytes) ? null : { bytes: changed, expected: INVALID };
};

const on = (kind, change, isFit = () => true) =>
  lines((copy, world) => {
    const fit = copy
      .map((line, at) => [line, at])
      .filter(([line]) => line.kind === kind && isFit(line));
    if (fit.length === 0) return false;
    const [line, at] = world.chance.of(...fit);
    return change(line, world, copy, at);
  });

const note = (change) =>
  lines((copy, world) => {
    copy[1].note = change(world.checkpoint, world, copy[1].note);
  });
const signedNote = (body, ...more) => noteOf(body, LOG.line(body), ...more);

const otherHex = (hex, chance) =>
  (hex[0] === '0' ? '1' : '0') + chance.hex(hex.length / 2).slice(1);
const otherHash = (chance) => Buffer.from(chance.hex(32), 'hex').toString('base64');
const splice = (buffer, at, remove, ...add) =>
  Buffer.concat([buffer.subarray(0, at), ...add, buffer.subarray(at + remove)]);
const anyAt = ({ bytes: all, chance }) => chance.int(0, all.length - 1);
const rows = ({ bytes: all }) => all.toString().split('\n').slice(0, -1);
const joined = (texts) => Buffer.from(texts.map((text) => `${text}\n`).join(''));
const isOpened = (line) => line.body !== undefined;

const BYTES = {
  'one byte changed': bytes((w) => {
    const at = anyAt(w);
    return splice(w.bytes, at, 1, Buffer.of((w.bytes[at] + w.chance.int(1, 255)) % 256));
  }),
  'one bit changed': bytes((w) => {
    const at = anyAt(w);
    return splice(w.bytes, at, 1, Buffer.of(w.bytes[at] ^ (1 << w.chance.int(0, 7))));
  }),
  'one byte taken out': bytes((w) => splice(w.bytes, anyAt(w), 1)),
  'one byte put in': bytes((w) => splice(w.bytes, anyAt(w), 0, Buffer.of(w.chance.int(0, 255)))),
  'cut off anywhere': bytes((w) => w.bytes.subarray(0, anyAt(w))),
  'cut off after a line': bytes((w) =>
    joined(rows(w).slice(0, w.chance.int(0, rows(w).length - 1))),
  ),
  'a line taken out': bytes((w) =>
    joined(rows(w).toSpliced(w.chance.int(0, rows(w).length - 1), 1)),
  ),
  'a line twice': bytes((w) => {
    const at = w.chance.int(0, rows(w).length - 1);
    return joined(rows(w).toSpliced(at, 0, rows(w)[at]));
  }),
  'two lines swapped': bytes((w) => {
    const texts = rows(w);
    const at = w.chance.int(0, texts.length - 2);
    return joined(texts.toSpliced(at, 2, texts[at + 1], texts[at]));
  }),
  'something after the end': bytes((w) =>
    splice(w.bytes, w.bytes.length, 0, Buffer.from(w.chance.of('\n', ' ', '{}\n', '\0'))),
  ),
  'a byte order mark': bytes((w) => splice(w.bytes, 0, 0, Buffer.from('\ufeff'))),
  'lines ended as Windows does': bytes((w) =>
    Buffer.from(w.bytes.toString().replaceAll('\n', '\r\n')),
  ),
  'random bytes': bytes((w) => Buffer.from(w.chance.hex(w.chance.int(0, 300)), 'hex')),
  'end line without the lines': bytes(() => bytesOf([])),
};

/** Texts that say the same and are not canonical, or say it twice. */
const texts = (change) =>
  lines((copy, { chance }) => {
    const at = chance.int(0, copy.length - 1);
    const text = canonical(copy[at]);
    copy[at] = change(text, copy[at], chance);
    return copy[at] !== text;
  });

const ENCODING = {
  'white space': texts((text, _, chance) =>
    text.replace(chance.of(':', ',', '{', '}'), (found) => `${found} `),
  ),
  'members in another order': texts((text, line) => {
    const members = Object.entries(line).map(
      ([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`,
    );
    return `{${members.sort().reverse().join(',')}}`;
  }),
  'a member twice': texts((text) => text.replace(/^\{("\w+":"[^"\\]*",)/, '{$1$1')),
  'an escape that need not be': texts((text) => text.replace('"k', '"\\u006b')),
  'half of a surrogate pair': texts((text, line) =>
    canonical({ ...line, kind: `${line.kind}\ud800` }),
  ),
  'nested too deep': texts((text) =>
    text.replace(/\}$/, `,"z":${'['.repeat(70)}${']'.repeat(70)}}`),
  ),
  'nested very deep': texts((text) =>
    text.replace(/\}$/, `,"z":${'['.repeat(9000)}${']'.repeat(9000)}}`),
  ),
  'not an object': texts((text, _, chance) =>
    chance.of('[]', '1', 'null', '""', '', '{', `[${text}]`),
  ),
  'an unknown member': texts((text, line, chance) =>
    canonical({ ...line, [chance.of('trust', '__proto__x', 'zz', 'constructor')]: 1 }),
  ),
  'the member __proto__': texts((text) => text.replace(/^\{/, '{"__proto__":{"salt":1},')),
  'a member missing': texts((text, line, chance) => {
    const gone = chance.of(...Object.keys(line));
    return canonical(Object.fromEntries(Object.entries(line).filter(([key]) => key !== gone)));
  }),
  'a member of another type': texts((text, line, chance) => {
    const key = chance.of(...Object.keys(line));
    return canonical({
      ...line,
      [key]: chance.of(null, 1, true, [], {}, [line[key]], { ...line[key] }, 1.5, -0.25, 1e30),
    });
  }),
  'digits that are not plain': texts((text, line, chance) => {
    const keys = Object.keys(line).filter(
      (key) => /^[0-9]+$/.test(line[key]) && line[key].length < 17,
    );
    if (keys.length === 0) return text;
    const key = chance.of(...keys);
    const other = chance.of(
      `0${line[key]}`,
      `+${line[key]}`,
      ` ${line[key]}`,
      `${line[key]}\n`,
      `-${line[key]}`,
      '9007199254740992',
      `${line[key]}.0`,
      '\u0663',
      '',
      '9'.repeat(5000),
    );
    return canonical({ ...line, [key]: other });
  }),
  'another kind': texts((text, line, chance) =>
    canonical({
      ...line,
      kind: chance.of(
        'gap',
        'entry',
        'end',
        'policy',
        'toString',
        'line',
        'lines',
        '\u001b[2J\u202e',
      ),
    }),
  ),
};

const LINES = {
  'its own trust file': lines((copy, { chance, policy }) => {
    if (chance.in100(50)) copy.splice(chance.int(0, copy.length), 0, { kind: 'policy', policy });
    else copy[0].policy = policy;
  }),
  'another format': on(
    'bundle',
    (line, { chance }) =>
      void (line.format = chance.of('outturn-bundle/v1', 'outturn-bundle/v3', '')),
  ),
  'another origin': on(
    'bundle',
    (line, { chance }) =>
      void (line.origin = chance.of(
        '',
        'outturn.example/logs',
        '\u001b]0;x\u0007',
        'x'.repeat(1_000_000),
      )),
  ),
  'another stream': on(
    'bundle',
    (line, { chance }) => void (line.stream = chance.of('service', chance.uuid(), 'x')),
  ),
  'a subject of no kind': on(
    'bundle',
    (line, { chance }) => void (line.subject.type = chance.of('all', '__proto__', '', 'Claim')),
  ),
  'a subject with more': on('bundle', (line) => void (line.subject.more = '1')),
  'a claim that is not there': on(
    'bundle',
    (line) => void (line.subject = { type: 'claim', number: '99' }),
  ),
  'a statement that is not there': on(
    'bundle',
    (line) => void (line.subject = { type: 'statement', number: '99', period: '2015-Q1' }),
  ),
  'a line that is not there': on(
    'bundle',
    (line) => void (line.subject = { type: 'line', line: '\u202eL' }),
  ),
  'another contract': lines((copy) => {
    if (!copy.some(({ body }) => body?.includes('"type":"contract.drafted"'))) return false;
    copy[0].contract = `${copy[0].contract}\u202e`;
  }),
  'an entry taken out': on('entry', (line, w, copy, at) => void copy.splice(at, 1)),
  'an entry put in': on('entry', (line, w, copy, at) => void copy.splice(at, 0, { ...line })),
  'two entries swapped': on('entry', (line, w, copy, at) => {
    const other = copy.findIndex((one, index) => index > at && one.kind === 'entry');
    if (other < 0) return false;
    [copy[at], copy[other]] = [
      { ...copy[other], index: line.index, seq: line.seq },
      { ...line, index: copy[other].index, seq: copy[other].seq },
    ];
  }),
  'an entry left out and the rest numbered on': on('entry', (line, w, copy, at) => {
    copy.splice(at, 1);
    for (const one of copy.slice(at))
      if (one.kind === 'entry')
        Object.assign(one, { index: String(one.index - 1), seq: String(one.seq - 1) });
  }),
  'the last entry hidden in a gap': lines((copy, { log, checkpoint }) => {
    const at = copy.findLastIndex((line) => line.kind === 'entry');
    const index = Number(copy[at].index);
    const from = copy[at - 1].kind === 'gap' ? Number(copy[at - 1].from) : index;
    const to = copy[at + 1].kind === 'gap' ? Number(copy[at + 1].to) : index + 1;
    const start = from === index ? at : at - 1;
    const end = to === index + 1 ? at : at + 1;
    copy.splice(start, end - start + 1, checkpoint.tree.gap(from, to));
    return log !== undefined;
  }),
  'another commitment': on(
    'entry',
    (line, { chance }) => void (line.commitment = otherHex(line.commitment, chance)),
  ),
  'another salt': on(
    'entry',
    (line, { chance }) => void (line.salt = otherHex(line.salt, chance)),
    isOpened,
  ),
  'another body and the commitment to it': on(
    'entry',
    (line) => {
      line.body = line.body.replace('"provider"', '"verifier"');
      line.commitment = hexOf(
        Buffer.concat([Buffer.from(line.salt, 'hex'), Buffer.from(line.body)]),
      );
    },
    isOpened,
  ),
  'a body that is not canonical': on(
    'entry',
    (line) => {
      line.body = ` ${line.body}`;
      line.commitment = hexOf(
        Buffer.concat([Buffer.from(line.salt, 'hex'), Buffer.from(line.body)]),
      );
    },
    isOpened,
  ),
  'a body without its salt': on('entry', (line) => void delete line.salt, isOpened),
  'an instant beside a leaf': on(
    'entry',
    (line) => void (line.recordedAt = '2015-06-02T09:30:00.001Z'),
  ),
  'another type': on('entry', (line, { chance }) => {
    const other = line.type === 'act' ? 'terms.activated' : 'act';
    line.type = chance.of(other, other, 'terms.consented', '', '\ud83d\ude00', null);
  }),
  'another index': on(
    'entry',
    (line, { chance }) => void (line.index = String(Number(line.index) + chance.of(1, 2, 2 ** 40))),
  ),
  'another number of the stream': on(
    'entry',
    (line, { chance }) => void (line.seq = String(Number(line.seq) + chance.int(1, 3))),
  ),
  'a gap that goes further': on('gap', (line) => void (line.to = String(Number(line.to) + 1))),
  'a gap that begins elsewhere': on(
    'gap',
    (line) => void (line.from = String(Number(line.from) + 1)),
  ),
  'an extra hash in a gap': on(
    'gap',
    (line, { chance }) => void line.hashes.push(otherHash(chance)),
  ),
  'a hash too few in a gap': on('gap', (line) => void line.hashes.pop()),
  'another hash in a gap': on(
    'gap',
    (line, { chance }) =>
      void (line.hashes[chance.int(0, line.hashes.length - 1)] = otherHash(chance)),
  ),
  'a hash with stray bits': on(
    'gap',
    (line) => void (line.hashes[0] = line.hashes[0].replace(/.=$/, 'B=')),
  ),
  'a gap in two': on('gap', (line, { checkpoint }, copy, at) => {
    const [from, to] = [Number(line.from), Number(line.to)];
    if (to - from < 2 || at > copy.findIndex(({ kind }) => kind === 'head')) return false;
    copy.splice(at, 1, checkpoint.tree.gap(from, from + 1), checkpoint.tree.gap(from + 1, to));
  }),
  'an empty gap': lines((copy, { chance }) => {
    const at = chance.of(...copy.flatMap((line, index) => (line.kind === 'entry' ? [index] : [])));
    copy.splice(at, 0, { kind: 'gap', from: copy[at].index, to: copy[at].index, hashes: [] });
  }),
  'the heads leaf in a gap': lines((copy, { checkpoint }) => {
    const at = copy.findIndex(({ kind }) => kind === 'head');
    const index = checkpoint.size - 1;
    if (copy[at - 1].kind === 'gap')
      copy.splice(at - 1, 2, checkpoint.tree.gap(Number(copy[at - 1].from), index + 1));
    else copy.splice(at, 1, checkpoint.tree.gap(index, index + 1));
  }),
  'no heads leaf': on('head', (line, w, copy, at) => void copy.splice(at, 1)),
  'two heads leaves': on('head', (line, w, copy, at) => void copy.splice(at, 0, { ...line })),
  'another position of the heads': on(
    'head',
    (line, { chance }) =>
      void (line.position = String(Number(line.position) + chance.of(1, 2, 2 ** 45))),
  ),
  'an extra hash in the proof of the heads': on(
    'head',
    (line, { chance }) => void line.hashes.push(otherHash(chance)),
  ),
  'a hash too few in the proof of the heads': on(
    'head',
    (line) => void line.hashes.pop(),
    ({ hashes }) => hashes.length > 0,
  ),
  'another heads leaf': on('head', (line, { chance }) => {
    const leaf = JSON.parse(line.leaf);
    line.leaf = canonical({
      ...leaf,
      ...chance.of(
        { streams: String(Number(leaf.streams) + 1) },
        { heads: otherHash(chance) },
        { more: 1 },
        { recordedAt: 'x' },
      ),
    });
  }),
  'an extra hash in the consistency proof': on(
    'consistency',
    (line, { chance }) => void line.hashes.push(otherHash(chance)),
  ),
  'another earlier root': on(
    'consistency',
    (line, { chance }) => void (line.fromRoot = otherHash(chance)),
  ),
  'an earlier size of nothing': on(
    'consistency',
    (line) => void Object.assign(line, { fromSize: '0', hashes: [] }),
  ),
  'an earlier size beyond': on(
    'consistency',
    (line, { checkpoint }) => void (line.fromSize = String(checkpoint.size + 1)),
  ),
  'the consistency proof twice': on(
    'consistency',
    (line, w, copy, at) => void copy.splice(at, 0, { ...line }),
  ),
  'other terms': on('terms', (line) => void (line.document += ' ')),
  'terms with another number': on(
    'terms',
    (line) => void (line.number = String(Number(line.number) + 1)),
  ),
  'terms twice': on('terms', (line, w, copy, at) => void copy.splice(at, 0, { ...line })),
  'another statement': on(
    'statement',
    (line) => void (line.document = line.document.replace('text', 'Text')),
  ),
  'no statement': on('statement', (line, w, copy, at) => void copy.splice(at, 1)),
  'a statement too many': on(
    'head',
    (line, w, copy, at) => void copy.splice(at + 1, 0, { kind: 'statement', document: '{}' }),
    () => true,
  ),
  'a payment line taken out': on('line', (line, w, copy, at) => void copy.splice(at, 1)),
  'another amount': on(
    'line',
    (line) => void (line.body = line.body.replace(/"amountMinor":"-?/, '$&1')),
  ),
  'a payment line that says more': on(
    'line',
    (line) => void (line.body = canonical({ ...JSON.parse(line.body), more: '' })),
  ),
  'delimiters shifted': on('line', (line) => {
    const body = JSON.parse(line.body);
    line.body = canonical({
      ...body,
      clause: body.clause.slice(0, -1),
      line: `${body.clause.at(-1)}${body.line}`,
    });
  }),
  'another salt of a line': on(
    'line',
    (line, { chance }) => void (line.salt = otherHex(line.salt, chance)),
  ),
  'more lines than there are': on(
    'lines',
    (line) => void (line.size = String(Number(line.size) + 1)),
  ),
  'lines of another entry': on(
    'lines',
    (line) => void (line.entry = String(Number(line.entry) + 1)),
  ),
  'lines twice': on('lines', (line, w, copy, at) => {
    const end = copy.findIndex(
      (one, index) => index > at && one.kind !== 'line' && one.kind !== 'gap',
    );
    copy.splice(at, 0, ...structuredClone(copy.slice(at, end < 0 ? undefined : end)));
  }),
  'another count at the end': (world) => {
    const end = canonical({
      kind: 'end',
      lines: String(world.lines.length + 1),
      sha256: hexOf(bytesOf(world.lines, false)),
    });
    return {
      bytes: Buffer.concat([bytesOf(world.lines, false), Buffer.from(`${end}\n`)]),
      expected: INVALID,
    };
  },
};

const OTHER_LOG = new Signer(ORIGIN, 1, 'another key of the same name');
const WRONG_NAME = new Signer('outturn.example/other', 1, LOG.name);

const NOTES = {
  'no signature': note(({ body }, { chance }) => chance.of(body, `${body}\n`)),
  'no signature by the log': note(({ body }) =>
    noteOf(body, INVESTOR.line(body, 1), COMMISSIONER.line(body, 1)),
  ),
  'seventeen signatures': note(({ body }) =>
    signedNote(body, ...Array.from({ length: 16 }, () => INVESTOR.line(body, 1))),
  ),
  're-signed with another key': note(({ body }) => noteOf(body, OTHER_LOG.line(body))),
  're-signed with another name': note(({ body }) => noteOf(body, WRONG_NAME.line(body))),
  'size 0': note(({ root }) => signedNote(bodyOf(ORIGIN, 0, root))),
  'size 2^63': note(({ root }) => signedNote(bodyOf(ORIGIN, 2n ** 63n, root))),
  'size 2^53': note(({ root }) => signedNote(bodyOf(ORIGIN, 2n ** 53n, root))),
  'size 2^53 - 1': note(({ root }) => signedNote(bodyOf(ORIGIN, 2n ** 53n - 1n, root))),
  'a size with a leading zero': note(({ size, root }) =>
    signedNote(bodyOf(ORIGIN, `0${size}`, root)),
  ),
  'a size that is larger': note(({ size, root }) => signedNote(bodyOf(ORIGIN, size + 1, root))),
  'a size that is smaller': note(({ size, root }) => signedNote(bodyOf(ORIGIN, size - 1, root))),
  'a root of another length': note(({ size }) => signedNote(bodyOf(ORIGIN, size, 'AAAA'))),
  'another root': note(({ size }, { chance }) =>
    signedNote(bodyOf(ORIGIN, size, otherHash(chance))),
  ),
  'an extension line': note(({ body }) => signedNote(`${body}extension\n`)),
  'a wrong origin in the checkpoint': note(({ size, root }) =>
    signedNote(bodyOf('outturn.example/other', size, root)),
  ),
  'a cosignature that does not verify': note(({ body }) =>
    signedNote(body, INVESTOR.line(`${body}x`, 1)),
  ),
  'a cosignature of another time': note(({ body }) => {
    const [, name, data] = INVESTOR.line(body, 7).split(' ');
    const changed = Buffer.from(data, 'base64');
    changed[11] = 8;
    return signedNote(body, `\u2014 ${name} ${changed.toString('base64')}\n`);
  }),
  'a signature of another length': note(({ body }) =>
    noteOf(
      body,
      LOG.line(body).replace(
        / (\S+)\n$/,
        (_, data) =>
          ` ${Buffer.concat([Buffer.from(data, 'base64'), Buffer.of(0)]).toString('base64')}\n`,
      ),
    ),
  ),
  'a signature line that is no line': note(({ body }, { chance }) =>
    signedNote(
      body,
      chance.of(
        '- a AAAAAAA=\n',
        '\u2014 a\u2003b AAAAAAA=\n',
        '\u2014 a+b AAAAAAA=\n',
        '\u2014 a AAAA\n',
        '\u2014 a AAAAAAB=\n',
        '\u2014 a AAAAAAA= \n',
        '\u2014  AAAAAAA=\n',
        '\n',
        'x\n',
        '\u2014 a AAAAAAA\n',
        '\u2014 a AAAAAA-=\n',
      ),
    ),
  ),
  'a control character in the note': note(({ body }) =>
    signedNote(body, '\u2014 a\u0007 AAAAAAA=\n'),
  ),
  'a note that is cut off': note((checkpoint, { chance }, text) =>
    text.slice(0, chance.int(0, text.length - 1)),
  ),
  'text after the note': note(
    (checkpoint, { chance }, text) => `${text}${chance.of('x', '\n', '\nx\n')}`,
  ),
};

export const MUTATIONS = { ...BYTES, ...ENCODING, ...LINES, ...NOTES };

/** Signatures that do not count and do not hurt. */
export const strangersLine = (body) => STRANGER.line(body, 1);
