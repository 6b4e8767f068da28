import type { FastifyInstance } from 'fastify';
import { JsonTooDeep, JsonTooWide } from './malformed-request.js';

const MAX_DEPTH = 100;
const MAX_MEMBERS = 2_000;

/**
 * Refuses a body nested beyond any document of ours, or with an object wider than any of ours, before anything walks
 * through it: what reads and hashes bodies calls itself for each level and would run out of stack where the JSON parser
 * does not, and takes time with the square of an object's members.
 */
export function refuseUnwieldyJson(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    done(faultOf(request.body) ?? undefined);
  });
}

function faultOf(body: unknown): Error | null {
  if (typeof body !== 'object' || body === null || !isPlain(body)) return null;
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MAX_DEPTH) return new JsonTooDeep(MAX_DEPTH);
    const below: object[] = [];
    for (const value of level) {
      const members = Object.values(value) as unknown[];
      if (members.length > MAX_MEMBERS && !Array.isArray(value))
        return new JsonTooWide(MAX_MEMBERS);
      for (const member of members)
        if (typeof member === 'object' && member !== null) below.push(member);
    }
    level = below;
  }
  return null;
}

/** JSON makes arrays and plain objects only; an upload's stream is neither. */
const isPlain = (body: object): boolean =>
  Array.isArray(body) ||
  [Object.prototype, null].includes(Object.getPrototypeOf(body) as object | null);
