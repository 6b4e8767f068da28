import { z } from 'zod';
import { lengthSchema } from '../outcomes/length.js';

const againstSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('fixed'),
      units: z.string().describe('Units that each participant would have had: "104".'),
    })
    .describe('A historic baseline, the same for everybody.'),
  z
    .strictObject({
      type: z.literal('attribute'),
      attribute: z.string().describe('A number declared for each participant: expected_days.'),
    })
    .describe('What was expected of this participant at the start, in units.'),
  z
    .strictObject({
      type: z.literal('effect'),
      metric: z.string().describe('The effect metric that brings the mean of the controls.'),
    })
    .describe('The mean of a control group, in units, as an evaluator signs it.'),
]);

export const timeAvoidedSchema = z
  .strictObject({
    type: z.literal('R9'),
    metric: z.string().describe('The spell metric whose days are to be avoided.'),
    horizon: lengthSchema.describe('How long from the participant’s start days are counted.'),
    against: againstSchema.describe('How much of it there would have been over the horizon.'),
    unit: z.enum(['day', 'week']).describe('What is priced.'),
    partUnits: z
      .enum(['whole', 'exact'])
      .describe('Whether only whole units avoided are paid, or parts of a unit too.'),
    rate: z.string().describe('Price of one unit avoided: "433.00".'),
    count: z
      .enum(['floored', 'net'])
      .describe('Whether a person with more than expected counts as nought or against the others.'),
    accrue: z
      .enum(['at-horizon', 'each-period'])
      .describe('Whether it is paid once, on the last day, or in each period what that adds.'),
    exits: z
      .enum(['count-as-avoided', 'stop-counting', 'exclude'])
      .describe(
        'After leaving or death: the rest counts as avoided, counting stops on that day, or the participant is left out.',
      ),
  })
  .describe('R9: days or weeks avoided against a baseline, over a horizon.');
export type TimeAvoided = z.infer<typeof timeAvoidedSchema>;
