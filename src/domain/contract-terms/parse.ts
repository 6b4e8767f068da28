import type { z } from 'zod';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { isTooDeep, TOO_DEEP } from './depth.js';
import { draftSchema, termsSchema, type TermsDocument, type TermsDraft } from './terms.schema.js';
import { TermsRefused } from './terms-refused.js';

export { TermsRefused } from './terms-refused.js';
export { parseTermsSource } from './terms-source.js';

/** A draft: whatever is present has its proper shape; what is missing is listed only at activation. */
export function parseDraft(data: unknown): TermsDraft {
  if (isTooDeep(data)) throw new TermsRefused([TOO_DEEP]);
  const result = draftSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Whole terms. Missing parts are faults. */
export function parseTerms(data: unknown): TermsDocument {
  if (isTooDeep(data)) throw new TermsRefused([TOO_DEEP]);
  const result = termsSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Every fault that the schema finds in the data, with a JSON pointer and a plain sentence. */
export function faultsOf(error: z.ZodError, data: unknown): Fault[] {
  return error.issues.flatMap((issue) => {
    const at = pointer(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        at: at + pointer([key]),
        code: 'TERM_UNKNOWN',
        detail: `"${excerpt(key)}" is not a term that is known here. Nothing is ignored: remove it or correct its name.`,
      }));
    if (valueAt(data, issue.path) === undefined)
      return [{ at, code: 'TERM_MISSING', detail: `This term is missing. ${neededAt(issue)}` }];
    if (issue.code === 'invalid_union' && 'discriminator' in issue)
      return [
        {
          at,
          code: 'TERM_UNSUPPORTED',
          detail: `This kind is not supported, and nothing unsupported is ignored. Supported here: ${optionsOf(issue)}.`,
        },
      ];
    return [{ at, code: 'TERM_INVALID', detail: sentence(issue.message) }];
  });
}

const optionsOf = (issue: z.core.$ZodIssueInvalidUnion): string =>
  'options' in issue && Array.isArray(issue.options)
    ? issue.options.join(', ')
    : 'see the published schema';

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    data,
  );

/** What a missing term must be, as far as the schema says it in a word. */
function neededAt(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `Give one of: ${issue.values.join(', ')}.`;
  if (issue.code === 'invalid_type' && NOUNS[issue.expected] !== undefined)
    return `Give ${NOUNS[issue.expected]}.`;
  return 'Give it as the published schema describes.';
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'its parts',
};

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
