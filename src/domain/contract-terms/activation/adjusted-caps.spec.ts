import { perEventTerms } from '../../../../test/support/record.builder.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { parseDraft } from '../parse.js';
import { activationProblems } from './activation-problems.js';

const M6 = {
  type: 'M6',
  counted: 'over-contract',
  bands: [
    { from: '0', to: '10', price: '100.00' },
    { from: '10', price: '80.00' },
  ],
};
const M3 = { type: 'M3', amount: '500.00' };
const found = (more: object, modifiers: object[] = [M6], events = ['job']) => {
  const terms = perEventTerms(more, modifiers);
  terms.clauses[0]!.rule.events = events;
  return activationProblems(parseDraft(trialTerms(terms))).map(({ at, code }) => [at, code]);
};
const cap = (scope: string, more: object = {}) => ({
  caps: [{ id: 'c', scope, amount: '500.00', ...more }],
});
const MIX = { id: 'mix', scope: 'mix', clauses: ['1'], percent: '40%', over: 'period' };
const all = (payer: string) => [{ payer, share: '1' }];
const PAYER = cap('payer', { payer: 'fund' });
const BY_HOME = {
  split: {
    type: 'S2',
    attribute: 'home',
    homes: [{ is: 'a', shares: all('fund') }],
    others: all('council'),
  },
  population: {
    description: 'Everybody',
    maximum: 10,
    attributes: { home: { type: 'choice', label: 'Home', values: ['a', 'b'] } },
  },
};
const byPhase = (from: string) => ({
  split: { type: 'S4', first: all('fund'), then: [{ from, shares: all('council') }] },
});
const BY_METRIC = {
  split: { type: 'S3', metrics: [{ metric: 'job', shares: all('fund') }], others: all('council') },
};
const PART = [['/caps/0', 'CAP_ON_PART_OF_CLAUSE']];

describe('caps beside steps that adjust a clause as a whole', () => {
  it.each<[string, ReturnType<typeof found>, string[][]]>([
    ['of the contract', found(cap('contract')), []],
    ['of the clause', found(cap('clause', { clause: '1' })), []],
    ['of the period', found(cap('period')), []],
    ['of its only metric', found(cap('metric', { metric: 'job' })), []],
    ['of a payer with a fixed share', found(PAYER), []],
    [
      'of one of its metrics',
      found(cap('metric', { metric: 'job' }), [M6], ['job', 'course']),
      PART,
    ],
    ['of another metric', found(cap('metric', { metric: 'course' })), []],
    [
      'of one of the metrics of a clause under a mix',
      found(
        { caps: [MIX, { id: 'c', scope: 'metric', metric: 'job', amount: '1.00' }] },
        [],
        ['job', 'course'],
      ),
      [['/caps/1', 'CAP_ON_PART_OF_CLAUSE']],
    ],
    [
      'of one of several metrics, unadjusted',
      found(cap('metric', { metric: 'job' }), [], ['job', 'course']),
      [],
    ],
    ['of a participant', found(cap('participant')), [['/caps/0', 'CAP_BEFORE_BANDS']]],
    ['of a participant over other clauses', found(cap('participant', { clauses: ['2'] })), []],
    [
      'of a participant beside a mix',
      found({ caps: [{ id: 'c', scope: 'participant', amount: '1.00' }, MIX] }, []),
      [],
    ],
    [
      'of a participant in the clause',
      found({}, [M3, M6]),
      [['/clauses/0/modifiers/0', 'CAP_BEFORE_BANDS']],
    ],
    ['of a payer, by home', found({ ...PAYER, ...BY_HOME }), PART],
    ['of a payer, by home, unadjusted', found({ ...PAYER, ...BY_HOME }, []), []],
    [
      'of a payer, by phases that begin with periods',
      found({ ...PAYER, ...byPhase('2016-01-01') }),
      [],
    ],
    ['of a payer, by a phase within a period', found({ ...PAYER, ...byPhase('2016-01-02') }), PART],
    ['of a payer, by its only metric', found({ ...PAYER, ...BY_METRIC }), []],
    [
      'of a payer, by one of its metrics',
      found({ ...PAYER, ...BY_METRIC }, [M6], ['job', 'course']),
      PART,
    ],
  ])('%s', (_, faults, expected) => expect(faults).toEqual(expected));

  it('say why, and what would mend it', () => {
    const terms = perEventTerms(cap('participant'), [M6]);
    const [fault] = activationProblems(parseDraft(trialTerms(terms)));
    expect(fault!.detail).toBe(
      'Clause 1 is priced by volume bands, which are reckoned for all participants together, so what one of them brings in is not known when a cap for each participant bites. Cap the clause instead, or price it without bands.',
    );
    const split = perEventTerms({ ...PAYER, ...byPhase('2016-01-02') }, [M6]);
    expect(activationProblems(parseDraft(trialTerms(split)))[0]!.detail).toBe(
      "Clause 1 is adjusted by one line for all participants, which stands on the last day of a period, and a phase begins within one, on 2016-01-02, so a payer's cap cannot count what is adjusted for it. Let phases begin with periods, or cap the contract instead.",
    );
  });
});
