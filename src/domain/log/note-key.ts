import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.js';
import { LogTextMalformed } from './log.errors.js';

/** What a key signs with: the log its notes (0x01), a witness its dated cosignatures (0x04). Both are Ed25519. */
export type SignatureType = 'log' | 'witness';

const TYPE_BYTE: Readonly<Record<SignatureType, number>> = { log: 0x01, witness: 0x04 };

/** A key that is trusted to sign notes, as a C2SP verifier key (vkey) names it. */
export interface NoteKey {
  readonly name: string;
  readonly type: SignatureType;
  /** The first four bytes, in hex, of SHA-256 over name, line feed, type byte and public key. */
  readonly id: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What stands before the 32 bytes of an Ed25519 public key in its standard encoding (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** Whether a text can name a key: not empty, no space of any kind, no plus, no control character. */
export const isKeyName = (name: string): boolean => /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);

/** A key of that name. Refuses a name that no note can carry. */
export function noteKey(name: string, type: SignatureType, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name))
    throw new LogTextMalformed('key name', 'it is empty or has a space or a plus in it');
  if (publicKey.length !== KEY_BYTES)
    throw new LogTextMalformed('key', `an Ed25519 public key has ${KEY_BYTES} bytes`);
  const id = createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(TYPE_BYTE[type]))
    .update(publicKey)
    .digest('hex')
    .slice(0, 8);
  return { name, type, id, publicKey };
}

/** The public half of a private or public Ed25519 key, as its 32 bytes. */
export function publicBytesOf(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType !== 'ed25519')
    throw new LogTextMalformed('signing key', 'it is not an Ed25519 key');
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
}

/** The key as the crypto library takes it. */
export const publicKeyObject = (key: NoteKey): KeyObject =>
  createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, key.publicKey]),
    format: 'der',
    type: 'spki',
  });

/** The key as one line that a policy file or a person can hold: name, id and key with plus signs between them. */
export const formatVkey = (key: NoteKey): string =>
  `${key.name}+${key.id}+${toBase64(Buffer.concat([Uint8Array.of(TYPE_BYTE[key.type]), key.publicKey]))}`;

/** Reads a verifier key; refuses one whose id is not its own, and any kind of signature but the two that logs use. */
export function parseVkey(vkey: string): NoteKey {
  const [name, id, ...rest] = vkey.split('+');
  const bytes = fromBase64(rest.join('+'));
  if (!name || !/^[0-9a-f]{8}$/.test(id ?? '') || bytes?.length !== KEY_BYTES + 1)
    throw new LogTextMalformed('verifier key', 'it is not name+id+key');
  const type = (['log', 'witness'] as const).find((each) => TYPE_BYTE[each] === bytes[0]);
  if (!type) throw new LogTextMalformed('verifier key', 'its kind of signature is neither 1 nor 4');
  const key = noteKey(name, type, bytes.subarray(1));
  if (key.id !== id)
    throw new LogTextMalformed('verifier key', `its id is ${key.id} and not ${id}`);
  return key;
}
