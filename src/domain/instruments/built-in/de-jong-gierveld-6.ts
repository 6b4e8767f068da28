import type { Item, Questionnaire } from '../instrument.js';

/** In the three emotional items agreement counts, in the three social ones disagreement; "more or less" counts in both. */
const emotional = (id: string): Item => ({
  id,
  options: [
    { value: 1, scores: 1, text: 'Yes' },
    { value: 2, scores: 1, text: 'More or less' },
    { value: 3, scores: 0, text: 'No' },
  ],
});
const social = (id: string): Item => ({
  id,
  options: [
    { value: 1, scores: 0, text: 'Yes' },
    { value: 2, scores: 1, text: 'More or less' },
    { value: 3, scores: 1, text: 'No' },
  ],
});

/**
 * De Jong Gierveld loneliness scale, six items numbered as in the scale of eleven: 0 to 6, higher is lonelier. The total
 * allows one answer to be missing and then sums the rest; the emotional and the social subscale (0 to 3) allow none.
 * The wording is the authors', so the items are numbered only.
 */
export const deJongGierveld6: Questionnaire = {
  kind: 'questionnaire',
  id: 'de-jong-gierveld-6',
  version: '1',
  name: 'De Jong Gierveld loneliness scale (6 items)',
  min: '0',
  max: '6',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [
    emotional('item-3'),
    social('item-4'),
    social('item-7'),
    social('item-8'),
    emotional('item-9'),
    emotional('item-10'),
  ],
  missing: { allowed: 1, score: 'sum' },
  subscales: [
    {
      id: 'emotional',
      name: 'emotional loneliness',
      items: ['item-3', 'item-9', 'item-10'],
      missing: { allowed: 0, score: 'sum' },
      min: '0',
      max: '3',
      decimals: 0,
      improvement: 'lower',
    },
    {
      id: 'social',
      name: 'social loneliness',
      items: ['item-4', 'item-7', 'item-8'],
      missing: { allowed: 0, score: 'sum' },
      min: '0',
      max: '3',
      decimals: 0,
      improvement: 'lower',
    },
  ],
  respondents: ['participant'],
  modes: ['self', 'assisted', 'telephone'],
  language: 'en',
  citation:
    'De Jong Gierveld and Van Tilburg 2006; scoring as in the Manual of the Loneliness Scale, 1999',
  licence: 'score-only',
};
