import { sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.js';
import { LogTextMalformed } from './log.errors.js';
import { isKeyName, noteKey, publicBytesOf, publicKeyObject, type NoteKey } from './note-key.js';

/** One signature line of a note: who says that they signed, and what they signed with. */
export interface NoteSignature {
  readonly name: string;
  /** Which key, as eight hex digits. */
  readonly keyId: string;
  /** The bytes after the key id: 64 for a log, 8 of time and 64 for a witness. */
  readonly signature: Uint8Array;
}

/** A C2SP signed note: a text that ends in a line feed, and who signed it. Nothing is verified by reading it. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** No note of a log has more signature lines. */
export const SIGNATURES_MAX = 16;

const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
const ID_BYTES = 4;

/** Reads a note strictly; refuses one without signatures, with more than 16, or with anything else after its blank line. */
export function parseNote(note: string): SignedNote {
  const refuse = (because: string) => new LogTextMalformed('signed note', because);
  if (CONTROL.test(note)) throw refuse('it has a control character');
  if (!note.isWellFormed()) throw refuse('it is no well-formed text');
  const blank = note.lastIndexOf('\n\n');
  if (blank < 1) throw refuse('no blank line ends its text');
  const lines = note.slice(blank + 2).split('\n');
  if (lines.pop() !== '') throw refuse('its last line has no end');
  if (lines.length < 1) throw refuse('nobody signed it');
  if (lines.length > SIGNATURES_MAX)
    throw refuse(`it has more than ${SIGNATURES_MAX} signature lines`);
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignatureLine) };
}

/** Reads one signature line, without its line feed: an em dash, the key's name, and base64 of key id and signature. */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ');
  const bytes = fromBase64(encoded ?? '');
  const isLine = dash === '—' && name !== undefined && isKeyName(name) && more.length === 0;
  if (!isLine || bytes === null || bytes.length <= ID_BYTES)
    throw new LogTextMalformed('signed note', 'a line after its text is no signature line');
  return {
    name,
    keyId: Buffer.from(bytes.subarray(0, ID_BYTES)).toString('hex'),
    signature: bytes.subarray(ID_BYTES),
  };
}

export const formatSignatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;

export const formatNote = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(formatSignatureLine).join('')}`;

/** Whoever signs notes: a name and an Ed25519 private key. */
export interface NoteSigner {
  readonly key: NoteKey;
  readonly privateKey: KeyObject;
}

/** The log as a signer: its key has the name of its origin. */
export const logSigner = (origin: string, privateKey: KeyObject): NoteSigner => ({
  key: noteKey(origin, 'log', publicBytesOf(privateKey)),
  privateKey,
});

/** Signs a text as it stands. */
export const signText = (text: string, signer: NoteSigner): NoteSignature => ({
  name: signer.key.name,
  keyId: signer.key.id,
  signature: sign(null, Buffer.from(text), signer.privateKey),
});

/** Whether a signature names this key. */
export const isBy = (signature: NoteSignature, key: NoteKey): boolean =>
  signature.name === key.name && signature.keyId === key.id;

/** Whether the log with this key signed this text. */
export const isSignedBy = (text: string, signature: NoteSignature, key: NoteKey): boolean =>
  key.type === 'log' &&
  isBy(signature, key) &&
  verify(null, Buffer.from(text), publicKeyObject(key), signature.signature);
