import type { FastifyInstance } from 'fastify';
import { BodyNotUtf8, JsonKeyTwice, MalformedJson } from './malformed-request.js';
import { repeatedKeyIn } from './repeated-key.js';

/**
 * Reads JSON bodies, refusing what is not JSON, keys such as __proto__ that no honest body has, keys that stand twice,
 * and bytes that are not UTF-8. No other kind of text is read: without this, Fastify would take text/plain as well.
 */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser('text/plain');
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes: Buffer, done) => {
      const text = textOf(bytes);
      if (text === null) {
        done(new BodyNotUtf8(), undefined);
        return;
      }
      void parse(request, text, (error, body) => {
        const twice = error ? null : repeatedKeyIn(text);
        if (error) done(new MalformedJson(), undefined);
        else if (twice !== null) done(new JsonKeyTwice(twice), undefined);
        else done(null, body);
      });
    },
  );
}

/** The text of a body, null when its bytes are not UTF-8: guessing would record something that nobody wrote. */
function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
