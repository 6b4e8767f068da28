import { event, inForce, perEventTerms, somebody } from '../../../test/support/record.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import { openClauses } from './weigh-clauses.js';

const population = {
  description: 'People of 50 or over',
  maximum: 10,
  attributes: { age: { type: 'number', label: 'Age' } },
  eligibility: { attribute: 'age', min: 50 },
};
const reasonFor = (given: object) => {
  const { terms } = inForce(perEventTerms({ population }));
  const person = somebody([event('job', 'a', '2015-10-02')], given);
  return openClauses(terms, civilDate('2016-01-01'), EMPTY_RECORD).weigh(person)[0]!.reason;
};

describe('who is paid for at all', () => {
  it.each([
    ['somebody whom the contract serves', { attributes: { age: 50 } }, null],
    ['somebody whom it does not', { attributes: { age: 49 } }, 'ineligible'],
    ['somebody of whom it is not known', { attributes: {} }, 'ineligible'],
    [
      'an exception that a payer approved',
      { attributes: { age: 49 }, exceptionApproved: true },
      null,
    ],
  ])('%s: %o, %s', (_name, given, reason) => expect(reasonFor(given)).toBe(reason));
});
