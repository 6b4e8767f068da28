import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** A secret just minted, and what of it is kept. */
export interface NewToken {
  /** 256 random bits in base64url, known only now. */
  readonly token: string;
  readonly tokenHash: Buffer;
}

/** The secret has 256 random bits, so a plain hash of it cannot be guessed backwards as that of a password could. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

export function mintToken(): NewToken {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, tokenHash: hashOf(token) };
}

/** The hash under which a token is looked up; null when the text cannot be a token. */
export const tokenHashOf = (text: string): Buffer | null =>
  SHAPE.test(text) ? hashOf(text) : null;
