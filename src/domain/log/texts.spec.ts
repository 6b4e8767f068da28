import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { formatCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { cosign, cosignedAt, witnessSigner } from './cosignature.js';
import { isIncluded } from './check-proofs.js';
import { leafHash } from './hashes.js';
import { TreeOfHeads, streamHeadLeaf } from './heads.js';
import { commitmentOf, entryLeaf, headsLeaf } from './leaf-text.js';
import { formatVkey, isKeyName, noteKey, parseVkey } from './note-key.js';
import { isQuorum, parsePolicy } from './policy.js';
import { formatReceipt, parseReceipt, signReceipt } from './receipt.js';
import { formatNote, isSignedBy, logSigner, parseNote, signText } from './signed-note.js';

/** An Ed25519 private key from its 32 bytes of seed. */
const keyFrom = (seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });
const seeded = (byte: number) => keyFrom(Buffer.alloc(32, byte));
const GOLDEN_COMMITMENT = 'f918c710dc7871d99cf68b204dcdc1d1e37522e273e2c59e12059670a92bc617';
const ROOT = leafHash('root');
const LOG = logSigner('example.org/outturn', seeded(1));

// The example of golang.org/x/mod/sumdb/note, whose documentation publishes both keys and the note
const PUBLISHED_VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PUBLISHED_SEED = Buffer.from(
  'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  'base64',
).subarray(1);
const PUBLISHED_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PUBLISHED_NOTE = `${PUBLISHED_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('a signed note', () => {
  const signer = logSigner('PeterNeumann', keyFrom(PUBLISHED_SEED));

  it('is signed, read and verified as the published one', () => {
    const signed = { text: PUBLISHED_TEXT, signatures: [signText(PUBLISHED_TEXT, signer)] };
    expect(formatNote(signed)).toBe(PUBLISHED_NOTE);
    const note = parseNote(PUBLISHED_NOTE);
    expect(formatNote(note)).toBe(PUBLISHED_NOTE);
    const key = parseVkey(PUBLISHED_VKEY);
    expect(isSignedBy(note.text, note.signatures[0]!, key)).toBe(true);
    expect(isSignedBy(`${note.text}\n`, note.signatures[0]!, key)).toBe(false);
    expect(isSignedBy(note.text, note.signatures[0]!, LOG.key)).toBe(false);
  });

  it.each([
    [
      'the example of C2SP',
      'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    ],
    ['another of sumdb/note', 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'],
    ['one with a plus', 'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6'],
    ['a witness', 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'],
  ])('names its key: %s', (_, vkey) => {
    expect(formatVkey(parseVkey(vkey))).toBe(vkey);
  });

  it('takes no part of a verifier key for one, and none with a character changed', () => {
    for (let from = 0; from < PUBLISHED_VKEY.length; from += 1) {
      expect(() => parseVkey(PUBLISHED_VKEY.slice(from + 1))).toThrow('verifier key');
      expect(() => parseVkey(PUBLISHED_VKEY.slice(0, from))).toThrow('verifier key');
      const changed = String.fromCharCode(PUBLISHED_VKEY.charCodeAt(from) ^ 1);
      expect(() =>
        parseVkey(PUBLISHED_VKEY.slice(0, from) + changed + PUBLISHED_VKEY.slice(from + 1)),
      ).toThrow('verifier key');
    }
  });

  const line = PUBLISHED_NOTE.slice(PUBLISHED_TEXT.length + 1);
  it.each([
    ['no signature', `${PUBLISHED_TEXT}\n`],
    ['no blank line', `${PUBLISHED_TEXT}${line}`],
    ['no text', `\n\n${line}`.slice(1)],
    ['seventeen signatures', `${PUBLISHED_TEXT}\n${line.repeat(17)}`],
    ['a last line without its end', PUBLISHED_NOTE.slice(0, -1)],
    ['a tab', PUBLISHED_NOTE.replace('If you', 'If\tyou')],
    ['a carriage return', PUBLISHED_NOTE.replaceAll('\n', '\r\n')],
    ['a hyphen for a dash', PUBLISHED_NOTE.replace('—', '-')],
    ['base64 without padding', PUBLISHED_NOTE.replace('AM=', 'AM')],
    ['base64 with other bits in its padding', PUBLISHED_NOTE.replace('AM=', 'AN=')],
    ['a name with a plus', PUBLISHED_NOTE.replace('— Peter', '— Peter+')],
    ['a key id alone', `${PUBLISHED_TEXT}\n— PeterNeumann x08gow==\n`],
    ['a third part', PUBLISHED_NOTE.replace('— PeterNeumann', '— Peter Neumann')],
    ['half a surrogate pair', PUBLISHED_NOTE.replace('If', '\ud800')],
  ])('is refused with %s', (_, note) => {
    expect(() => parseNote(note)).toThrow('This is no signed note');
  });

  it('takes sixteen signatures', () => {
    expect(parseNote(`${PUBLISHED_TEXT}\n${line.repeat(16)}`).signatures).toHaveLength(16);
  });

  it.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003', 'a\u0085b', 'a\nb'])(
    'cannot be signed by %j',
    (name) => {
      expect(isKeyName(name)).toBe(false);
      expect(() => noteKey(name, 'log', new Uint8Array(32))).toThrow('key name');
    },
  );

  it('is signed with Ed25519 alone', () => {
    const rsa = createPublicKey(
      '-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf\n9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==\n-----END PUBLIC KEY-----',
    );
    expect(() => logSigner('a', rsa)).toThrow('not an Ed25519 key');
  });
});

describe('a checkpoint', () => {
  // the example of C2SP tlog-checkpoint
  const PUBLISHED =
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';

  it('is read and written as the published one', () => {
    const checkpoint = parseCheckpoint(PUBLISHED);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 });
    expect(formatCheckpoint(checkpoint)).toBe(PUBLISHED);
  });

  it('is signed by its log, and nobody else', () => {
    const note = parseNote(signCheckpoint({ size: 7, root: ROOT }, LOG));
    expect(parseCheckpoint(note.text)).toEqual({ origin: LOG.key.name, size: 7, root: ROOT });
    expect(isSignedBy(note.text, note.signatures[0]!, LOG.key)).toBe(true);
    const stranger = logSigner(LOG.key.name, seeded(9)).key;
    expect(isSignedBy(note.text, note.signatures[0]!, stranger)).toBe(false);
  });

  it.each([
    ['a size of 0', PUBLISHED.replace('20852163', '0')],
    ['a leading zero', PUBLISHED.replace('20852163', '020852163')],
    ['a sign', PUBLISHED.replace('20852163', '+20852163')],
    ['a size of 2^53', PUBLISHED.replace('20852163', '9007199254740992')],
    ['a size of 2^63', PUBLISHED.replace('20852163', '9223372036854775808')],
    ['an exponent', PUBLISHED.replace('20852163', '2e5')],
    ['an extension line', `${PUBLISHED}more\n`],
    ['no last line feed', PUBLISHED.slice(0, -1)],
    ['no origin', PUBLISHED.replace('example.com/behind-the-sofa', '')],
    ['an origin that names no key', PUBLISHED.replace('behind-the', 'behind the')],
    ['a root of 31 bytes', PUBLISHED.replace('CsUY', '')],
    ['a root that is no base64', PUBLISHED.replace('CsUY', 'Cs-Y')],
  ])('is refused with %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow('This is no checkpoint');
  });

  it('is never made of an empty log', () => {
    expect(() => signCheckpoint({ size: 0, root: ROOT }, LOG)).toThrow('0 is not the size of one');
    expect(formatCheckpoint({ origin: 'a', size: Number.MAX_SAFE_INTEGER, root: ROOT })).toContain(
      '\n9007199254740991\n',
    );
  });
});

describe('a cosignature', () => {
  const witness = witnessSigner('investor.example/witness', seeded(2));
  const text = formatCheckpoint({ origin: 'example.org/outturn', size: 3, root: ROOT });
  const made = cosign(text, 1679315147n, witness);

  it('says when it was made, and holds for that checkpoint and witness alone', () => {
    expect(cosignedAt(text, made, witness.key)).toBe(1679315147n);
    expect(cosignedAt(text.replace('\n3\n', '\n4\n'), made, witness.key)).toBeNull();
    expect(cosignedAt(text, made, witnessSigner(witness.key.name, seeded(3)).key)).toBeNull();
    expect(
      cosignedAt(text, made, noteKey(witness.key.name, 'log', witness.key.publicKey)),
    ).toBeNull();
  });

  it('does not hold with another time or length', () => {
    for (let at = 0; at < made.signature.length; at += 1) {
      const signature = Uint8Array.from(made.signature, (byte, i) => (i === at ? byte ^ 1 : byte));
      expect(cosignedAt(text, { ...made, signature }, witness.key)).toBeNull();
    }
    const longer = { ...made, signature: Buffer.concat([made.signature, Buffer.alloc(1)]) };
    expect(cosignedAt(text, longer, witness.key)).toBeNull();
    expect(cosignedAt(text, cosign(text, 2n ** 63n, witness), witness.key)).toBeNull();
  });

  it('signs the message that C2SP tlog-cosignature spells out', () => {
    // a plain Ed25519 signature over header, time and text is the same bytes
    const spelled = signText(`cosignature/v1\ntime 1679315147\n${text}`, witness);
    expect(Buffer.from(made.signature).subarray(8)).toEqual(Buffer.from(spelled.signature));
  });
});

describe('a receipt', () => {
  const receipt = {
    origin: LOG.key.name,
    stream: '0195f3d2-7c1e-7000-8000-0000000000aa',
    seq: 12n,
    leaf: ROOT,
    deadline: 1_448_000_060n,
  };
  const text = formatReceipt(receipt);

  it('is six lines, signed by the log', () => {
    expect(text.split('\n')).toHaveLength(7);
    expect(parseReceipt(text)).toEqual(receipt);
    const note = parseNote(signReceipt(receipt, LOG));
    expect(note.text).toBe(text);
    expect(isSignedBy(note.text, note.signatures[0]!, LOG.key)).toBe(true);
    expect(() => parseCheckpoint(note.text)).toThrow('three lines');
  });

  it.each([
    ['another format', text.replace('/v1', '/v2')],
    ['a line more', `${text}1\n`],
    ['a line less', text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
    ['number 0', text.replace('\n12\n', '\n0\n')],
    ['a number with a leading zero', text.replace('\n12\n', '\n012\n')],
    ['a deadline that is none', text.replace('1448000060', 'soon')],
    ['a hash that is too short', text.replace(Buffer.from(ROOT).toString('base64'), 'AA==')],
    ['no stream', text.replace(receipt.stream, '')],
  ])('is refused with %s', (_, changed) => {
    expect(() => parseReceipt(changed)).toThrow('This is no receipt');
  });
});

describe('leaves', () => {
  it('are the one line that the page says', () => {
    const commitment = commitmentOf(Buffer.alloc(32, 7), '{"a":"é"}');
    expect(Buffer.from(commitment).toString('hex')).toBe(
      // printf of 32 bytes 07 and the UTF-8 of the body, through openssl dgst -sha256
      GOLDEN_COMMITMENT,
    );
    const entry = { commitment, seq: 12n, stream: 'service' };
    const leafOf = (type: string) => entryLeaf({ ...entry, type });
    expect(leafOf('person.created')).toBe(
      `{"commitment":"${GOLDEN_COMMITMENT}","seq":"12","stream":"service","type":"act"}`,
    );
    expect(leafOf('terms.activated')).toBe(
      `{"commitment":"${GOLDEN_COMMITMENT}","seq":"12","stream":"service","type":"terms.activated"}`,
    );
    expect(headsLeaf({ heads: ROOT, recordedAt: '2015-06-02T09:30:00.000Z', streams: 2 })).toBe(
      `{"heads":"${Buffer.from(ROOT).toString('base64')}","recordedAt":"2015-06-02T09:30:00.000Z","streams":"2"}`,
    );
    expect(() => commitmentOf(new Uint8Array(31), '')).toThrow('32 bytes and not 31');
  });

  it('of heads stand in the order of their names, and each is proved', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(fc.uuid(), fc.constant('service')), {
          minLength: 1,
          maxLength: 40,
        }),
        (streams) => {
          const heads = streams.map((stream, index) => ({ stream, seq: BigInt(index + 1) }));
          const tree = new TreeOfHeads(heads);
          expect(Buffer.from(new TreeOfHeads(heads.toReversed()).root())).toEqual(
            Buffer.from(tree.root()),
          );
          const ordered = streams.toSorted((a, b) => (a < b ? -1 : 1));
          for (const head of heads) {
            const { position, hashes } = tree.proof(head.stream)!;
            expect(ordered[position]).toBe(head.stream);
            const leaf = leafHash(streamHeadLeaf(head));
            expect(isIncluded(leaf, position, { size: tree.size, root: tree.root() }, hashes)).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
    expect(new TreeOfHeads([]).proof('service')).toBeNull();
    expect(streamHeadLeaf({ stream: 'service', seq: 3n })).toBe('{"seq":"3","stream":"service"}');
    const twice = { stream: 'service', seq: 1n };
    expect(() => new TreeOfHeads([twice, twice])).toThrow('one head only');
  });
});

describe('a policy', () => {
  const vkeys = [1, 2, 3, 4].map((byte) =>
    formatVkey(witnessSigner(`w${byte}.example`, seeded(byte + 10)).key),
  );
  const [a, b, c, d] = vkeys;
  const POLICY = `# who has to cosign
