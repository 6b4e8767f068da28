import type { FastifyInstance } from 'fastify';
import { FormMalformed } from './malformed-request.js';
import { isPageAddress } from './page-address.js';

const MAX_BYTES = 64 * 1024;
const MAX_FIELDS = 200;

/** A form as it came: each field once. */
export type FormBody = Readonly<Record<string, string>>;

/**
 * Reads the bodies of forms, on pages only: the JSON interface goes on refusing them, so that no form of another site
 * can reach it. A field that comes twice is refused, because two readers could take different ones.
 */
export function acceptForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BYTES },
    (request, text: string, done) => {
      if (!isPageAddress(request.url)) {
        done(Object.assign(new Error('no forms here'), { statusCode: 415 }), undefined);
        return;
      }
      const form = parseForm(text);
      if (form) done(null, form);
      else done(new FormMalformed(), undefined);
    },
  );
}

/** null when a field comes twice or there are too many; the object has no prototype to be polluted. */
export function parseForm(text: string): FormBody | null {
  const form = Object.create(null) as Record<string, string>;
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > MAX_FIELDS || name in form) return null;
    form[name] = value;
  }
  return form;
}
