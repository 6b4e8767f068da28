import type { Questionnaire } from '../instrument.js';

const options = [
  { value: 0, text: 'Not at all' },
  { value: 1, text: 'Several days' },
  { value: 2, text: 'More than half the days' },
  { value: 3, text: 'Nearly every day' },
];

/** GAD-7, anxiety over the last two weeks: 0 to 21, higher is worse, all seven answers needed. */
export const gad7: Questionnaire = {
  kind: 'questionnaire',
  id: 'gad-7',
  version: '1',
  name: 'GAD-7 anxiety scale',
  min: '0',
  max: '21',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [
    { id: 'nervous', text: 'Feeling nervous, anxious or on edge', options },
    { id: 'control_worry', text: 'Not being able to stop or control worrying', options },
    { id: 'worry', text: 'Worrying too much about different things', options },
    { id: 'relaxing', text: 'Trouble relaxing', options },
    { id: 'restless', text: 'Being so restless that it is hard to sit still', options },
    { id: 'irritable', text: 'Becoming easily annoyed or irritable', options },
    { id: 'afraid', text: 'Feeling afraid as if something awful might happen', options },
  ],
  missing: { allowed: 0, score: 'sum' },
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation:
    'Spitzer, Kroenke, Williams and Löwe 2006; no permission is needed to reproduce, translate, display or distribute it (Pfizer)',
  licence: 'whole',
  loinc: '69737-5',
};
