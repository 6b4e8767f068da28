import { civilDate } from '../calendar/civil-date.js';
import {
  enrolmentColumn,
  openEnrolmentCheck,
  populationFault,
  type EnrolmentInput,
  type EnrolmentTerms,
} from './check-enrolment.js';

const terms: EnrolmentTerms = {
  population: {
    maximum: 3000,
    attributes: {
      age: { type: 'number', label: 'Age at start', min: 18, max: 120 },
      visits: { type: 'number', label: 'Visits', max: 9 },
      balance: { type: 'number', label: 'Balance', min: -5 },
      lives_alone: { type: 'yes-no', label: 'Lives alone' },
      area: { type: 'choice', label: 'Area', values: ['redditch', 'wyre-forest'] },
    },
    eligibility: { attribute: 'age', min: 50 },
  },
  cohorts: [
    { id: 'year-1', opensOn: '2015-04-01', closesOn: '2016-03-31' },
    { id: 'year-2', opensOn: '2016-04-01', closesOn: '2017-03-31' },
  ],
};
const { eligibility: _everybody, ...population } = terms.population;
const forEverybody: EnrolmentTerms = { ...terms, population: { ...population, attributes: {} } };
const open = (its = terms) =>
  openEnrolmentCheck([{ effectiveFrom: '2015-04-01', terms: its }], {
    today: civilDate('2016-06-01'),
    mayApproveException: false,
  });
const given = (change: Partial<EnrolmentInput> = {}): EnrolmentInput => ({
  reference: 'P-0001',
  cohort: 'year-1',
  startedOn: '2015-06-02',
  attributes: { age: '72' },
  ...change,
});
const told = (change: Partial<EnrolmentInput>, its = terms) => {
  const { enrolment, faults } = open(its)(given(change));
  expect(enrolment === null).toBe(faults.length > 0);
  return faults.map(({ at, code, detail }) => `${at} ${code}: ${detail}`);
};
const attribute = (name: string, value: string | number) => ({
  attributes: { age: '72', [name]: value },
});
const LEFT = { exitedOn: '2015-09-01', exitReason: 'moved' };

