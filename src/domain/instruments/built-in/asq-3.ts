import type { Questionnaire, Subscale } from '../instrument.js';

const area = (id: string, name: string): Subscale => ({
  id,
  name,
  items: [],
  min: '0',
  max: '60',
  decimals: 1,
  improvement: 'higher',
});

/**
 * Ages and Stages Questionnaires, third edition: five areas of 0 to 60, higher is better, and no total. A score has one
 * decimal because omitted items are made up for by a ratio. Cut-offs depend on the age of the child and are not kept
 * here; neither are the items, whose electronic reproduction the publisher forbids.
 */
export const asq3: Questionnaire = {
  kind: 'questionnaire',
  id: 'asq-3',
  version: '1',
  name: 'ASQ-3',
  min: '0',
  max: '60',
  decimals: 1,
  improvement: 'higher',
  hasTotal: false,
  items: [],
  subscales: [
    area('communication', 'communication'),
    area('gross-motor', 'gross motor'),
    area('fine-motor', 'fine motor'),
    area('problem-solving', 'problem solving'),
    area('personal-social', 'personal-social'),
  ],
  respondents: ['parent'],
  modes: ['self', 'assisted', 'telephone', 'proxy'],
  language: 'en',
  citation: 'Squires and Bricker 2009, Ages and Stages Questionnaires, third edition',
  licence: 'score-only',
};
