import type { Transaction } from '../../platform/database/transaction.js';
import type { BrowserSession } from './browser-session.js';

/** A session as its owner sees it in a list. */
export interface SessionView {
  readonly id: string;
  /** "Firefox on Windows"; from what the browser says of itself, which anybody can make up. */
  readonly device: string;
  /** The network the session was last used from, never the whole address: "192.0.2.x" or "2001:db8:1::". */
  readonly network: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
  readonly isThis: boolean;
}

/** Why a session ended. */
export type SessionEnd =
  | 'signed-out'
  | 'revoked'
  | 'password-changed'
  | 'factors-reset'
  | 'person-disabled'
  | 'access-ended';

/** Browser sessions: rows on the server, known by a hash of their token. */
export abstract class SessionsService {
  /**
   * The session in force with a token; null when the token is unknown, the session ended, expired, or its person is
   * disabled. Counts as use of the session.
   */
  abstract find(token: string): Promise<BrowserSession | null>;

  /** Every complete session in force of the same person, the latest used first. Refuses WrongStage. */
  abstract list(session: BrowserSession): Promise<readonly SessionView[]>;

  /** Ends the session at hand, at any stage. */
  abstract signOut(session: BrowserSession): Promise<void>;

  /** Ends one session of the same person, which may be the one at hand. Refuses WrongStage and NotYours. */
  abstract end(session: BrowserSession, sessionId: string): Promise<void>;

  /** Ends every other session of the same person and says how many there were. Refuses WrongStage. */
  abstract endOthers(session: BrowserSession): Promise<number>;

  /** Ends every session of a person, for whoever disables them or takes access away; they have authorised it. */
  abstract endAllOf(tx: Transaction, personId: string, why: SessionEnd): Promise<void>;
}
