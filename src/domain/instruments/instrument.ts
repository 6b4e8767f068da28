import type { z } from 'zod';
import type {
  answerOptionSchema,
  conversionSchema,
  instrumentSchema,
  itemSchema,
  missingRuleSchema,
  plainScaleSchema,
  questionnaireSchema,
  subscaleSchema,
} from './instrument.schema.js';

/**
 * What gives a score: a questionnaire or a plain measured number. Versioned, with its bounds, its decimals and the way
 * that is better. Bounds and scores are exact decimal texts.
 */
export type Instrument = z.infer<typeof instrumentSchema>;

/**
 * A questionnaire: its items add up to a total, to scores of subscales, or both. Where the licence keeps the wording
 * back (ruling 8) its items are numbered or absent, and scores are recorded all the same.
 */
export type Questionnaire = z.infer<typeof questionnaireSchema>;

/** A plain measured number, which has no items: attendance in percent, days, pounds. */
export type PlainScale = z.infer<typeof plainScaleSchema>;

/** One question of an instrument. */
export type Item = z.infer<typeof itemSchema>;

/** One answer that an item accepts, with what is written down for it and what it counts. */
export type AnswerOption = z.infer<typeof answerOptionSchema>;

/** A score of some of the items, with bounds and a missing-item rule of its own. */
export type Subscale = z.infer<typeof subscaleSchema>;

/** How many answers may be missing, and whether the rest is summed as it is or stretched to all items. */
export type MissingRule = z.infer<typeof missingRuleSchema>;

/** One line of a conversion table: a sum of answers, and the score that stands for it. */
export type Conversion = z.infer<typeof conversionSchema>;

/** The items of an instrument; none where only the score is recorded, and none for a plain scale. */
export const itemsOf = (instrument: Instrument): readonly Item[] =>
  instrument.kind === 'questionnaire' ? instrument.items : [];

/** The subscales of an instrument; a plain scale has none. */
export const subscalesOf = (instrument: Instrument): readonly Subscale[] =>
  instrument.kind === 'questionnaire' ? instrument.subscales : [];

/** Whether the instrument has a score of its own, beside those of its subscales. */
export const hasTotal = (instrument: Instrument): boolean =>
  instrument.kind === 'scale' || instrument.hasTotal;
