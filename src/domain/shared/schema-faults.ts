import type { z } from 'zod';
import type { DocumentKind } from './document-kind.js';
import type { Fault } from './domain-error.js';
import { excerpt } from './excerpt.js';

/** Every fault that the schema finds in the data, with a JSON pointer and a plain sentence. */
export function schemaFaults(error: z.ZodError, data: unknown, { part }: DocumentKind): Fault[] {
  const code = part.toUpperCase();
  return error.issues.flatMap((issue) => {
    const at = pointer(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        at: at + pointer([key]),
        code: `${code}_UNKNOWN`,
        detail: `"${excerpt(key)}" is not a ${part} that is known here. Nothing is ignored: remove it or correct its name.`,
      }));
    if (valueAt(data, issue.path) === undefined)
      return [
        { at, code: `${code}_MISSING`, detail: `This ${part} is missing. ${neededAt(issue)}` },
      ];
    if ('options' in issue)
      return [
        {
          at,
          code: `${code}_UNSUPPORTED`,
          detail: `This kind is not supported, and nothing unsupported is ignored. Supported here: ${issue.options.join(', ')}.`,
        },
      ];
    return [{ at, code: `${code}_INVALID`, detail: sentence(issue.message) }];
  });
}

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    data,
  );

/** What a missing part must be, as far as the schema says it in a word. */
function neededAt(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `Give one of: ${issue.values.join(', ')}.`;
  if (issue.code === 'invalid_type' && NOUNS[issue.expected] !== undefined)
    return `Give ${NOUNS[issue.expected]}.`;
  return 'Give it as the published schema describes.';
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'its parts',
};

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
