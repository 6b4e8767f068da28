import type { Actor } from '../../platform/auth/actor.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import type { PasskeyCreation } from './passkeys.js';

/** A second factor as its owner sees it. */
export interface FactorView {
  readonly id: string;
  readonly kind: 'authenticator' | 'passkey';
  readonly label: string;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface FactorsView {
  readonly factors: readonly FactorView[];
  readonly recoveryCodesLeft: number;
}

/** An authenticator about to be added; nothing counts until one of its codes was entered. */
export interface AuthenticatorOffer {
  readonly factorId: string;
  /** Base32, for typing in. */
  readonly secret: string;
  /** otpauth:// address, for a QR code. */
  readonly uri: string;
}

/** After a factor was added. */
export interface FactorAdded {
  /** Takes the place of the token so far; complete, where the sign-in was waiting for a first factor. */
  readonly issued: IssuedSession;
  /** Ten codes, shown only now; null when the person has codes already. */
  readonly recoveryCodes: readonly string[] | null;
}

/**
 * A person's second factors. A session at stage `enrolment` may add the first one; a complete session needs a recent
 * proof of identity (AuthenticationNotRecent) for every change.
 */
export abstract class FactorsService {
  abstract factors(session: BrowserSession): Promise<FactorsView>;

  /** Refuses WrongStage, FactorNotNamed and AuthenticationNotRecent. */
  abstract offerAuthenticator(session: BrowserSession, label: string): Promise<AuthenticatorOffer>;

  /** Refuses WrongStage, NotYours, CodeRefused, TooManyAttempts and AuthenticationNotRecent. */
  abstract confirmAuthenticator(
    session: BrowserSession,
    factorId: string,
    code: string,
    client: Client,
  ): Promise<FactorAdded>;

  /** Refuses WrongStage and AuthenticationNotRecent. */
  abstract offerPasskey(session: BrowserSession): Promise<PasskeyCreation>;

  /** Refuses WrongStage, FactorNotNamed, PasskeyRefused and AuthenticationNotRecent. */
  abstract confirmPasskey(
    session: BrowserSession,
    ceremonyId: string,
    response: unknown,
    label: string,
  ): Promise<FactorAdded>;

  /** Refuses WrongStage, NotYours, LastFactor and AuthenticationNotRecent. */
  abstract remove(session: BrowserSession, factorId: string): Promise<IssuedSession>;

  /** Ten new codes; the old ones are void. Refuses WrongStage and AuthenticationNotRecent. */
  abstract renewRecoveryCodes(session: BrowserSession): Promise<readonly string[]>;

  /**
   * For somebody who lost every factor: an administrator takes them all away, every session ends, and the person enrols
   * anew at the next sign-in. Refuses PermissionRefused, PersonUnknown and, at a browser, AuthenticationNotRecent.
   */
  abstract resetFactors(actor: Actor, personId: string): Promise<void>;
}
