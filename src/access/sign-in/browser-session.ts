import type { Actor } from '../../platform/auth/actor.js';

/**
 * How far a sign-in has come. `second-factor`: the first factor was right and a second is asked for. `enrolment`: the
 * person has no second factor yet and must add one now. `complete`: signed in. Only a complete session has an actor.
 */
export type SessionStage = 'second-factor' | 'enrolment' | 'complete';

/** A session as the server finds it for the token in a cookie. */
export interface BrowserSession {
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly stage: SessionStage;
  /** Who acts, with `via: 'web'` and this session; null until the sign-in is complete. */
  readonly actor: Actor | null;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  /** The last instant at which the session can be in force if it is used until then. */
  readonly endsAt: Date;
  readonly authenticatedAt: Date;
}

/**
 * A session with a token just minted: 256 random bits in base64url. The page puts the token into its cookie; the server
 * keeps a hash only and never sees the text again. An older token of the same session is void from now on.
 */
export interface IssuedSession {
  readonly token: string;
  readonly session: BrowserSession;
}
