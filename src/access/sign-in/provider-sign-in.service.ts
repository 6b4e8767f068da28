import type { BrowserSession } from './browser-session.js';
import type { Client } from './client.js';
import type { SignInStep } from './sign-in.service.js';

/** An organisation's own OpenID Connect provider, as the sign-in page shows it. */
export interface ProviderChoice {
  readonly providerId: string;
  readonly name: string;
}

/** The way to a provider. */
export interface ProviderVisit {
  /** Where the browser goes. */
  readonly redirectTo: string;
  /**
   * Binds the visit to this browser: the page puts it into a short-lived cookie (SameSite=Lax, because the way back comes
   * from another site) and hands it in again with the answer.
   */
  readonly visitToken: string;
  readonly expiresAt: Date;
}

/** An identity at a provider that belongs to the person. */
export interface LinkedIdentity {
  readonly id: string;
  readonly providerName: string;
  readonly linkedAt: Date;
}

/** How a visit ended: somebody signed in, or the person of a session linked an identity. */
export type VisitEnd =
  { readonly kind: 'signed-in'; readonly step: SignInStep } | { readonly kind: 'linked' };

/** Sign-in at an organisation's own provider (authorization code flow with PKCE). It takes the place of the password only. */
export abstract class ProviderSignInService {
  /** The provider of the organisation whose addresses end like this one; null when there is none. Says nothing of people. */
  abstract providerFor(email: string): Promise<ProviderChoice | null>;

  /** Starts a sign-in. Refuses NotYours, ProviderSignInRefused (the provider cannot be reached), TooManyAttempts. */
  abstract begin(providerId: string, client: Client): Promise<ProviderVisit>;

  /** Starts linking an identity to the person signed in. Refuses as begin does, WrongStage and AuthenticationNotRecent. */
  abstract beginLinking(
    session: BrowserSession,
    providerId: string,
    client: Client,
  ): Promise<ProviderVisit>;

  /**
   * The way back: the whole address the provider sent the browser to, and the visit token of the cookie. A visit counts
   * once. `session` is the one at hand, if any: linking needs the very session that began it. Refuses
   * ProviderSignInRefused, NoAccountForIdentity and IdentityTaken.
   */
  abstract finish(
    visitToken: string,
    answeredAt: URL,
    session: BrowserSession | null,
    client: Client,
  ): Promise<VisitEnd>;

  /** Refuses WrongStage. */
  abstract identities(session: BrowserSession): Promise<readonly LinkedIdentity[]>;

  /** Refuses WrongStage, NotYours and AuthenticationNotRecent. */
  abstract unlink(session: BrowserSession, identityId: string): Promise<void>;
}
