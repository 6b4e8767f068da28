import type { Eligibility } from './eligibility.js';
import { eligibilityFaults } from './eligibility-faults.js';

const DECLARED: Parameters<typeof eligibilityFaults>[1] = {
  age: { type: 'number', label: 'Age at start' },
  lives_alone: { type: 'yes-no', label: 'Lives alone' },
  area: { type: 'choice', label: 'Area', values: ['redditch', 'wyre-forest'] },
};
const told = (rule: Eligibility) =>
  eligibilityFaults(rule, DECLARED, '/only').map(
    ({ at, code, detail }) => `${at} ${code}: ${detail}`,
  );
const old: Eligibility = { attribute: 'age', min: 50 };
const alone: Eligibility = { attribute: 'lives_alone', is: true };
const shoe: Eligibility = { attribute: 'shoe', is: 9 };
const UNDECLARED = 'ATTRIBUTE_UNDECLARED: "shoe" is not declared under population.attributes.';

describe('a condition that can be answered', () => {
  it.each<[string, Eligibility]>([
    ['a least', old],
    ['a most', { attribute: 'age', max: 0 }],
    ['a range', { attribute: 'age', min: 16, max: 25 }],
    ['one number', { attribute: 'age', min: 50, max: 50 }],
    ['a number by itself', { attribute: 'age', is: 50 }],
    ['no', { attribute: 'lives_alone', is: false }],
    ['a choice', { attribute: 'area', is: 'redditch' }],
    ['one of all choices', { attribute: 'area', in: ['wyre-forest', 'redditch'] }],
    ['all, any and not', { all: [old, { any: [alone, { not: old }] }] }],
    ['one of two', { atLeast: 1, of: [old, alone] }],
    ['both of two', { atLeast: 2, of: [old, alone] }],
  ])('%s', (_, rule) => expect(told(rule)).toEqual([]));
});

describe('a condition that nobody could answer', () => {
  it.each<[string, Eligibility, string[]]>([
    ['an attribute that is not declared', shoe, [`/only/attribute ${UNDECLARED}`]],
    [
      'a name that every object has',
      { attribute: 'constructor', is: true },
      [
        '/only/attribute ATTRIBUTE_UNDECLARED: "constructor" is not declared under population.attributes.',
      ],
    ],
    [
      'undeclared at every depth',
      { all: [old, { any: [alone, shoe] }, { not: shoe }, { atLeast: 1, of: [alone, shoe] }] },
      [
        `/only/all/1/any/1/attribute ${UNDECLARED}`,
        `/only/all/2/not/attribute ${UNDECLARED}`,
        `/only/all/3/of/1/attribute ${UNDECLARED}`,
      ],
    ],
    [
      'three of two',
      { atLeast: 3, of: [old, alone] },
      ['/only/atLeast COUNT_TOO_HIGH: 3 of 2 conditions can never be met.'],
    ],
    [
      'a text for yes or no',
      { attribute: 'lives_alone', is: 'yes' },
      ['/only/is ANSWER_IMPOSSIBLE: Lives alone is answered with true or false.'],
    ],
    [
      'a choice that is not offered',
      { attribute: 'area', is: 'Redditch' },
      ['/only/is ANSWER_IMPOSSIBLE: Area is one of: redditch, wyre-forest.'],
    ],
    [
      'choices of which one is not offered',
      { attribute: 'area', in: ['redditch', 'wychavon'] },
      ['/only/in/1 ANSWER_IMPOSSIBLE: Area is one of: redditch, wyre-forest.'],
    ],
    [
      'a text for a number',
      { attribute: 'age', in: [50, '60'] },
      ['/only/in/1 ANSWER_IMPOSSIBLE: Age at start is a number.'],
    ],
    [
      'nothing asked',
      { attribute: 'age' },
      ['/only CONDITION_MISSING: Say what the attribute must be: is, in, min or max.'],
    ],
    [
      'a least of what is no number',
      { attribute: 'area', min: 50 },
      ['/only ANSWER_IMPOSSIBLE: Area is not a number. Use is or in.'],
    ],
    [
      'a least above the most',
      { attribute: 'age', min: 26, max: 25 },
      ['/only RANGE_BACKWARD: Nothing is 26 or more and 25 or less.'],
    ],
  ])('%s', (_, rule, sentences) => expect(told(rule)).toEqual(sentences));
});
