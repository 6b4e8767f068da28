import type { IncomingMessage } from 'node:http';
import { v7 } from 'uuid';

const SAFE = /^[\w.-]{1,64}$/;

/** The caller's own X-Request-Id when it is harmless, a new one otherwise. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : v7();
}
