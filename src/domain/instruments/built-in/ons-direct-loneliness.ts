import type { Questionnaire } from '../instrument.js';

/**
 * The direct question of the national indicators of loneliness, asked beside the UCLA three items and never summed with
 * them: 1 to 5 in the order in which the answers are read out, so that higher is less lonely.
 */
export const onsDirectLoneliness: Questionnaire = {
  kind: 'questionnaire',
  id: 'ons-direct-loneliness',
  version: '1',
  name: 'ONS direct measure of loneliness',
  min: '1',
  max: '5',
  decimals: 0,
  improvement: 'higher',
  hasTotal: true,
  items: [
    {
      id: 'lonely',
      text: 'How often do you feel lonely?',
      options: [
        { value: 1, text: 'Often or always' },
        { value: 2, text: 'Some of the time' },
        { value: 3, text: 'Occasionally' },
        { value: 4, text: 'Hardly ever' },
        { value: 5, text: 'Never' },
      ],
    },
  ],
  missing: { allowed: 0, score: 'sum' },
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation: 'Office for National Statistics 2018, national indicators of loneliness',
  licence: 'whole',
};
