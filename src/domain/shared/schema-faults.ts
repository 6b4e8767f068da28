import type { z } from 'zod';
import type { DocumentKind } from './document-kind.js';
import type { Fault } from './domain-error.js';
import { excerpt } from './excerpt.js';
import { neededAt, optionsOf, plainIssue } from './plain-issue.js';

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
    if (issue.code === 'invalid_union' && 'discriminator' in issue)
      return [
        {
          at,
          code: `${code}_UNSUPPORTED`,
          detail: `This kind is not supported, and nothing unsupported is ignored. Supported here: ${optionsOf(issue)}.`,
        },
      ];
    return [{ at, code: `${code}_INVALID`, detail: plainIssue(issue, valueAt(data, issue.path)) }];
  });
}

/** What stands at a place of a document; undefined where nothing does. */
export const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    data,
  );

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
