import { FORM_TOKEN } from './form-token.js';
import { FormMalformed } from './web.errors.js';

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
  if (Object.keys(form).some((name) => !known.has(name) && name !== FORM_TOKEN))
    throw new FormMalformed();
  return Object.fromEntries(fields.map((field) => [field, form[field] ?? ''])) as Record<
    Field,
    string
  >;
}

const isForm = (body: unknown): body is Readonly<Record<string, string>> =>
  typeof body === 'object' &&
  body !== null &&
  Object.values(body).every((value) => typeof value === 'string');
