import type { Actor } from './actor.js';
import { AuthenticationNotRecent } from './auth.errors.js';

/** How long a proof of identity counts for an act on money. */
export const RECENT_MINUTES = 5;

const MINUTE_MS = 60_000;

/**
 * For acts that move money: whoever sits at a browser must have proved who they are within the last minutes, so that an
 * open session on an unattended screen, or one that was stolen, approves nothing. A proof in the future (a clock that was
 * set back) does not count. API keys, the command line and the worker are outside of it: a key proves itself anew with
 * each request, and there is nobody there who could be asked again. Refuses AuthenticationNotRecent.
 */
export function requireRecent(actor: Actor, now: Date, minutes = RECENT_MINUTES): void {
  if (actor.via !== 'web') return;
  const ageMs = actor.session ? now.getTime() - actor.session.authenticatedAt.getTime() : -1;
  if (ageMs < 0 || ageMs > minutes * MINUTE_MS) throw new AuthenticationNotRecent(minutes);
}
