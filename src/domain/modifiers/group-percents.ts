import { z } from 'zod';
import { percentFaults } from '../money/percent-faults.js';
import {
  eligibilityInWords,
  eligibilitySchema,
  isEligible,
  type AttributeDeclarations,
} from '../outcomes/eligibility.js';
import { eligibilityFaults } from '../outcomes/eligibility-faults.js';
import type { Attributes } from '../outcomes/participant-facts.js';
import { canonical } from '../shared/canonical.js';
import type { Fault } from '../shared/domain-error.js';

/** A percentage for the participants who satisfy an expression. The first group that somebody belongs to is theirs. */
export const groupPercentSchema = z.strictObject({
  only: eligibilitySchema.describe('Who belongs to the group.'),
  percent: z.string().describe('Percentage of the group: "25%".'),
});
export type GroupPercent = z.infer<typeof groupPercentSchema>;

export const groupOf = (
  groups: readonly GroupPercent[],
  attributes: Attributes,
): GroupPercent | undefined => groups.find(({ only }) => isEligible(only, attributes));

export const groupsInWords = (
  groups: readonly GroupPercent[],
  declared: AttributeDeclarations,
): string =>
  groups
    .map(({ only, percent }) => `${percent} where ${eligibilityInWords(only, declared)}`)
    .join(', ');

/** Groups ask about declared attributes, and their percentages lie within the bounds. */
export const groupFaults = (
  groups: readonly GroupPercent[],
  attributes: AttributeDeclarations,
  least: number,
  most: number,
): Fault[] =>
  groups.flatMap(({ only, percent }, g) => [
    ...eligibilityFaults(only, attributes, `/groups/${g}/only`),
    ...percentFaults(`/groups/${g}/percent`, percent, least, most),
    ...(groups.findIndex((other) => canonical(other.only) === canonical(only)) === g
      ? []
      : [
          {
            at: `/groups/${g}/only`,
            code: 'NAMED_TWICE',
            detail:
              'This group stands above already, with a percentage that decides. Keep one of them.',
          },
        ]),
  ]);
