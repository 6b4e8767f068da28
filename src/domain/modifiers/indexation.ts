import { z } from 'zod';
import { divide, isPositive, parseFraction } from '../money/fraction.js';
import type { CivilDate } from '../calendar/civil-date.js';
import type { Outcome } from '../outcomes/outcome.js';
import { DomainError } from '../shared/domain-error.js';
import type { IndexValue, Modifier } from './modifier.js';
import { scaled } from './scaled.js';

/**
 * Indexation: a result is worth its tariff times the value of a dated index in force on the day of the outcome, over a
 * base value. What is taken back of a result follows the index of that result's day. The last value stays in force until
 * the next is agreed in the terms. Refused: an index that the terms do
 * not have, and a base that is not more than nought; that the index is in order and reaches the first day of the contract is
 * checked with the index itself.
 */
export const indexationSchema = z
  .strictObject({
    type: z.literal('indexation'),
    index: z.string().describe('An index of the terms.'),
    base: z.string().describe('The value of the index at which the tariff was agreed: "100.0".'),
  })
  .describe('Indexation: the tariff follows a dated index.');
export type Indexation = z.infer<typeof indexationSchema>;

export const indexation: Modifier<Indexation> = {
  schema: indexationSchema,
  levels: ['participant', 'cohort'],
  inWords: ({ index, base }) => `times the index ${index} on the day of the outcome over ${base}`,
  problems: ({ index, base }, { indices }) => [
    ...(indices.has(index)
      ? []
      : [
          {
            at: '/index',
            code: 'INDEX_UNKNOWN',
            detail: `"${index}" is not an index of these terms. Add it under indices.`,
          },
        ]),
    ...(isPositiveNumber(base)
      ? []
      : [
          {
            at: '/base',
            code: 'INDEX_VALUE',
            detail: `"${base}" must be a number above nought, such as 100.0.`,
          },
        ]),
  ],
  apply: ({ index, base }, outcomes, { indices }) =>
    outcomes.map((outcome) => {
      const { from, value } = inForceOn(indices.get(index)!, pricedOn(outcome, outcomes));
      const factor = divide(parseFraction(value), parseFraction(base));
      return scaled(outcome, 'indexation', factor, `${index} ${value} (from ${from}) over ${base}`);
    }),
};

/** The day whose index an outcome follows: its own or, where it takes a result back, that of the result. */
const pricedOn = ({ outcomeOn, reverses }: Outcome, outcomes: readonly Outcome[]): CivilDate =>
  outcomes.find(({ occurrence }) => occurrence === reverses)?.outcomeOn ?? outcomeOn;

/** The value in force on a day; on a day before the first, which no contract pays for, the first. */
const inForceOn = (values: readonly IndexValue[], day: CivilDate): IndexValue =>
  values.findLast(({ from }) => from <= day) ?? values[0]!;

/** Whether a text is an exact number above nought, as values of an index must be. */
export function isPositiveNumber(text: string): boolean {
  try {
    return isPositive(parseFraction(text));
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
