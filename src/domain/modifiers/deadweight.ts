import { z } from 'zod';
import { equals, ONE, parseFraction, subtract, ZERO } from '../money/fraction.js';
import { percentFaults } from '../money/percent-faults.js';
import { eligibilityInWords } from '../outcomes/eligibility.js';
import { groupFaults, groupOf, groupPercentSchema, groupsInWords } from './group-percents.js';
import type { Modifier } from './modifier.js';
import { scaled } from './scaled.js';
import { zeroed } from './zeroed.js';

/**
 * M5, deadweight: the part of a result that would have happened anyway is deducted from its worth, as a percentage by
 * sub-group of participants, the first that somebody belongs to, or else one for all. A cohort's result has one
 * percentage, for a cohort has no attributes. A change for the worse is reduced in the same proportion. Where all of it
 * would have happened anyway, a nil line says so. Percentages outside 0 to 100 % are refused.
 */
export const deadweightSchema = z
  .strictObject({
    type: z.literal('M5'),
    percent: z.string().describe('What would have happened anyway and is deducted: "15%".'),
    groups: z
      .array(groupPercentSchema)
      .default([])
      .describe('Sub-groups with a percentage of their own; the first that fits decides.'),
  })
  .describe('M5: deadweight, deducted by sub-group.');
export type Deadweight = z.infer<typeof deadweightSchema>;

export const deadweight: Modifier<Deadweight> = {
  schema: deadweightSchema,
  levels: ['participant', 'cohort'],
  inWords: ({ percent, groups }, { attributes }) =>
    groups.length === 0
      ? `less ${percent} that would have happened anyway`
      : `less what would have happened anyway: ${groupsInWords(groups, attributes)}, ${percent} otherwise`,
  problems: ({ percent, groups }, { attributes, level }) => [
    ...percentFaults('/percent', percent, 0, 100),
    ...groupFaults(groups, attributes, 0, 100),
    ...(level === 'cohort' && groups.length > 0
      ? [
          {
            at: '/groups',
            code: 'GROUPS_NOT_FOR_COHORT',
            detail: 'This clause pays for a whole cohort, which has no attributes. Remove groups.',
          },
        ]
      : []),
  ],
  apply({ percent, groups }, outcomes, { facts, attributes }) {
    const group = facts === null ? undefined : groupOf(groups, facts.attributes);
    const text = group?.percent ?? percent;
    const left = subtract(ONE, parseFraction(text));
    if (equals(left, ONE)) return outcomes;
    const who = group === undefined ? '' : ` where ${eligibilityInWords(group.only, attributes)}`;
    const why = `${text} would have happened anyway${who}`;
    return outcomes.map((outcome) =>
      equals(left, ZERO) && outcome.exactMinor.numerator !== 0n
        ? zeroed(outcome, 'M5', 'deadweight', why)
        : scaled(outcome, 'M5', left, why),
    );
  },
};
