import type { FastifyInstance } from 'fastify';
import { JsonTooDeep } from './malformed-request.js';

const MAX_DEPTH = 100;

/**
 * Refuses a body nested beyond any document of ours before anything walks through it: what reads and hashes bodies calls
 * itself for each level, and would run out of stack where the JSON parser does not.
 */
export function refuseDeepJson(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    done(isTooDeep(request.body) ? new JsonTooDeep(MAX_DEPTH) : undefined);
  });
}

function isTooDeep(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !isPlain(body)) return false;
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MAX_DEPTH) return true;
    const below: object[] = [];
    for (const value of level)
      for (const member of Object.values(value) as unknown[])
        if (typeof member === 'object' && member !== null) below.push(member);
    level = below;
  }
  return false;
}

/** JSON makes arrays and plain objects only; an upload's stream is neither. */
const isPlain = (body: object): boolean =>
  Array.isArray(body) ||
  [Object.prototype, null].includes(Object.getPrototypeOf(body) as object | null);
