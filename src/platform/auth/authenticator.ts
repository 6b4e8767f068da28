import type { Actor } from './actor.js';

/** Injection token of whoever knows the keys. */
export const AUTHENTICATOR = Symbol('Authenticator');

/** Says whose key it is; null when it is nobody's or revoked. */
export interface Authenticator {
  authenticate(key: string): Promise<Actor | null>;
}
