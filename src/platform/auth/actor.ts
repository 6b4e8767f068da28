import type { KeyScope } from './key-scope.js';

/** Who is acting, and through which door. Every act of the service is somebody's. */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  /** Sets up contracts, parties and people; never acts as a party (it holds no party's permission). */
  readonly isAdministrator: boolean;
  readonly via: 'api' | 'cli' | 'worker' | 'web';
  /** The browser session, where the door is `web`; nothing else has one. */
  readonly session?: ActingSession;
  /** Acts for this party only, where a person belongs to several. The database sees to it. */
  readonly party?: string;
  /** What the key that came with the request is narrowed to; absent where nothing is. */
  readonly scope?: KeyScope;
}

/** What of a browser session decides about an act. */
export interface ActingSession {
  readonly id: string;
  /** When the person last proved who they are with every factor that was asked for. */
  readonly authenticatedAt: Date;
}
