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
      lives_alone: { type: 'yes-no', label: 'Lives alone' },
      area: { type: 'choice', label: 'Area', values: ['redditch', 'wyre-forest'] },
    },
    eligibility: { attribute: 'age', min: 50 },
  },
  cohorts: [{ id: 'year-1', opensOn: '2015-04-01', closesOn: '2016-03-31' }],
};
const later: EnrolmentTerms = {
  ...terms,
  cohorts: [{ id: 'year-2', opensOn: '2016-04-01', closesOn: '2017-03-31' }],
};
const versions = [
  { effectiveFrom: '2015-04-01', terms },
  { effectiveFrom: '2016-04-01', terms: later },
];

const today = civilDate('2016-06-01');
const check = openEnrolmentCheck(versions, { today, mayApproveException: false });
const byPayer = openEnrolmentCheck(versions, { today, mayApproveException: true });
const given = (change: Partial<EnrolmentInput> = {}): EnrolmentInput => ({
  reference: 'P-0001',
  cohort: 'year-1',
  startedOn: '2015-06-02',
  attributes: { age: '72', lives_alone: 'Yes', area: 'redditch' },
  ...change,
});
const faultsOf = (change: Partial<EnrolmentInput>) =>
  check(given(change)).faults.map(({ at, code }) => `${at} ${code}`);

describe('the check of an enrolment', () => {
  it('reads a good row into typed values', () => {
    expect(check(given())).toEqual({
      enrolment: {
        reference: 'P-0001',
        cohort: 'year-1',
        startedOn: '2015-06-02',
        exitedOn: null,
        exitReason: null,
        attributes: { age: 72, lives_alone: true, area: 'redditch' },
        exceptionReason: null,
      },
      faults: [],
    });
  });

  it('reads typed values as it reads texts', () => {
    expect(check(given({ attributes: { age: 72, lives_alone: true, area: 'redditch' } }))).toEqual(
      check(given()),
    );
  });

  it.each<[string, Partial<EnrolmentInput>, string]>([
    ['an unknown cohort', { cohort: 'year-9' }, '/cohort COHORT_UNKNOWN'],
    [
      'a start before the cohort opens',
      { startedOn: '2015-03-31' },
      '/startedOn START_OUTSIDE_COHORT',
    ],
    ['a day that does not exist', { startedOn: '2015-02-29' }, '/startedOn NOT_A_DATE'],
    ['a British date', { startedOn: '02/06/2015' }, '/startedOn NOT_A_DATE'],
    ['no start', { startedOn: '' }, '/startedOn DATE_MISSING'],
    [
      'an exit before the start',
      { exitedOn: '2015-06-01', exitReason: 'moved' },
      '/exitedOn EXIT_BEFORE_START',
    ],
    [
      'an exit in the future',
      { exitedOn: '2016-06-02', exitReason: 'moved' },
      '/exitedOn DATE_IN_FUTURE',
    ],
    ['an exit without a reason', { exitedOn: '2015-09-01' }, '/exitReason EXIT_REASON_MISSING'],
    ['a reason without an exit', { exitReason: 'moved' }, '/exitedOn EXIT_DATE_MISSING'],
    [
      'an undeclared attribute',
      { attributes: { age: 72, shoe: 9 } },
      '/attributes/shoe ATTRIBUTE_UNKNOWN',
    ],
    [
      'a prototype name as attribute',
      { attributes: { age: 72, constructor: 'x' } },
      '/attributes/constructor ATTRIBUTE_UNKNOWN',
    ],
    ['a decimal number', { attributes: { age: '72.5' } }, '/attributes/age ATTRIBUTE_VALUE'],
    [
      'a number in scientific form',
      { attributes: { age: '1e2' } },
      '/attributes/age ATTRIBUTE_VALUE',
    ],
    ['a number out of bounds', { attributes: { age: 17 } }, '/attributes/age ATTRIBUTE_VALUE'],
    [
      'neither yes nor no',
      { attributes: { age: 72, lives_alone: 'constructor' } },
      '/attributes/lives_alone ATTRIBUTE_VALUE',
    ],
    [
      'an unknown choice',
      { attributes: { age: 72, area: 'Redditch' } },
      '/attributes/area ATTRIBUTE_VALUE',
    ],
    ['an ineligible person', { attributes: { age: 49 } }, '/attributes INELIGIBLE'],
    [
      'a missing attribute that eligibility asks about',
      { attributes: { age: '' } },
      '/attributes/age ATTRIBUTE_MISSING',
    ],
    [
      'an exception by the provider',
      { attributes: { age: 49 }, exceptionReason: 'carer' },
      '/exceptionReason EXCEPTION_NEEDS_PAYER',
    ],
    [
      'an exception for the eligible',
      { exceptionReason: 'carer' },
      '/exceptionReason EXCEPTION_NOT_NEEDED',
    ],
  ])('refuses %s', (_what, change, fault) => {
    expect(faultsOf(change)).toEqual([fault]);
  });

  it('collects every fault at once', () => {
    expect(
      faultsOf({
        reference: 'jo@example.org',
        cohort: 'x',
        startedOn: 'soon',
        attributes: { age: 'old' },
      }),
    ).toEqual([
      '/reference REFERENCE_IS_EMAIL',
      '/startedOn NOT_A_DATE',
      '/cohort COHORT_UNKNOWN',
      '/attributes/age ATTRIBUTE_VALUE',
    ]);
  });

  it('applies the version in force on the start date', () => {
    expect(faultsOf({ cohort: 'year-2', startedOn: '2016-04-01' })).toEqual([]);
    expect(faultsOf({ cohort: 'year-1', startedOn: '2016-04-01' })).toEqual([
      '/cohort COHORT_UNKNOWN',
    ]);
  });

  it('refuses a start in the future', () => {
    expect(faultsOf({ cohort: 'year-2', startedOn: '2016-06-01' })).toEqual([]);
    expect(faultsOf({ cohort: 'year-2', startedOn: '2016-06-02' })).toEqual([
      '/startedOn DATE_IN_FUTURE',
    ]);
  });

  it('lets a payer admit an exception, which then carries over', () => {
    const ineligible = given({ attributes: { age: 49 }, exceptionReason: 'carer of a parent' });
    expect(byPayer(ineligible).enrolment?.exceptionReason).toBe('carer of a parent');
    expect(check(ineligible, { exceptionReason: 'carer of a parent' }).faults).toEqual([]);
    expect(
      check(given({ attributes: { age: 49 } }), { exceptionReason: 'carer of a parent' }).enrolment
        ?.exceptionReason,
    ).toBe('carer of a parent');
  });

  it('records a correction that shows the participant was never eligible, without an exception', () => {
    const verdict = check(given({ attributes: { age: 49 } }), { exceptionReason: null });
    expect(verdict.enrolment).toMatchObject({ attributes: { age: 49 }, exceptionReason: null });
  });

  it('names the column of a file for each path', () => {
    expect(['/startedOn', '/attributes/age', '/reference'].map(enrolmentColumn)).toEqual([
      'started_on',
      'age',
      'reference',
    ]);
  });
});

it('the population is full at its maximum and not before', () => {
  expect(populationFault(3000, 2999, 1)).toBeNull();
  expect(populationFault(3000, 2999, 2)?.code).toBe('POPULATION_FULL');
});
