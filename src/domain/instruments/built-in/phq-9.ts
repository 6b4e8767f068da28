import type { Questionnaire } from '../instrument.js';

const options = [
  { value: 0, text: 'Not at all' },
  { value: 1, text: 'Several days' },
  { value: 2, text: 'More than half the days' },
  { value: 3, text: 'Nearly every day' },
];

/**
 * PHQ-9, depression over the last two weeks: 0 to 27, higher is worse, all nine answers needed. How difficult the
 * problems made life is asked beside it and is not part of the score.
 */
export const phq9: Questionnaire = {
  kind: 'questionnaire',
  id: 'phq-9',
  version: '1',
  name: 'PHQ-9 depression scale',
  min: '0',
  max: '27',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [
    { id: 'interest', text: 'Little interest or pleasure in doing things', options },
    { id: 'depressed', text: 'Feeling down, depressed, or hopeless', options },
    {
      id: 'sleep',
      text: 'Trouble falling or staying asleep, or sleeping too much',
      options,
    },
    { id: 'tired', text: 'Feeling tired or having little energy', options },
    { id: 'appetite', text: 'Poor appetite or overeating', options },
    {
      id: 'failure',
      text: 'Feeling bad about yourself, or that you are a failure or have let yourself or your family down',
      options,
    },
    {
      id: 'concentration',
      text: 'Trouble concentrating on things, such as reading the newspaper or watching television',
      options,
    },
    {
      id: 'moving',
      text: 'Moving or speaking so slowly that other people could have noticed? Or the opposite: being so fidgety or restless that you have been moving around a lot more than usual',
      options,
    },
    {
      id: 'self_harm',
      text: 'Thoughts that you would be better off dead or of hurting yourself in some way',
      options,
    },
  ],
  missing: { allowed: 0, score: 'sum' },
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation:
    'Kroenke, Spitzer and Williams 2001; no permission is needed to reproduce, translate, display or distribute it (Pfizer)',
  licence: 'whole',
  loinc: '44249-1',
};
