import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import type { LimitFigures } from './limit-figures.js';
import type { PasskeyRequest } from './passkeys.js';

/** What a person can be asked for after the first factor. */
export type SecondFactorKind = 'authenticator' | 'passkey' | 'recovery-code';

/** A step of a sign-in that went well. `issued.session.stage` says what comes next. */
export interface SignInStep {
  readonly issued: IssuedSession;
  /** Which second factors the person has, in the order in which to offer them; empty when they must enrol one. */
  readonly secondFactors: readonly SecondFactorKind[];
  readonly limits: readonly LimitFigures[];
}

/** Sign-in for browsers, step by step. Every step gives a new token, which takes the place of the one before. */
export abstract class SignInService {
  /**
   * The first factor. Always does one argon2 verification, whether the person exists or not. Refuses CredentialsRefused
   * and TooManyAttempts.
   */
  abstract withPassword(
    credentials: { readonly email: string; readonly password: string },
    client: Client,
  ): Promise<SignInStep>;

  /** Which second factors the person of a session at stage `second-factor` has. */
  abstract secondFactors(session: BrowserSession): Promise<readonly SecondFactorKind[]>;

  /** The six digits of an authenticator. Each time step counts once. Refuses WrongStage, CodeRefused, TooManyAttempts. */
  abstract withAuthenticatorCode(
    session: BrowserSession,
    code: string,
    client: Client,
  ): Promise<SignInStep>;

  /** A recovery code, which is used up. Spaces, hyphens and case do not matter. Refuses as withAuthenticatorCode does. */
  abstract withRecoveryCode(
    session: BrowserSession,
    code: string,
    client: Client,
  ): Promise<SignInStep>;

  /**
   * What the browser needs for `navigator.credentials.get`. With a session at stage `second-factor`: any of the person's
   * passkeys; without one: whichever passkey the person chooses, who must then verify themselves to it (PIN, finger).
   */
  abstract passkeyRequest(session: BrowserSession | null): Promise<PasskeyRequest>;

  /**
   * The browser's answer to a request. A passkey without a session is a whole sign-in by itself. Refuses PasskeyRefused,
   * WrongStage and TooManyAttempts.
   */
  abstract withPasskey(
    session: BrowserSession | null,
    ceremonyId: string,
    response: unknown,
    client: Client,
  ): Promise<SignInStep>;
}
