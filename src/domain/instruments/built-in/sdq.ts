import type { Questionnaire, Subscale } from '../instrument.js';

const subscale = (id: string, name: string, improvement: 'lower' | 'higher'): Subscale => ({
  id,
  name,
  items: [],
  min: '0',
  max: '10',
  decimals: 0,
  improvement,
});

/**
 * Strengths and Difficulties Questionnaire: total difficulties 0 to 40, lower is better, the sum of the first four
 * subscales; the prosocial subscale is not part of it, and there higher is better. Only scores are recorded.
 */
export const sdq: Questionnaire = {
  kind: 'questionnaire',
  id: 'sdq',
  version: '1',
  name: 'SDQ total difficulties',
  min: '0',
  max: '40',
  decimals: 0,
  improvement: 'lower',
  hasTotal: true,
  items: [],
  subscales: [
    subscale('emotional', 'emotional problems', 'lower'),
    subscale('conduct', 'conduct problems', 'lower'),
    subscale('hyperactivity', 'hyperactivity', 'lower'),
    subscale('peer', 'peer problems', 'lower'),
    subscale('prosocial', 'prosocial behaviour', 'higher'),
  ],
  respondents: ['participant', 'parent', 'teacher'],
  modes: ['self', 'assisted', 'telephone', 'proxy'],
  language: 'en',
  citation: 'Goodman 1997; only Youth in Mind may make electronic versions',
  licence: 'score-only',
};
