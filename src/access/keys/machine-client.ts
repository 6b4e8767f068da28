import { createHash, randomBytes } from 'node:crypto';

/** Seconds for which a token of a client is good. */
export const TOKEN_SECONDS = 900;

const TOKEN = /^ott_[0-9a-f]{64}$/;

/** Both have 256 random bits, so a plain hash of them cannot be guessed backwards. */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** The secret of a client, shown once. */
export const mintClientSecret = (): string => `ots_${randomBytes(32).toString('hex')}`;

/** A token that a client gets for its secret. */
export const mintToken = (): string => `ott_${randomBytes(32).toString('hex')}`;

export const isToken = (text: string): boolean => TOKEN.test(text);
