import { z } from 'zod';
import { day } from '../calendar/civil-date.schema.js';
import { lengthSchema, lengthShape } from '../outcomes/length.js';

const rungSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'Write lower-case letters, digits and hyphens.')
    .describe('Short name used in lines: "6m".'),
  label: z.string().min(1).describe('What people call it: "6 months in accommodation".'),
  ...lengthShape,
  price: z.string().describe('Paid once, when the rung is reached: "1500.00".'),
});
export type Rung = z.infer<typeof rungSchema>;

export const sustainmentLadderSchema = z
  .strictObject({
    type: z.literal('R2'),
    metric: z.string().describe('The spell metric that must last.'),
    rungs: z
      .array(rungSchema)
      .min(1)
      .describe('Milestones, the shortest first; one of no length is reached on the first day.'),
    toleranceDays: z
      .int()
      .min(0)
      .max(366)
      .default(0)
      .describe('A gap of so many days or fewer does not break a spell.'),
    onBreak: z
      .enum(['restart', 'cumulative'])
      .describe('Whether a longer gap starts the clock again or the days of all spells add up.'),
    openSpells: z
      .enum(['count', 'wait'])
      .describe(
        'Whether a spell without an end counts as lasting, or a rung waits for the end or for a later record of the spell.',
      ),
    latestStartOn: day.optional().describe('A spell that begins after this day does not count.'),
    latestStart: lengthSchema
      .optional()
      .describe('A spell must begin within so long of the participant’s start.'),
    notCounted: z
      .array(
        z.strictObject({
          label: z.string().min(1).describe('What it is: "Easter holidays 2014".'),
          from: day.describe('First day inside.'),
          to: day.describe('First day after.'),
        }),
      )
      .default([])
      .describe('Days that count neither to a spell nor to a gap, such as school holidays.'),
  })
  .describe('R2: sustainment ladder, a price for each length that a spell lasts.');
export type SustainmentLadder = z.infer<typeof sustainmentLadderSchema>;
