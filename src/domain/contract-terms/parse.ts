import { isMap, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { DomainError, type Fault } from '../shared/domain-error.js';
import { draftSchema, termsSchema, type TermsDocument, type TermsDraft } from './terms.schema.js';

/** Thrown when a document is not readable terms. Every fault is listed with its place. */
export class TermsRefused extends DomainError {
  constructor(
    faults: readonly Fault[],
    detail = 'The terms cannot be read. Each fault is listed with its place.',
  ) {
    super({ code: 'TERMS_REFUSED', kind: 'invalid', detail, faults });
  }
}

const MAX_SOURCE_BYTES = 1_000_000;
const MAX_DEPTH = 60;

/** Reads YAML or JSON (which is YAML) into plain data. Refuses repeated keys, aliases, tags and documents nested out of reason. */
export function parseTermsSource(source: string): unknown {
  if (Buffer.byteLength(source) > MAX_SOURCE_BYTES)
    throw new TermsRefused([
      { at: '', code: 'TERMS_TOO_LARGE', detail: 'The document is larger than 1 MB.' },
    ]);
  let depth = 0;
  for (const open of source.matchAll(/[[\]{}]/g)) {
    depth += open[0] === '[' || open[0] === '{' ? 1 : -1;
    if (depth > MAX_DEPTH)
      throw new TermsRefused([
        { at: '', code: 'TERMS_TOO_DEEP', detail: 'The document is nested too deeply.' },
      ]);
  }
  const document = parseDocument(source, {
    uniqueKeys: true,
    version: '1.2',
    schema: 'core',
    strict: true,
  });
  const faults: Fault[] = document.errors.map((error) => ({
    at: error.linePos ? `line ${error.linePos[0].line}, column ${error.linePos[0].col}` : '',
    code: error.code === 'DUPLICATE_KEY' ? 'KEY_TWICE' : 'NOT_YAML',
    detail: error.message.split('\n')[0]!.replace(/ at line.*$/, '.'),
  }));
  visit(document, {
    Alias: () =>
      void faults.push({
        at: '',
        code: 'ALIAS_REFUSED',
        detail: 'Aliases (*name) are not allowed: write the part out.',
      }),
    Node: (_key, node, path) =>
      path.length > MAX_DEPTH * 2
        ? (faults.push({
            at: '',
            code: 'TERMS_TOO_DEEP',
            detail: 'The document is nested too deeply.',
          }),
          visit.BREAK)
        : node && undefined,
  });
  if (faults.length === 0 && !isMap(document.contents))
    faults.push({
      at: '',
      code: 'NOT_A_DOCUMENT',
      detail:
        'The document must be a list of named terms, beginning with "format: outturn-terms/1".',
    });
  if (faults.length > 0) throw new TermsRefused(faults);
  return document.toJS({ maxAliasCount: 0 });
}

/** A draft: whatever is present has its proper shape; what is missing is listed only at activation. */
export function parseDraft(data: unknown): TermsDraft {
  const result = draftSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Whole terms. Missing parts are faults. */
export function parseTerms(data: unknown): TermsDocument {
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
        at: `${at}/${key}`,
        code: 'TERM_UNKNOWN',
        detail: `"${key}" is not a term that is known here. Nothing is ignored: remove it or correct its name.`,
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
