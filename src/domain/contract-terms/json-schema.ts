import { z } from 'zod';
import { termsSchema } from './terms.schema.js';

/** The published JSON Schema (2020-12) of a terms document, for editors and other programs. */
export const termsJsonSchema = (): Record<string, unknown> => ({
  ...(z.toJSONSchema(termsSchema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  }) as Record<string, unknown>),
  title: 'Outturn terms of an outcomes contract, format 1',
});
