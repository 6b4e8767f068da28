import { z } from 'zod';
import { id, words } from './source-place.schema.js';

const label = words.describe('What the number is: "weeks", "entries avoided".');
const minus = z.literal(true).optional().describe('In a sum: taken away.');

/** Which state of another figure is used. Never left open: whether a count is rounded first changes the money. */
const taken = z.enum(['exact', 'rounded', 'printed']);

/** One number that a reckoning uses. */
export const operandSchema = z.discriminatedUnion('take', [
  z.strictObject({
    take: z.literal('number'),
    value: z.string().describe('Exact: "9", "0.25", "6%", "2/3".'),
    is: z.enum(['quantity', 'amount', 'probability', 'attribution']).default('quantity'),
    label,
    minus,
  }),
  z.strictObject({ take: z.literal('unit-cost'), id, minus }),
  z.strictObject({ take: z.literal('working'), id, taken, minus }),
  z.strictObject({
    take: z.literal('benefit'),
    id,
    taken,
    body: z.string().optional().describe('Only the part of this body.'),
    minus,
  }),
]);
export type Operand = z.infer<typeof operandSchema>;

/** How a figure comes about: the source states it, or it is reckoned from others. */
export const reckoningSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('statement'), value: z.string() }),
  z.strictObject({ by: z.literal('product'), of: z.array(operandSchema).min(1).max(50) }),
  z.strictObject({ by: z.literal('sum'), of: z.array(operandSchema).min(1).max(50) }),
  z.strictObject({ by: z.literal('quotient'), of: z.array(operandSchema).length(2) }),
]);
export type Reckoning = z.infer<typeof reckoningSchema>;
