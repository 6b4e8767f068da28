import type { Questionnaire } from '../instrument.js';
import { numberedItems } from './numbered-items.js';

/** Warwick-Edinburgh mental well-being scale of fourteen items: 14 to 70, higher is better, all answers needed. */
export const wemwbs: Questionnaire = {
  kind: 'questionnaire',
  id: 'wemwbs',
  version: '1',
  name: 'WEMWBS mental well-being scale',
  min: '14',
  max: '70',
  decimals: 0,
  improvement: 'higher',
  hasTotal: true,
  items: numberedItems(14, [1, 2, 3, 4, 5]),
  missing: { allowed: 0, score: 'sum' },
  subscales: [],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation: 'Tennant and others 2007; the wording needs a licence of the University of Warwick',
  licence: 'score-only',
};
