import { z } from 'zod';
import { IDENTIFIERS } from './identifiers.js';

/** What a contract allows to be held about who its participants are. A contract without this part allows nothing. */
export const privacySchema = z
  .strictObject({
    identifiers: z
      .array(z.enum(IDENTIFIERS))
      .min(1)
      .describe('The direct identifiers that may be held, encrypted for each participant.'),
    retentionMonths: z
      .int()
      .min(0)
      .max(600)
      .describe(
        'Months after the end of a participant’s involvement (the exit, at the latest the end of the contract) for which they are kept; then they are erased.',
      ),
    matchTokens: z
      .boolean()
      .default(false)
      .describe(
        'Whether keyed tokens are made of them, to notice the same person on another contract.',
      ),
  })
  .describe('Which direct identifiers may be held, and for how long; leave out to allow none.');

export type PrivacyTerms = z.infer<typeof privacySchema>;
