import { z } from 'zod';
import { ROUNDING_MODES } from '../money/rounding.js';

/** How coarsely a figure is rounded. A penny is the minor unit of the currency, a pound its major one. */
export const MONEY_STEPS = ['penny', 'pound'] as const;
export const COUNT_STEPS = ['one'] as const;
export const LARGE_STEPS = [
  'ten',
  'hundred',
  'thousand',
  'ten-thousand',
  'hundred-thousand',
  'million',
] as const;

/** Declared for every figure, because the order and size of rounding change what comes out. */
export const roundingSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('none') }),
  z.strictObject({
    to: z.enum([...MONEY_STEPS, ...COUNT_STEPS, ...LARGE_STEPS]),
    mode: z.enum(ROUNDING_MODES),
  }),
]);
export type FigureRounding = z.infer<typeof roundingSchema>;
export type RoundingStep = FigureRounding['to'];