log ${formatVkey(LOG.key)} https://outturn.example
  witness A\t${a} https://a.example/
witness B ${b}
witness C ${c}
group commissioners any A B
witness D ${d}
group both all commissioners C
quorum both
`;
  const keyOf = (name: string) => parsePolicy(POLICY).witnesses.get(name)!.key;
  const holds = (...names: string[]) => {
    const ids = names.map((name) => keyOf(name).id);
    return isQuorum(parsePolicy(POLICY).quorum, (key) => ids.includes(key.id));
  };

  it('names logs and witnesses, and says whose cosignatures are enough', () => {
    const policy = parsePolicy(POLICY);
    expect(policy.logs).toEqual([{ key: LOG.key, url: 'https://outturn.example' }]);
    expect([...policy.witnesses.keys()]).toEqual(['A', 'B', 'C', 'D']);
    expect(holds('A', 'C')).toBe(true);
    expect(holds('B', 'C', 'D')).toBe(true);
    expect(holds('A', 'B', 'D')).toBe(false);
    expect(holds('C')).toBe(false);
  });

  it('asks for so many of a group, for one witness, or for none', () => {
    const two = parsePolicy(
      `witness A ${a}\nwitness B ${b}\nwitness C ${c}\ngroup g 2 A B C\nquorum g\n`,
    );
    expect(isQuorum(two.quorum, (key) => key.name !== 'w1.example')).toBe(true);
    expect(isQuorum(two.quorum, (key) => key.name === 'w1.example')).toBe(false);
    expect(isQuorum(parsePolicy(`witness A ${a}\nquorum A`).quorum, () => false)).toBe(false);
    expect(isQuorum(parsePolicy('quorum none').quorum, () => false)).toBe(true);
  });

  it.each([
    ['no quorum', 'witness A VKEY\n', 2],
    ['two quorums', 'quorum none\nquorum none\n', 2],
    ['a quorum of two names', `witness A ${a}\nwitness B ${b}\nquorum A B\n`, 3],
    ['a name defined later', `quorum A\nwitness A ${a}\n`, 1],
    ['a name defined twice', `witness A ${a}\nwitness A ${b}\nquorum A\n`, 2],
    ['a witness named none', `witness none ${a}\nquorum none\n`, 1],
    ['a key named twice', `witness A ${a}\nwitness B ${a}\nquorum A\n`, 2],
    ['a member of two groups', `witness A ${a}\ngroup g any A\ngroup h any A\nquorum g\n`, 3],
    ['a member twice in one group', `witness A ${a}\ngroup g any A A\nquorum g\n`, 2],
    ['none in a group', `witness A ${a}\ngroup g any none\nquorum g\n`, 2],
    ['more than there are', `witness A ${a}\ngroup g 2 A\nquorum g\n`, 2],
    ['a threshold of 0', `witness A ${a}\ngroup g 0 A\nquorum g\n`, 2],
    ['an empty group', `witness A ${a}\ngroup g any\nquorum A\n`, 2],
    ['a log for a witness', `witness A ${formatVkey(LOG.key)}\nquorum A\n`, 1],
    ['a witness for a log', `log ${a}\nquorum none\n`, 1],
    ['a word that means nothing', 'trust everybody\nquorum none\n', 1],
    ['a carriage return', 'quorum none\r\n', 1],
    ['a key that is none', 'witness A B\nquorum A\n', 1],
  ])('is refused with %s, and names the line', (_, text, line) => {
    expect(() => parsePolicy(text.replace('VKEY', a!))).toThrow(`Line ${line} of the policy`);
  });
});
