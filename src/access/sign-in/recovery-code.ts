import { createHash, randomBytes } from 'node:crypto';

/** How many codes a person gets at a time. */
export const RECOVERY_CODES = 10;
/** Digits and capital letters without those that are taken for one another: 32 of them, five bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 24 characters are 120 random bits, so that a plain hash cannot be guessed backwards (112 are asked for). */
const LENGTH = 24;
const GROUP = /.{4}/g;
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A code just minted, and what of it is kept. */
export interface NewRecoveryCode {
  /** "7GK2-…", known only now. */
  readonly text: string;
  readonly hash: Buffer;
}

export function mintRecoveryCode(): NewRecoveryCode {
  const code = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return { text: code.match(GROUP)!.join('-'), hash: hashOf(code) };
}

/**
 * The hash under which a code is looked up; null when the text cannot be one. Spaces, hyphens and case do not matter, and
 * letters that look like digits are read as those.
 */
export function recoveryCodeHash(text: string): Buffer | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return SHAPE.test(code) ? hashOf(code) : null;
}

const hashOf = (code: string): Buffer => createHash('sha256').update(code, 'utf8').digest();
