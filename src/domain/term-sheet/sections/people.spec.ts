import { inForce } from '../../../../test/support/record.builder.js';
import { saidIn } from '../../../../test/support/section.reader.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { partiesSection } from './parties.js';
import { populationSection } from './population.js';
import { timesSection } from './times.js';

const terms = (changes: object = {}) => inForce(changes).terms;

describe('the parties', () => {
  it('stand with the short name that payments are told apart by, and with their role', () => {
    const parties = [
      ...trialTerms().parties,
      { id: 'manager', name: 'The manager', role: 'fund-manager' },
      { id: 'ministry', name: 'The ministry', role: 'observer' },
    ];
    expect(saidIn(partiesSection(terms({ parties })))).toEqual([
      'Parties',
      'Short name | Party | Role',
      'council | The council | commissioner',
      'fund | The national fund | top-up fund',
      'charity | The charity | provider',
      'university | The university | verifier',
      'investors | The investors | investor',
      'manager | The manager | fund manager',
      'ministry | The ministry | observer',
    ]);
  });
});

describe('the dates', () => {
  it('say when the contract runs, and that payments are reckoned by quarter', () => {
    expect(saidIn(timesSection(terms()))).toEqual([
      'Dates',
      'The contract runs from 1 April 2015 and is over on 1 January 2018.',
      'Payments are reckoned quarter by quarter, from 1 April 2015.',
      'Cohort | Starts from | Starts until',
      'Everybody | 1 April 2015 | 31 December 2016',
    ]);
  });

  it('name the claim windows of a contract that has its own', () => {
    const periods = {
      type: 'list',
      periods: [
        { id: '2015-07', from: '2015-04-01', to: '2015-07-01' },
        { id: 'rest', from: '2015-07-01', to: '2018-01-01' },
      ],
    };
    expect(saidIn(timesSection(terms({ periods })))).toEqual([
      'Dates',
      'The contract runs from 1 April 2015 and is over on 1 January 2018.',
      'Payments are reckoned in these claim windows:',
      'Claim window | First day | First day after',
      '2015-07 | 1 April 2015 | 1 July 2015',
      'rest | 1 July 2015 | 1 January 2018',
      'Cohort | Starts from | Starts until',
      'Everybody | 1 April 2015 | 31 December 2016',
    ]);
  });
});

describe('who is served', () => {
  it('is said with the number at most, the rule and the attributes it asks about', () => {
    expect(saidIn(populationSection(terms()))).toEqual([
      'Who is served',
      'Lonely people of 50 or over.',
      'At most 1,000 people.',
      'Only where "Age at the start" is 50 or more; a payer may approve an exception, which is recorded.',
      'Attribute | Meaning | Values',
      'age | Age at the start | a whole number from 18 to 115',
    ]);
  });

  it.each([
    ['household', 'At most 60 households.'],
    ['practice', 'At most 60 practices.'],
    ['area', 'At most 60 areas.'],
  ])('may be counted by the %s, and everyone who is referred', (unitKind, most) => {
    const population = { description: 'All who come.', maximum: 60 };
    expect(saidIn(populationSection(terms({ population, unitKind })))).toEqual([
      'Who is served',
      'All who come.',
      most,
      'Everyone referred is served.',
    ]);
  });

  it('says what values each attribute may have', () => {
    const population = {
      description: 'All who come.',
      maximum: 60,
      attributes: {
        alone: { type: 'yes-no', label: 'Lives alone' },
        arm: { type: 'choice', label: 'Arm of the trial', values: ['served', 'waiting'] },
        visits: { type: 'number', label: 'Visits last year' },
        age: { type: 'number', label: 'Age', min: 50 },
        debt: { type: 'number', label: 'Debts', max: 0 },
        score: { type: 'number', label: 'Score', min: 0, max: 9 },
      },
    };
    expect(saidIn(populationSection(terms({ population }))).slice(4)).toEqual([
      'Attribute | Meaning | Values',
      'alone | Lives alone | yes or no',
      'arm | Arm of the trial | served, waiting',
      'visits | Visits last year | a whole number',
      'age | Age | a whole number of 50 or more',
      'debt | Debts | a whole number of 0 or less',
      'score | Score | a whole number from 0 to 9',
    ]);
  });
});
