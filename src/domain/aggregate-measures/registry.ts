import { z } from 'zod';
import { armDifference, armDifferenceSchema } from './arm-difference.js';
import { effect, effectSchema } from './effect.js';
import { gap, gapSchema } from './gap.js';
import { meanChange, meanChangeSchema } from './mean-change.js';
import type { Measure } from './measure.js';
import { rate, rateSchema } from './rate.js';
import { rateChange, rateChangeSchema } from './rate-change.js';

/** The terms of every measure of many; the discriminant says what it is a measure of. */
export const measureSchema = z.discriminatedUnion('of', [
  meanChangeSchema,
  effectSchema,
  rateSchema,
  gapSchema,
  rateChangeSchema,
  armDifferenceSchema,
]);
export type MeasureTerms = z.infer<typeof measureSchema>;
export type MeasureKind = MeasureTerms['of'];

/** Every measure has exactly one implementation: a schema without one does not compile. */
export const MEASURES: {
  readonly [K in MeasureKind]: Measure<Extract<MeasureTerms, { of: K }>>;
} = {
  'mean-change': meanChange,
  effect,
  rate,
  gap,
  'rate-change': rateChange,
  'arm-difference': armDifference,
};

export const measureOf = <M extends MeasureTerms>(terms: M): Measure<M> =>
  MEASURES[terms.of] as unknown as Measure<M>;
