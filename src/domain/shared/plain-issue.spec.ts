import { z } from 'zod';
import { neededAt, optionsOf, plainIssue } from './plain-issue.js';

/** What the schema says of a value, of its first fault. */
function said(schema: z.ZodType, value: unknown): string {
  const issue = issueOf(schema, value);
  return plainIssue(issue, valueAt(value, issue.path));
}
const issueOf = (schema: z.ZodType, value: unknown): z.core.$ZodIssue => {
  const result = schema.safeParse(value);
  if (result.success) throw new Error('The schema takes the value');
  return result.error.issues[0]!;
};
const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((at, key) => (at as Record<PropertyKey, unknown>)[key], value);

const KINDS = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rate-card') }),
  z.strictObject({ type: z.literal('steps') }),
]);
const ALL_OR_COUNT = z.union([z.literal('all'), z.literal('any'), z.int(), z.int()]);

describe('what is wrong with a value, in plain words', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    [
      'a part',
      z.object({ label: z.string() }),
      { label: true },
      '"label" was read as true. Write a text.',
    ],
    [
      'an entry of a list',
      z.object({ days: z.array(z.int()) }),
      { days: [1, '2'] },
      'Entry 2 of "days" was read as the text "2". Write a number.',
    ],
    [
      'a fraction where a whole number is due',
      z.int(),
      1.5,
      'The document was read as the number 1.5. Write a whole number.',
    ],
    [
      'an entry of the document',
      z.array(z.int()),
      ['x'],
      'Entry 1 was read as the text "x". Write a number.',
    ],
    [
      'the document',
      z.boolean(),
      '',
      'The document was read as an empty text. Write true or false.',
    ],
    [
      'nothing',
      z.object({ a: z.array(z.string()) }),
      { a: null },
      '"a" was read as nothing. Write a list.',
    ],
    [
      'an empty list',
      z.object({ a: z.string() }),
      { a: [] },
      '"a" was read as an empty list. Write a text.',
    ],
    ['a list', z.object({ a: z.string() }), { a: ['b'] }, '"a" was read as a list. Write a text.'],
    [
      'parts',
      z.object({ a: z.string() }),
      { a: { b: 1 } },
      '"a" was read as parts, each with a name. Write a text.',
    ],
    [
      'of an unnamed kind',
      z.bigint(),
      'x',
      'The document was read as the text "x". Write it as the published schema describes.',
    ],
    ['one value', z.literal(1), 2, 'The document was read as the number 2. Write 1.'],
    [
      'some values',
      z.enum(['a', 'b']),
      'c',
      'The document was read as the text "c". Write one of: a, b.',
    ],
    [
      'a list too short',
      z.array(z.string()).min(1),
      [],
      'The document was read as an empty list. List at least one.',
    ],
    [
      'a list too long',
      z.array(z.string()).max(2),
      ['', '', ''],
      'The document was read as a list. List at most 2.',
    ],
    [
      'a set too small',
      z.set(z.string()).min(2),
      new Set(['']),
      'The document was read as parts, each with a name. List at least 2.',
    ],
    [
      'a text too short',
      z.string().min(3),
      'ab',
      'The document was read as the text "ab". Write at least 3 characters.',
    ],
    [
      'an empty text',
      z.string().min(1),
      '',
      'The document was read as an empty text. Write something.',
    ],
    [
      'a text too long',
      z.string().max(2),
      'abc',
      'The document was read as the text "abc". Write at most 2 characters.',
    ],
    [
      'a text of more than one',
      z.string().max(1),
      'abc',
      'The document was read as the text "abc". Write at most 1 character.',
    ],
    [
      'a number too small',
      z.number().min(1),
      0,
      'The document was read as the number 0. Write 1 or more.',
    ],
    [
      'a number too large',
      z.number().max(9),
      10,
      'The document was read as the number 10. Write 9 or less.',
    ],
    [
      'none of several kinds',
      ALL_OR_COUNT,
      'some',
      'The document was read as the text "some". Write all, any or a number.',
    ],
    [
      'none of one kind twice',
      z.union([z.int(), z.int()]),
      'x',
      'The document was read as the text "x". Write a number.',
    ],
    [
      'none of unnamed kinds',
      z.union([z.bigint(), z.symbol()]),
      'x',
      'The document was read as the text "x". Write it as the published schema describes.',
    ],
    [
      'own words',
      z.string().regex(/^a/, 'Begin it with an a'),
      'b',
      'The document was read as the text "b". Begin it with an a.',
    ],
    [
      'own words of parts',
      z.object({ a: z.int() }).refine(() => false, 'Give a twice!'),
      { a: 1 },
      'Give a twice!',
    ],
    [
      'own words on nothing',
      z.null().refine(() => false, 'Too is no beginning of ours, Invalid is'),
      null,
      'The document was read as nothing. Too is no beginning of ours, Invalid is.',
    ],
    [
      'own words of several kinds',
      z.union([z.int(), z.boolean()], 'Count, or say no'),
      'x',
      'The document was read as the text "x". Count, or say no.',
    ],
    [
      'a name',
      z.record(z.string().regex(/^[a-z]+$/, 'Use small letters only'), z.int()),
      { A: 1 },
      '"A" was read as the number 1. Use small letters only.',
    ],
  ])('%s', (_, schema, value, expected) => expect(said(schema, value)).toBe(expected));

  it.each<[string, number, string]>([
    ['price', 660, 'Write the price in quotes: "660.00".'],
    ['price', 660.5, 'Write the price in quotes: "660.50".'],
    ['price', 660.25, 'Write the price in quotes: "660.25".'],
    ['price', -4, 'Write the price in quotes: "-4.00".'],
    ['price', 660.125, 'Write the price in quotes: "660.125".'],
    ['price', 1e21, 'Write the price in quotes: "1e+21".'],
    ['secondApproverAbove', 5, 'Write the second approver above in quotes: "5.00".'],
    ['sharePercent', 60, 'Write the share percent in quotes: "60%".'],
    ['version', 2, 'Write the version in quotes: "2".'],
  ])('a number where a text is due: %s %d', (key, value, remedy) =>
    expect(said(z.object({ [key]: z.string() }), { [key]: value })).toBe(
      `"${key}" was read as the number ${value}. ${remedy}`,
    ),
  );

  it('a number without a name', () =>
    expect(said(z.string(), 5)).toBe(
      'The document was read as the number 5. Write the value in quotes: "5".',
    ));
});

describe('what a missing part must be', () => {
  const needed = (schema: z.ZodType) => neededAt(issueOf(schema, undefined));

  it.each<[string, z.ZodType, string]>([
    ['one of some values', z.enum(['a', 'b']), 'Give one of: a, b.'],
    ['a kind', z.array(z.string()), 'Give a list.'],
    ['an unnamed kind', z.bigint(), 'Give it as the published schema describes.'],
    ['several kinds', ALL_OR_COUNT, 'Give all, any or a number.'],
    ['own words', z.union([z.int(), z.boolean()], 'Count, or say no'), 'Count, or say no.'],
  ])('%s', (_, schema, expected) => expect(needed(schema)).toBe(expected));

  it('names the kinds among which a part says its own', () => {
    const issue = issueOf(KINDS, {}) as z.core.$ZodIssueInvalidUnion;
    expect(optionsOf(issue)).toBe('rate-card, steps');
    expect(neededAt(issue)).toBe('Give one of: rate-card, steps.');
    const other = issueOf(ALL_OR_COUNT, 'x') as z.core.$ZodIssueInvalidUnion;
    expect(optionsOf(other)).toBe('see the published schema');
  });
});
