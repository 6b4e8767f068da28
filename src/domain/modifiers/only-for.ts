import { z } from 'zod';
import { eligibilityInWords, eligibilitySchema, isEligible } from '../outcomes/eligibility.js';
import { eligibilityFaults } from '../outcomes/eligibility-faults.js';
import type { Modifier } from './modifier.js';
import { zeroed } from './zeroed.js';

/** M1, eligibility and exclusions: the clause pays only for participants who satisfy the expression. Others keep a nil line. */
export const onlyForSchema = z
  .strictObject({ type: z.literal('M1'), only: eligibilitySchema })
  .describe('M1: the clause pays only for participants who satisfy the expression.');
export type OnlyFor = z.infer<typeof onlyForSchema>;

export const onlyFor: Modifier<OnlyFor> = {
  schema: onlyForSchema,
  levels: ['participant', 'cohort'],
  inWords: ({ only }, { attributes }) => `only where ${eligibilityInWords(only, attributes)}`,
  problems: ({ only }, { attributes }) => eligibilityFaults(only, attributes, '/only'),
  apply: ({ only }, outcomes, { facts, attributes }) =>
    facts === null || isEligible(only, facts.attributes)
      ? outcomes
      : outcomes.map((outcome) =>
          zeroed(
            outcome,
            'M1',
            'ineligible',
            `pays only where ${eligibilityInWords(only, attributes)}`,
          ),
        ),
  excludes: ({ only }, facts) => !isEligible(only, facts.attributes),
};
