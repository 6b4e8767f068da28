import { z } from 'zod';
import { add, ONE, parseFraction } from '../money/fraction.js';
import { eligibilityInWords } from '../outcomes/eligibility.js';
import { groupFaults, groupOf, groupPercentSchema, groupsInWords } from './group-percents.js';
import type { Modifier } from './modifier.js';
import { scaled } from './scaled.js';

/**
 * M7, category uplift: results of participants of a category, such as the most vulnerable, are worth more by a
 * percentage, or less where it is negative. The first category that somebody belongs to is theirs; who belongs to none is
 * paid the tariff. A change for the worse counts more or less in the same proportion. Refused: a reduction of 100 % or
 * more, for which M1 is the term, and an uplift of more than ten times.
 */
export const categoryUpliftSchema = z
  .strictObject({
    type: z.literal('M7'),
    groups: z
      .array(groupPercentSchema)
      .min(1)
      .describe(
        'Categories, each with its uplift ("25%") or reduction ("-10%"); the first that fits decides.',
      ),
  })
  .describe('M7: uplift or reduction by category of participant.');
export type CategoryUplift = z.infer<typeof categoryUpliftSchema>;

export const categoryUplift: Modifier<CategoryUplift> = {
  schema: categoryUpliftSchema,
  levels: ['participant'],
  inWords: ({ groups }, { attributes }) => `changed by ${groupsInWords(groups, attributes)}`,
  problems: ({ groups }, { attributes }) => groupFaults(groups, attributes, -99, 1000),
  apply({ groups }, outcomes, { facts, attributes }) {
    const group = facts === null ? undefined : groupOf(groups, facts.attributes);
    if (group === undefined) return outcomes;
    const factor = add(ONE, parseFraction(group.percent));
    const why = `${group.percent} where ${eligibilityInWords(group.only, attributes)}`;
    return outcomes.map((outcome) => scaled(outcome, 'M7', factor, why));
  },
};
