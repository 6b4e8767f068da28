import { z } from 'zod';
import { day } from '../calendar/civil-date.schema.js';
import { dateInWords } from '../calendar/date-in-words.js';
import type { PayerSplit } from './payer-split.js';
import { divisionBy, payersOf, shareFaults, sharesInWords, sharesSchema } from './shares.js';

/** S4, by phase: shares change on agreed days, as from start-up to steady state. The day of the outcome decides. */
export const byPhaseSchema = z
  .strictObject({
    type: z.literal('S4'),
    first: sharesSchema.describe('Shares until the first change.'),
    then: z
      .array(z.strictObject({ from: day, shares: sharesSchema }))
      .min(1)
      .describe('Each change of shares with the first day of the outcomes it applies to.'),
  })
  .describe('S4: by phase.');
export type ByPhase = z.infer<typeof byPhaseSchema>;

const payers = ({ first, then }: ByPhase): string[] =>
  payersOf(first, ...then.map(({ shares }) => shares));

export const byPhase: PayerSplit<ByPhase> = {
  schema: byPhaseSchema,
  followsFacts: true,
  inWords: ({ first, then }) =>
    [
      `first ${sharesInWords(first)}`,
      ...then.map(
        ({ from, shares }) => `for outcomes from ${dateInWords(from)} ${sharesInWords(shares)}`,
      ),
    ].join('; '),
  limits: () => [],
  payers,
  problems: ({ first, then }) => [
    ...shareFaults(first, '/first'),
    ...then.flatMap(({ from, shares }, p) => [
      ...shareFaults(shares, `/then/${p}/shares`),
      ...(p > 0 && from <= then[p - 1]!.from
        ? [
            {
              at: `/then/${p}/from`,
              code: 'PHASES_OUT_OF_ORDER',
              detail: `This phase begins on ${from}, not after the one before it. List phases by date.`,
            },
          ]
        : []),
    ]),
  ],
  open(terms) {
    const all = payers(terms);
    const first = divisionBy(terms.first, all);
    const phases = terms.then.map(({ from, shares }) => ({
      from,
      divide: divisionBy(shares, all),
    }));
    return (amountMinor, { outcomeOn }) =>
      (phases.findLast(({ from }) => from <= outcomeOn)?.divide ?? first)(amountMinor);
  },
};
