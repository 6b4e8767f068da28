import type { Questionnaire } from '../instrument.js';

/**
 * The four-question form of the UCLA scale that Reconnections in Worcestershire was measured on: 4 to 12, higher is
 * lonelier. Which four questions is not published, so only the score is recorded.
 */
export const ucla4: Questionnaire = {
  kind: 'questionnaire',
  id: 'ucla-4',
  version: '1',
  name: 'UCLA four-item loneliness scale',
  min: '4',
  max: '12',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [],
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone', 'proxy'],
  language: 'en',
  citation: 'Four questions of the revised UCLA scale, as used in Reconnections, Worcestershire',
  licence: 'score-only',
};
