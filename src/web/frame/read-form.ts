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

/**
 * The fields of a form with a row for each of a list: those that begin with a prefix, by what follows it. Refuses
 * FormMalformed when there is any other.
 */
export function readRows(body: unknown, prefix: string): ReadonlyMap<string, string> {
  const rows = Object.entries(isForm(body) ? body : {}).filter(([name]) => name !== FORM_TOKEN);
  if (rows.some(([name]) => !name.startsWith(prefix))) throw new FormMalformed();
  return new Map(rows.map(([name, value]) => [name.slice(prefix.length), value]));
}

const isForm = (body: unknown): body is Readonly<Record<string, string>> =>
  typeof body === 'object' &&
  body !== null &&
  Object.values(body).every((value) => typeof value === 'string');
