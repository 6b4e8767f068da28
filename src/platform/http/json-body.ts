import type { FastifyInstance } from 'fastify';
import { MalformedJson } from './malformed-request.js';

/** Reads JSON bodies, refusing what is not JSON, and keys such as __proto__ that no honest body has. */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request, text: string, done) => {
      void parse(request, text, (error, body) => {
        if (error) done(new MalformedJson(), undefined);
        else done(null, body);
      });
    },
  );
}
