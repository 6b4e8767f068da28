import type { Questionnaire } from '../instrument.js';
import { numberedItems } from './numbered-items.js';

// prettier-ignore
/** The score for each sum of the answers, from 7 to 35 (Stewart-Brown and others 2009). */
const SCORES = [
  '7', '9.51', '11.25', '12.4', '13.33', '14.08', '14.75', '15.32', '15.84', '16.36',
  '16.88', '17.43', '17.98', '18.59', '19.25', '19.98', '20.73', '21.54', '22.35', '23.21',
  '24.11', '25.03', '26.02', '27.03', '28.13', '29.31', '30.7', '32.55', '35',
];

/**
 * Short Warwick-Edinburgh mental well-being scale: seven items whose sum is converted by a table before scores may be
 * compared, so the score has two decimals; 7 to 35, higher is better, all answers needed.
 */
export const swemwbs: Questionnaire = {
  kind: 'questionnaire',
  id: 'swemwbs',
  version: '1',
  name: 'SWEMWBS mental well-being scale (converted)',
  min: '7',
  max: '35',
  decimals: 2,
  improvement: 'higher',
  hasTotal: true,
  items: numberedItems(7, [1, 2, 3, 4, 5]),
  missing: { allowed: 0, score: 'sum' },
  conversion: SCORES.map((score, index) => ({ raw: 7 + index, score })),
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation:
    'Stewart-Brown and others 2009; the wording needs a licence of the University of Warwick',
  licence: 'score-only',
};
