import type { Questionnaire } from '../instrument.js';

/** UCLA loneliness scale, version 3, of twenty items: 20 to 80, higher is lonelier. Only the score is recorded. */
export const ucla20: Questionnaire = {
  kind: 'questionnaire',
  id: 'ucla-20',
  version: '1',
  name: 'UCLA loneliness scale, version 3 (20 items)',
  min: '20',
  max: '80',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [],
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation: 'Russell 1996, UCLA Loneliness Scale (Version 3), Journal of Personality Assessment 66',
  licence: 'score-only',
};
