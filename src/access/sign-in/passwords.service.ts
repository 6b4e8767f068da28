import type { Actor } from '../../platform/auth/actor.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';

/** What a link to set a password is for. */
export type LinkPurpose = 'invitation' | 'reset';

/** A link just issued: the only time that its token is known. */
export interface IssuedLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Whose link it is, for the page that asks for the new password. */
export interface LinkHolder {
  readonly email: string;
  readonly name: string;
  readonly purpose: LinkPurpose;
}

/** Passwords. Only their owner ever sets one; an administrator can at most have a link sent to the owner. */
export abstract class PasswordsService {
  /**
   * A link by which a person sets their first password; older links of the person are void. Whoever calls this has
   * authorised the actor, and sends the link to the person. A null actor is whoever installs the service.
   */
  abstract issueInvitation(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
  ): Promise<IssuedLink>;

  /**
   * Sends a link to the address if somebody has it; the answer and the time taken are the same if nobody has. Refuses
   * TooManyAttempts.
   */
  abstract requestReset(email: string, client: Client): Promise<void>;

  /** Refuses LinkNotValid. Looking does not use the link up. */
  abstract holderOf(token: string): Promise<LinkHolder>;

  /**
   * Uses a link up and sets the password. Every session of the person ends; second factors stay, so a link alone signs
   * nobody in. Refuses LinkNotValid and PasswordNotAccepted, which leaves the link in force.
   */
  abstract setByLink(token: string, password: string): Promise<void>;

  /**
   * Changes one's own password; every other session ends. Refuses WrongStage, CredentialsRefused (the present password is
   * wrong), PasswordNotAccepted and TooManyAttempts.
   */
  abstract change(
    session: BrowserSession,
    change: { readonly present: string; readonly next: string },
    client: Client,
  ): Promise<IssuedSession>;

  /** Whether the person of a session has a password: somebody who signs in at a provider may have none. */
  abstract hasPassword(session: BrowserSession): Promise<boolean>;
}
