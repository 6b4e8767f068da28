import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import type { PasskeyRequest } from './passkeys.js';

/** How a signed-in person can prove again who they are. */
export interface ProofsPossible {
  /** True when a password must go with an authenticator code; false for whoever has none. */
  readonly password: boolean;
  readonly authenticator: boolean;
  readonly passkey: boolean;
}

/** Proving again who one is, before an act that needs it (see requireRecent). Gives a new token each time. */
export abstract class ReauthenticationService {
  abstract proofsPossible(session: BrowserSession): Promise<ProofsPossible>;

  /**
   * An authenticator code, and the password where the person has one. Refuses WrongStage, CredentialsRefused,
   * CodeRefused and TooManyAttempts.
   */
  abstract withCode(
    session: BrowserSession,
    proof: { readonly password: string | null; readonly code: string },
    client: Client,
  ): Promise<IssuedSession>;

  /** For a passkey of the person, who verifies themselves to it. Refuses WrongStage. */
  abstract passkeyRequest(session: BrowserSession): Promise<PasskeyRequest>;

  /** Refuses WrongStage, PasskeyRefused and TooManyAttempts. */
  abstract withPasskey(
    session: BrowserSession,
    ceremonyId: string,
    response: unknown,
    client: Client,
  ): Promise<IssuedSession>;
}
