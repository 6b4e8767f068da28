import type { Questionnaire } from '../instrument.js';

const options = [
  { value: 1, text: 'Hardly ever or never' },
  { value: 2, text: 'Some of the time' },
  { value: 3, text: 'Often' },
];

/** UCLA three-item loneliness scale for adults: 3 to 9, higher is lonelier, all three answers needed (LOINC 106418-7). */
export const ucla3: Questionnaire = {
  kind: 'questionnaire',
  id: 'ucla-3',
  version: '1',
  name: 'UCLA three-item loneliness scale',
  min: '3',
  max: '9',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [
    { id: 'companionship', text: 'How often do you feel that you lack companionship?', options },
    { id: 'left_out', text: 'How often do you feel left out?', options },
    { id: 'isolated', text: 'How often do you feel isolated from others?', options },
  ],
  missing: { allowed: 0, score: 'sum' },
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone', 'proxy'],
  language: 'en',
  citation:
    'Hughes, Waite, Hawkley and Cacioppo 2004; wording as in the ONS national indicators, 2018',
  licence: 'whole',
  loinc: '106418-7',
};
