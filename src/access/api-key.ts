import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SHAPE = /^ot_([0-9a-f]{12})_([0-9a-f]{64})$/;

/** A new key. The text is shown once; the prefix finds it again and the hash proves it. */
export interface NewApiKey {
  readonly text: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
}

/** The secret has 256 random bits, so a plain hash of it cannot be guessed backwards as that of a password could. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

export function mintApiKey(): NewApiKey {
  const prefix = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('hex');
  return { text: `ot_${prefix}_${secret}`, prefix, secretHash: hashOf(secret) };
}

/** The two parts of a key; null when the text is not a key. */
export function parseApiKey(text: string): { prefix: string; secretHash: Buffer } | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  return { prefix: match[1]!, secretHash: hashOf(match[2]!) };
}

/** Compares in a time that does not depend on where two hashes differ. */
export const isSameHash = (a: Buffer, b: Buffer): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