describe('what a person is told of an enrolment', () => {
  it.each<[string, Partial<EnrolmentInput>, string]>([
    [
      'an unknown cohort',
      { cohort: 'year-9' },
      '/cohort COHORT_UNKNOWN: The terms have no cohort "year-9". They have: year-1, year-2.',
    ],
    [
      'a start before its cohort opens',
      { startedOn: '2015-03-31' },
      '/startedOn START_OUTSIDE_COHORT: Cohort year-1 takes starts from 2015-04-01 to 2016-03-31; 2015-03-31 is outside.',
    ],
    [
      'a start after its cohort has closed',
      { startedOn: '2016-04-01' },
      '/startedOn START_OUTSIDE_COHORT: Cohort year-1 takes starts from 2015-04-01 to 2016-03-31; 2016-04-01 is outside.',
    ],
    ['no start', { startedOn: '' }, '/startedOn DATE_MISSING: Give the start date.'],
    [
      'a British date',
      { startedOn: '02/06/2015' },
      '/startedOn NOT_A_DATE: "02/06/2015" is not a date. Write it as year-month-day, such as 2015-06-02.',
    ],
    [
      'a start in the future',
      { cohort: 'year-2', startedOn: '2016-06-02' },
      '/startedOn DATE_IN_FUTURE: 2016-06-02 has not come yet. Enrol on or after the start date.',
    ],
    [
      'an exit on no day',
      { ...LEFT, exitedOn: '2015-09-31' },
      '/exitedOn NOT_A_DATE: There is no such day as 2015-09-31. Check the day and the month.',
    ],
    [
      'an exit of long ago',
      { ...LEFT, exitedOn: '1815-09-01' },
      '/exitedOn DATE_BEFORE_1900: 1815-09-01 is before 1900. Check the year.',
    ],
    [
      'an exit in the future',
      { ...LEFT, exitedOn: '2016-06-02' },
      '/exitedOn DATE_IN_FUTURE: 2016-06-02 has not come yet. Check the day and the year.',
    ],
    [
      'an exit before the start',
      { ...LEFT, exitedOn: '2015-06-01' },
      '/exitedOn EXIT_BEFORE_START: The exit on 2015-06-01 is before the start on 2015-06-02.',
    ],
    [
      'an exit without a reason',
      { ...LEFT, exitReason: ' ' },
      '/exitReason EXIT_REASON_MISSING: Say why the participant left.',
    ],
    [
      'a reason without an exit',
      { exitReason: 'moved' },
      '/exitedOn EXIT_DATE_MISSING: There is an exit reason without an exit date. Give both or neither.',
    ],
    [
      'an undeclared attribute',
      attribute('shoe', 9),
      '/attributes/shoe ATTRIBUTE_UNKNOWN: The terms declare no attribute "shoe". They declare: age, visits, balance, lives_alone, area.',
    ],
    [
      'a decimal for a whole number',
      attribute('age', '72.5'),
      '/attributes/age ATTRIBUTE_VALUE: Age at start: "72.5" is not a whole number.',
    ],
    [
      'a number below its least',
      attribute('age', 17),
      '/attributes/age ATTRIBUTE_VALUE: Age at start: "17" is outside 18 to 120.',
    ],
    [
      'a number above its most',
      attribute('age', 121),
      '/attributes/age ATTRIBUTE_VALUE: Age at start: "121" is outside 18 to 120.',
    ],
    [
      'a number above its most, where there is no least',
      attribute('visits', 10),
      '/attributes/visits ATTRIBUTE_VALUE: Visits: "10" is outside any to 9.',
    ],
    [
      'a number below its least, where there is no most',
      attribute('balance', '-6'),
      '/attributes/balance ATTRIBUTE_VALUE: Balance: "-6" is outside -5 to any.',
    ],
    [
      'neither yes nor no',
      attribute('lives_alone', 'perhaps'),
      '/attributes/lives_alone ATTRIBUTE_VALUE: Lives alone: "perhaps" is neither yes nor no.',
    ],
    [
      'an unknown choice',
      attribute('area', 'Redditch'),
      '/attributes/area ATTRIBUTE_VALUE: Area: "Redditch" is not one of: redditch, wyre-forest.',
    ],
    [
      'an exception by a provider',
      { ...attribute('age', 49), exceptionReason: 'carer' },
      '/exceptionReason EXCEPTION_NEEDS_PAYER: Only a person of a paying party may admit an ineligible participant. Ask the commissioner to enrol this one.',
    ],
    [
      'an exception that is not needed',
      { exceptionReason: 'carer' },
      '/exceptionReason EXCEPTION_NOT_NEEDED: The participant is eligible. Leave the exception reason out.',
    ],
  ])('with %s', (_, change, sentence) => expect(told(change)).toEqual([sentence]));

  it('who is not of those that the contract serves', () =>
    expect(told(attribute('age', 49))).toEqual([
      expect.stringMatching(
        // the rule in words is worked in eligibility.spec
        /^\/attributes INELIGIBLE: The contract serves those of whom: .+ is 50 or more\. This participant is not one; a payer may admit an exception with a reason\.$/,
      ),
    ]));

  it('of whom it is not said whether the contract serves them', () =>
    expect(told({ attributes: {} })).toEqual([
      '/attributes/age ATTRIBUTE_MISSING: "Age at start" is blank, and whether the contract serves this participant depends on it. Give it; a payer may admit an exception with a reason.',
    ]));

  it.each<[string, Partial<EnrolmentInput>, string]>([
    [
      'reference',
      { reference: 'P-\u200b1' },
      '/reference REFERENCE_SHAPE: A reference is 1 to 64 letters, digits, dots, hyphens or underscores, and starts with a letter or digit. It holds a zero-width space (U+200B), which nobody sees: remove it.',
    ],
    [
      'attribute',
      attribute('age', '72\u00a0'),
      '/attributes/age ATTRIBUTE_VALUE: Age at start: "72\u00a0" is not a whole number. It holds a non-breaking space (U+00A0), which nobody sees: remove it.',
    ],
  ])('with a character in the %s that nobody sees', (_, change, sentence) =>
    expect(told(change)).toEqual([sentence]),
  );

  it('in a contract that serves everybody and declares nothing', () => {
    expect(told({ attributes: {} }, forEverybody)).toEqual([]);
    expect(told({ attributes: { age: 72 } }, forEverybody)).toEqual([
      '/attributes/age ATTRIBUTE_UNKNOWN: The terms declare no attribute "age". They declare: none.',
    ]);
    expect(told({ attributes: {}, exceptionReason: 'carer' }, forEverybody)).toEqual([
      '/exceptionReason EXCEPTION_NOT_NEEDED: The participant is eligible. Leave the exception reason out.',
    ]);
  });

  it('of whom too many would be enrolled', () =>
    expect(populationFault(3000, 2999, 2)).toEqual({
      at: '/reference',
      code: 'POPULATION_FULL',
      detail: 'The terms serve at most 3000; 2999 are enrolled, and 2 more would be too many.',
    }));
});

describe('an enrolment', () => {
  it.each<[string, Partial<EnrolmentInput>]>([
    ['on the first day of its cohort', { startedOn: '2015-04-01' }],
    ['on the last day of its cohort', { startedOn: '2016-03-31' }],
    ['that ended on the day it began', { ...LEFT, exitedOn: '2015-06-02' }],
    ['that ends today', { ...LEFT, exitedOn: '2016-06-01' }],
    ['of the least that an attribute may be', attribute('balance', '-5')],
    ['of the most that an attribute may be', attribute('visits', '9')],
    ['with the highest age', attribute('age', '120')],
    ['with a blank for an exception', { exceptionReason: ' ' }],
  ])('may be %s', (_, change) => expect(told(change)).toEqual([]));

  it('keeps the exit and why, without blanks around it', () =>
    expect(open()(given({ ...LEFT, exitReason: ' moved ' })).enrolment).toMatchObject(LEFT));

  it('may be of the least age where no more is asked', () =>
    expect(told(attribute('age', '18'), { ...terms, population })).toEqual([]));

  it('is told the faults of start, cohort and exit each by itself', () =>
    expect(
      told({ startedOn: 'soon', ...LEFT, exitedOn: '2015-06-01', attributes: { age: 'old' } }),
    ).toEqual([
      expect.stringMatching(/^\/startedOn NOT_A_DATE/),
      expect.stringMatching(/^\/attributes\/age ATTRIBUTE_VALUE/),
    ]));

  it('is checked against some terms', () =>
    expect(() =>
      openEnrolmentCheck([], { today: civilDate('2016-06-01'), mayApproveException: false })(
        given(),
      ),
    ).toThrow('An enrolment is checked against at least one terms version'));

  it('has its faults told by the columns of the file', () =>
    expect(
      ['/exitedOn', '/exceptionReason', '/attributes/lives_alone'].map(enrolmentColumn),
    ).toEqual(['exited_on', 'exception_reason', 'lives_alone']));
});
