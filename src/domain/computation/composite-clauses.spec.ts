import { civilDate } from '../calendar/civil-date.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import {
  ContractRecord,
  event,
  inForce,
  onlyReading,
  perEventTerms,
  period,
  somebody,
} from '../../../test/support/record.builder.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';

const YEAR = period('y', '2015-04-01', '2016-04-01');
const both = (rule: object = {}, modifiers: object[] = []) => ({
  id: '3',
  title: 'A job and a course',
  rule: { type: 'R10', conditions: ['1', '2'], need: 'all', price: '500.00', ...rule },
  modifiers,
  verifiedBy: 'university',
});
const terms = (clauses: object[], more: object = {}) => {
  const of = perEventTerms(more);
  return inForce({ ...of, clauses: [...of.clauses, ...clauses] });
};
const job = event('job', 'j', '2015-08-01');
const course = event('course', 'c', '2015-11-01');

describe('a clause on the conditions of others', () => {
  it('stands in terms that can come into force', () => {
    expect(activationProblems(terms([both()]).terms)).toEqual([]);
  });

  it('pays once both are met, and is taken back as whole when one of them is withdrawn', () => {
    const record = new ContractRecord();
    const pay = (...seen: ReturnType<typeof event>[]) =>
      record
        .compute([terms([both()])], YEAR, [somebody(seen)])
        .filter(({ clause }) => clause === '3')
        .map((l) => [l.occurrence, l.kind, l.outcomeOn, l.amountMinor]);
    expect(pay(job)).toEqual([]);
    expect(pay(job, course)).toEqual([['met', 'payment', '2015-11-01', 50000n]]);
    expect(pay(job, course)).toEqual([]);
    expect(pay(job, { ...course, version: 2, status: 'void' })).toEqual([
      ['met', 'true-up', '2015-11-01', -50000n],
    ]);
  });

  it('pays nobody outside the population', () => {
    const young = somebody([job, course], { attributes: { age: 20 } });
    const lines = new ContractRecord().compute([terms([both()])], YEAR, [young]);
    expect(lines.filter(({ clause }) => clause === '3').map((l) => l.reason)).toEqual([
      'ineligible',
    ]);
  });

  it('pays once across an amendment, at the price of the day', () => {
    const dearer = terms([both({ price: '900.00' })]);
    const versions = [
      terms([both()]),
      { ...dearer, number: 2, effectiveFrom: civilDate('2015-10-01') },
    ];
    const people = (...seen: ReturnType<typeof event>[]) => [somebody(seen)];
    const paid = (...seen: ReturnType<typeof event>[]) =>
      new ContractRecord()
        .compute(versions, YEAR, people(...seen))
        .filter(({ clause }) => clause === '3')
        .map((l) => l.amountMinor);
    expect(paid(job, course)).toEqual([90000n]);
    expect(paid(job, { ...course, measuredOn: civilDate('2015-09-30') })).toEqual([50000n]);
    const again = event('course', 'c2', '2015-12-01');
    expect(paid(job, { ...course, measuredOn: civilDate('2015-09-30') }, again)).toEqual([50000n]);
  });

  it('judges the contract as a whole over clauses that do', () => {
    const fees = {
      id: 'F',
      title: 'Fees',
      rule: {
        type: 'R12',
        schedule: {
          by: 'date',
          payments: [{ id: 'a', label: 'Fee', on: '2015-08-01', amount: '10.00' }],
        },
      },
      modifiers: [],
      verifiedBy: 'university',
    };
    const version = terms([fees, both({ conditions: ['F'], need: 'any' })]);
    expect(activationProblems(version.terms)).toEqual([]);
    const scope = {
      versions: [version],
      period: YEAR,
      capUse: new Map(),
      reckonedUntil: null,
      record: EMPTY_RECORD,
    };
    const lines = onlyReading(scope).close([]);
    expect(lines.map((l) => [l.clause, l.cohort, l.amountMinor])).toEqual([
      ['F', '*', 1000n],
      ['3', '*', 50000n],
    ]);
    const mixed = terms([fees, both({ conditions: ['1', 'F'] })]);
    expect(activationProblems(mixed.terms).map(({ code }) => code)).toEqual(['LEVELS_MIXED']);
  });
});
