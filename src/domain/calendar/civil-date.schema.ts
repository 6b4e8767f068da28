import { z } from 'zod';
import { isCivilDate, isWrittenAsDay, whyNoDay } from './civil-date.js';

/** Each month with its days; that 29 February needs a leap year is left to the reading. */
const PATTERN =
  '^(19|[2-9][0-9])[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$';

/** A day in a document. The published schema says the same by its pattern, so that editors can mark a wrong one. */
export const day = z
  .string()
  .refine(isCivilDate, {
    error: ({ input }) =>
      typeof input === 'string' && isWrittenAsDay(input)
        ? whyNoDay(input)
        : 'Write a day as year-month-day, such as 2015-06-02.',
  })
  .meta({ format: 'date', pattern: PATTERN });
