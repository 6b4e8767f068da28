import { errorCodes, type FastifyInstance } from 'fastify';
import { BodyNotUtf8, FormFieldTwice } from './malformed-request.js';

/**
 * Reads forms as browsers and OAuth clients send them: one text for each field. A field that comes twice is refused,
 * because two readers of one form could take it for different things. The object has no prototype, so a field of any name
 * is only a field. The JSON interface reads no forms: a page elsewhere could make a browser send one.
 */
export function acceptForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, bytes: Buffer, done) => {
      if (request.url.startsWith('/v1'))
        return done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(), undefined);
      const text = bytes.toString('latin1'); // every byte of a well-formed form is ASCII
      if (/[^\x20-\x7e]/.test(text)) return done(new BodyNotUtf8(), undefined);
      const fields = Object.create(null) as Record<string, string>;
      for (const [name, value] of new URLSearchParams(text)) {
        if (Object.hasOwn(fields, name)) return done(new FormFieldTwice(), undefined);
        fields[name] = value;
      }
      done(null, fields);
    },
  );
}
