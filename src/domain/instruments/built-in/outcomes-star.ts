import type { Questionnaire } from '../instrument.js';

/**
 * Outcomes Star on the ten-step journey: the mean of the areas of one star, 1 to 10 with two decimals, higher is better.
 * Stars differ in their areas, and software that holds them needs the approval of Triangle; terms that measure a single
 * area, or a star on the five-step journey, bring an instrument of their own.
 */
export const outcomesStar: Questionnaire = {
  kind: 'questionnaire',
  id: 'outcomes-star',
  version: '1',
  name: 'Outcomes Star (mean of the areas)',
  min: '1',
  max: '10',
  decimals: 2,
  improvement: 'higher',
  hasTotal: true,
  items: [],
  subscales: [],
  respondents: ['participant', 'worker'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation: 'Triangle Consulting Social Enterprise, outcomesstar.org.uk',
  licence: 'score-only',
};
