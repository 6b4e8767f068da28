import { z } from 'zod';
import type { Fault } from '../shared/domain-error.js';
import type { PayerSplit, SplitSurroundings } from './payer-split.js';
import { divisionBy, payersOf, shareFaults, sharesInWords, sharesSchema } from './shares.js';

/**
 * S2, by home commissioner: whoever commissions for the place that a participant comes from carries the line. The place
 * is a declared attribute with a list of choices. `others` divides the rest: participants from a place that is not listed
 * or not known, and lines about a whole cohort, which come from no one place.
 */
export const byHomeSchema = z
  .strictObject({
    type: z.literal('S2'),
    attribute: z.string().describe('The declared choice that says where a participant comes from.'),
    homes: z
      .array(
        z.strictObject({
          is: z.string().describe('The place, as the attribute gives it.'),
          shares: sharesSchema,
        }),
      )
      .min(1),
    others: sharesSchema.describe(
      'Shares for any other place, and for lines about a whole cohort.',
    ),
  })
  .describe("S2: by the participant's home commissioner.");
export type ByHome = z.infer<typeof byHomeSchema>;

export const byHome: PayerSplit<ByHome> = {
  schema: byHomeSchema,
  followsFacts: true,
  inWords: ({ attribute, homes, others }) =>
    [
      ...homes.map(({ is, shares }) => `${attribute} ${is}: ${sharesInWords(shares)}`),
      `otherwise ${sharesInWords(others)}`,
    ].join('; '),
  limits: () => [],
  payers,
  problems: (terms, surroundings) => [
    ...terms.homes.flatMap(({ shares }, h) => shareFaults(shares, `/homes/${h}/shares`)),
    ...shareFaults(terms.others, '/others'),
    ...placeFaults(terms, surroundings),
  ],
  open(terms) {
    const all = payers(terms);
    const byPlace = new Map(terms.homes.map(({ is, shares }) => [is, divisionBy(shares, all)]));
    const otherwise = divisionBy(terms.others, all);
    return (amountMinor, { attributes }) => {
      const home = attributes?.[terms.attribute];
      const division = typeof home === 'string' ? byPlace.get(home) : undefined;
      return (division ?? otherwise)(amountMinor);
    };
  },
};

function payers({ homes, others }: ByHome): string[] {
  return payersOf(...homes.map(({ shares }) => shares), others);
}

function placeFaults({ attribute, homes }: ByHome, around: SplitSurroundings): Fault[] {
  const declared = around.attributes[attribute];
  if (declared?.type !== 'choice')
    return [
      {
        at: '/attribute',
        code: 'ATTRIBUTE_UNDECLARED',
        detail: `"${attribute}" is not a declared choice. Declare it among the attributes of the population.`,
      },
    ];
  return homes.flatMap(({ is }, h): Fault[] => {
    const at = `/homes/${h}/is`;
    if (!declared.values.includes(is))
      return [{ at, code: 'ANSWER_UNKNOWN', detail: `"${is}" is not a choice of "${attribute}".` }];
    return homes.findIndex((other) => other.is === is) === h
      ? []
      : [{ at, code: 'NAMED_TWICE', detail: `"${is}" stands twice. Keep one of them.` }];
  });
}
