import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The name of the hidden field. */
export const FORM_TOKEN = 'formToken';

/**
 * The token that a form carries, made from a secret that only this browser's cookie holds: a page of another site can
 * neither read it nor work it out, and it is void as soon as the secret changes.
 */
export const formTokenOf = (secret: string): string =>
  createHash('sha256').update(`outturn form\0${secret}`, 'utf8').digest('base64url');

/** A secret for a browser that has no session yet. */
export const newBrowserSecret = (): string => randomBytes(32).toString('base64url');

const SECRET = /^[\w-]{43}$/;
export const isBrowserSecret = (text: string | undefined): text is string =>
  text !== undefined && SECRET.test(text);

export function isFormToken(given: unknown, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const expected = Buffer.from(formTokenOf(secret));
  const received = Buffer.from(given);
  return expected.length === received.length && timingSafeEqual(expected, received);
}
