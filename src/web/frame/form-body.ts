import type { FastifyInstance } from 'fastify';
import { FormMalformed } from './web.errors.js';

const MAX_BYTES = 64 * 1024;
const MAX_FIELDS = 200;

/** A form as it came: each field once. */
export type FormBody = Readonly<Record<string, string>>;

/**
 * Reads the bodies of forms, on pages only: the JSON interface goes on refusing them, so that no form of another site
 * can reach it. A field that comes twice is refused, because two readers could take different ones.
 */
export function acceptForms(server: FastifyInstance, isPage: (url: string) => boolean): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BYTES },
    (request, text: string, done) => {
      if (!isPage(request.url)) {
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

/**
 * The fields of a form, each as text; a field that is absent is empty, as a box that was not ticked is. Refuses
 * FormMalformed when there is a field that the form does not have.
 */
export function readForm<Field extends string>(
  body: unknown,
  fields: readonly Field[],
): Record<Field, string> {
  const form = isForm(body) ? body : {};
  const known = new Set<string>(fields);
  if (Object.keys(form).some((name) => !known.has(name) && name !== 'formToken'))
    throw new FormMalformed();
  return Object.fromEntries(fields.map((field) => [field, form[field] ?? ''])) as Record<
    Field,
    string
  >;
}

const isForm = (body: unknown): body is FormBody =>
  typeof body === 'object' &&
  body !== null &&
  Object.values(body).every((value) => typeof value === 'string');
