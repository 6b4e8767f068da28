import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from './actor.js';

export const BROWSER_ROUTE = 'outturn:browser-route';

/** Injection token of whoever lets browsers in. */
export const BROWSER_DOOR = Symbol('BrowserDoor');

/**
 * The door for browsers: a cookie instead of a key. An API key never opens a page and a cookie never opens the JSON
 * interface, so that a page of another site can neither read nor send anything through somebody's browser.
 */
export interface BrowserDoor {
  /**
   * Who is at the door; null for somebody who has not signed in. Refuses requests that were not made by a page of this
   * service, also for routes that are open to everybody.
   */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<Actor | null>;
}
