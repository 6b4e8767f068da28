import { z } from 'zod';

/** A short name by which other parts of the document refer to this one. */
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'Write lower-case letters, digits and hyphens.')
  .max(60);

export const words = z.string().trim().min(1).max(1000);

/** A document that figures are taken from. */
export const sourceSchema = z.strictObject({
  id,
  title: words,
  author: words.optional(),
  year: z.string().regex(/^\d{4}$/, 'Write a year, such as "2014".'),
  note: words.optional(),
});
export type Source = z.infer<typeof sourceSchema>;

/** Where in a source a figure stands, so that whoever doubts it can look. */
export const placeSchema = z.strictObject({
  source: z.string(),
  at: z
    .string()
    .regex(
      /^(lines?|pages?|table|section) \d[0-9A-Za-z., -]*$/,
      'Write where it stands: "line 2698", "lines 2709-2712", "page 3".',
    )
    .max(60),
});
export type Place = z.infer<typeof placeSchema>;
