import type { z } from 'zod';
import { excerpt } from './excerpt.js';

/**
 * What the schema finds wrong with a value that is there, for somebody who has never seen a schema: which part it is, what
 * was read, and what to write instead.
 */
export function plainIssue(issue: z.core.$ZodIssue, value: unknown): string {
  // what is made of parts is not shown, so that it would say nothing that it was read
  if (typeof value === 'object' && value !== null && isOwnWords(issue.message))
    return sentence(issue.message);
  const name = nameOf(issue.path);
  return `${name} was read as ${readAs(value)}. ${remedyOf(issue, value)}`;
}

/** What a missing part must be, as far as the schema says it. */
export function neededAt(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `Give one of: ${issue.values.join(', ')}.`;
  if (issue.code === 'invalid_type' && NOUNS[issue.expected] !== undefined)
    return `Give ${NOUNS[issue.expected]}.`;
  if (issue.code !== 'invalid_union') return 'Give it as the published schema describes.';
  if ('options' in issue) return `Give one of: ${optionsOf(issue)}.`;
  return isOwnWords(issue.message) ? sentence(issue.message) : `Give ${choicesOf(issue)}.`;
}

/** The kinds among which a part says its own. */
export const optionsOf = (issue: z.core.$ZodIssueInvalidUnion): string =>
  'options' in issue && Array.isArray(issue.options)
    ? issue.options.join(', ')
    : 'see the published schema';

/** '"price"' for /clauses/0/rule/price; 'Entry 2 of "events"' for /clauses/0/rule/events/1. */
function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'The document';
  if (typeof last !== 'number') return `"${excerpt(String(last))}"`;
  const list = path.at(-2);
  const entry = `Entry ${last + 1}`;
  return list === undefined ? entry : `${entry} of "${excerpt(String(list))}"`;
}

function readAs(value: unknown): string {
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return `the text "${excerpt(value)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'nothing';
  return Array.isArray(value)
    ? value.length === 0
      ? 'an empty list'
      : 'a list'
    : 'parts, each with a name';
}

function remedyOf(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string' && typeof value === 'number'
        ? quotedRemedy(issue.path, value)
        : `Write ${NOUNS[issue.expected] ?? 'it as the published schema describes'}.`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `Write ${String(issue.values[0])}.`
        : `Write one of: ${issue.values.join(', ')}.`;
    case 'too_small':
      return boundInWords(issue.origin, Number(issue.minimum), 'or more', 'at least');
    case 'too_big':
      return boundInWords(issue.origin, Number(issue.maximum), 'or less', 'at most');
    case 'invalid_union':
      return isOwnWords(issue.message) ? sentence(issue.message) : `Write ${choicesOf(issue)}.`;
    case 'invalid_key':
      return sentence(issue.issues[0]?.message ?? issue.message);
    default:
      return sentence(issue.message);
  }
}

/** Numbers in quotes: YAML reads 660.00 as 660, and an amount is kept as it is written, to the penny. */
function quotedRemedy(path: readonly PropertyKey[], value: number): string {
  const key = path.findLast((part): part is string => typeof part === 'string') ?? 'value';
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `Write the ${words} in quotes: "${shownAs(key, value)}".`;
}

const IS_AMOUNT = /^(price|rate|amount|expect|committed|principal|secondApproverAbove)$/;
const IS_PERCENT = /percent$/i;

function shownAs(key: string, value: number): string {
  const text = String(value);
  if (IS_PERCENT.test(key)) return `${text}%`;
  const [, pounds, pence = ''] = /^(-?\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return IS_AMOUNT.test(key) && pounds !== undefined ? `${pounds}.${pence.padEnd(2, '0')}` : text;
}

/** What each kind of value is called. */
const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'its parts, each with its name',
  record: 'its parts, each with its name',
};

function boundInWords(origin: string, bound: number, side: string, most: string): string {
  if (origin === 'string')
    return bound === 1 && most === 'at least'
      ? 'Write something.'
      : `Write ${most} ${bound} ${bound === 1 ? 'character' : 'characters'}.`;
  if (origin === 'array' || origin === 'set')
    return `List ${most} ${bound === 1 ? 'one' : String(bound)}.`;
  return `Write ${bound} ${side}.`;
}

/** What one of several kinds of value may be: "all, any or a whole number". */
function choicesOf(issue: z.core.$ZodIssueInvalidUnion): string {
  const choices = 'errors' in issue ? issue.errors.flatMap((own) => own.flatMap(choiceOf)) : [];
  const all = [...new Set(choices)];
  if (all.length < 2) return all[0] ?? 'it as the published schema describes';
  return `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

function choiceOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_type') return [NOUNS[issue.expected] ?? []].flat();
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return [];
}

/** Whether the schema says in its own words what to write, instead of what comes with the library. */
const isOwnWords = (message: string): boolean => !/^(Invalid|Too|Unrecognized)\b/.test(message);

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
