import { z } from 'zod';
import type { DocumentKind } from './document-kind.js';
import { DomainError, type Fault } from './domain-error.js';
import { schemaFaults } from './schema-faults.js';

class RecipeRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({ code: 'RECIPE_REFUSED', kind: 'invalid', detail: 'The recipe has faults.', faults });
  }
}
const RECIPE: DocumentKind = {
  whole: 'recipe',
  part: 'step',
  code: 'RECIPE',
  format: 'recipe/1',
  refuse: (faults) => new RecipeRefused(faults),
};

const faultsIn = (schema: z.ZodType, data: unknown): string[] =>
  schemaFaults(schema.safeParse(data).error!, data, RECIPE).map(
    ({ at, code, detail }) => `${at} ${code} ${detail}`,
  );

describe('a part that is missing', () => {
  it.each<[string, z.ZodType, string]>([
    ['a text', z.string(), 'Give a text.'],
    ['a number', z.number(), 'Give a number.'],
    ['a whole number', z.int(), 'Give a number.'],
    ['yes or no', z.boolean(), 'Give true or false.'],
    ['a list', z.array(z.string()), 'Give a list.'],
    ['a part with parts', z.strictObject({ a: z.string() }), 'Give its parts, each with its name.'],
    ['one of a few words', z.enum(['stir', 'bake']), 'Give one of: stir, bake.'],
    ['something with no plain word', z.bigint(), 'Give it as the published schema describes.'],
    ['one of two things', z.union([z.string(), z.int()]), 'Give a text or a number.'],
  ])('that is %s', (_what, part, needed) =>
    expect(faultsIn(z.strictObject({ x: part }), {})).toEqual([
      `/x STEP_MISSING This step is missing. ${needed}`,
    ]),
  );

  it('that a rule over several parts asks for, whether its place is absent or empty', () => {
    const inner = z.strictObject({ b: z.string().optional() }).nullish();
    const schema = z
      .strictObject({ a: inner })
      .refine(() => false, { path: ['a', 'b'], error: 'Say b' });
    const missing = [
      '/a/b STEP_MISSING This step is missing. Give it as the published schema describes.',
    ];
    expect(faultsIn(schema, {})).toEqual(missing);
    expect(faultsIn(schema, { a: null })).toEqual(missing);
    expect(faultsIn(schema, { a: { b: 'said' } })).toEqual([
      '/a/b STEP_INVALID "b" was read as the text "said". Say b.',
    ]);
  });
});

describe('a part that is there and wrong', () => {
  const act = z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('stir') }),
    z.strictObject({ type: z.literal('bake') }),
  ]);

  it.each<[string, z.ZodType, unknown, string]>([
    [
      'nobody knows',
      z.strictObject({}),
      { 'half/full~': 1 },
      '/half~1full~0 STEP_UNKNOWN "half/full~" is not a step that is known here. ' +
        'Nothing is ignored: remove it or correct its name.',
    ],
    [
      'a kind that is not supported',
      z.array(act),
      [{ type: 'bake' }, { type: 'fry' }],
      '/1/type STEP_UNSUPPORTED This kind is not supported, and nothing unsupported is ignored. ' +
        'Supported here: stir, bake.',
    ],
    [
      'neither of two things',
      z.strictObject({ x: z.union([z.string(), z.int()]) }),
      { x: true },
      '/x STEP_INVALID "x" was read as true. Write a text or a number.',
    ],
    [
      'refused in a sentence of its own',
      z.strictObject({ x: z.string().regex(/^\d/, 'Write it in digits.') }),
      { x: 'two' },
      '/x STEP_INVALID "x" was read as the text "two". Write it in digits.',
    ],
    [
      'refused in words that end with a number',
      z.strictObject({ x: z.string().regex(/^\d/, 'Write digits, such as 1.5') }),
      { x: 'two' },
      '/x STEP_INVALID "x" was read as the text "two". Write digits, such as 1.5.',
    ],
  ])('because it is %s', (_what, schema, data, fault) =>
    expect(faultsIn(schema, data)).toEqual([fault]),
  );
});
