import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import type { Observation } from '../outcomes/participant-facts.js';
import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score,
  somebody,
} from '../../../test/support/record.builder.js';

const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const LATER = period('2017-Q1', '2017-01-01', '2017-04-01');
const BASELINE = score('baseline', '2015-06-02', '8');

describe('an amendment in the middle of a period', () => {
  const cheaper = perEventTerms();
  cheaper.clauses[0]!.rule.price = '40.00';
  const versions = [inForce(perEventTerms()), inForce(cheaper, '2015-11-15', 2)];

  it('decides from its effective day on, and each line says which edition decided', () => {
    const people = [
      somebody([
        event('job', 'a', '2015-11-14'),
        event('job', 'b', '2015-11-15'),
        event('job', 'c', '2015-12-01'),
      ]),
    ];
    const lines = new ContractRecord().compute(versions, Q4, people);
    expect(
      lines.map(({ occurrence, termsNumber, amountMinor }) => [
        occurrence,
        termsNumber,
        Number(amountMinor),
      ]),
    ).toEqual([
      ['a', 1, 10000],
      ['b', 2, 4000],
      ['c', 2, 4000],
    ]);
  });

  it('pays an outcome once whose corrected day moves over it, by the later edition', () => {
    const record = new ContractRecord();
    record.compute(versions, Q4, [somebody([event('job', 'a', '2015-11-14')])]);
    const [line, ...more] = record.compute(versions, Q4, [
      somebody([event('job', 'a', '2015-11-16', { version: 2 })]),
    ]);
    expect(line).toMatchObject({ termsNumber: 2, amountMinor: -6000n, corrects: 'trial.1.1' });
    expect(more).toEqual([]);
    expect(record.totalMinor).toBe(4000n);
  });

  it('that takes effect on a day already paid for posts the difference', () => {
    const record = new ContractRecord();
    const people = [somebody([event('job', 'a', '2015-11-14')])];
    record.compute([versions[0]!], Q4, people);
    record.compute([versions[0]!, inForce(cheaper, '2015-04-01', 2)], Q4, people);
    expect(record.totalMinor).toBe(4000n);
  });

  it('of two on the same day leaves only the later in force', () => {
    const dearer = perEventTerms();
    dearer.clauses[0]!.rule.price = '70.00';
    const record = new ContractRecord();
    record.compute([...versions, inForce(dearer, '2015-11-15', 3)], Q4, [
      somebody([event('job', 'b', '2015-11-15')]),
    ]);
    expect(record.posted.map(({ line }) => [line.termsNumber, line.amountMinor])).toEqual([
      [3, 7000n],
    ]);
  });

  it('that removes a clause takes back only what it pays from its effective day on', () => {
    const without = perEventTerms();
    without.clauses.splice(0, 1);
    without.metrics.splice(0, 1);
    const people = [somebody([event('job', 'a', '2015-11-14'), event('job', 'b', '2015-11-16')])];
    const record = new ContractRecord();
    record.compute([versions[0]!], Q4, people);
    record.compute([versions[0]!, inForce(without, '2015-11-15', 2)], Q4, people);
    expect(record.totalMinor).toBe(10000n);
  });

  it('still counts what was paid before it: once remains once', () => {
    const once = (from: string, number: number) =>
      inForce(perEventTerms({}, [{ type: 'M2', times: 1 }]), from, number);
    const people = [somebody([event('job', 'a', '2015-11-14'), event('job', 'b', '2015-11-16')])];
    const lines = new ContractRecord().compute(
      [once('2015-04-01', 1), once('2015-11-15', 2)],
      Q4,
      people,
    );
    expect(lines.map(({ occurrence, reason }) => [occurrence, reason])).toEqual([
      ['a', null],
      ['b', 'already-paid'],
    ]);
  });

  it.each([
    ['within a clause (M3)', [{ type: 'M3', amount: '2640.00' }], []],
    ['across clauses', [], [{ id: 'c', scope: 'participant', amount: '2640.00' }]],
  ])(
    'counts towards a cap per participant what was really paid before it, %s',
    (_name, modifiers, caps) => {
      const at = (rate: string, from: string, number: number) =>
        inForce(perPointTerms({ rate, waves: 'independent' }, { caps }, modifiers), from, number);
      const person = somebody([
        BASELINE,
        score('6m', '2015-12-10', '4'),
        score('18m', '2016-12-10', '4'),
      ]);
      const record = new ContractRecord();
      const editions = [at('660.00', '2015-04-01', 1), at('100.00', '2016-07-01', 2)];
      record.compute(editions, LATER, [person]);
      expect(record.totalMinor).toBe(264000n); // four points at £660.00, and nothing more
    },
  );

  it('that brings a clause back pays nothing on what happened while it was away', () => {
    const waits = perEventTerms();
    waits.clauses[1]!.modifiers = [{ type: 'M2', times: 1, afterPaid: '1' }];
    const away = perEventTerms();
    away.clauses.splice(0, 2, {
      ...away.clauses[1]!,
      id: '3',
      rule: { ...away.clauses[1]!.rule, price: '0.00' },
    });
    away.metrics.splice(0, 1);
    const editions = [
      inForce(waits),
      inForce(away, '2015-11-01', 2),
      inForce(waits, '2015-12-01', 3),
    ];
    const lines = new ContractRecord().compute(editions, Q4, [
      somebody([event('job', 'a', '2015-11-14'), event('course', 'b', '2015-12-14')]),
    ]);
    expect(lines.map(({ clause, reason }) => [clause, reason])).toEqual([
      ['2', 'earlier-outcome-not-paid'],
    ]);
  });

  it('gives each line to the payers of its own edition', () => {
    const split = { type: 'S1', shares: [{ payer: 'fund', share: '1' }] };
    const editions = [inForce(perEventTerms()), inForce(perEventTerms({ split }), '2015-11-15', 2)];
    const people = [somebody([event('job', 'a', '2015-11-14'), event('job', 'b', '2015-11-16')])];
    const lines = new ContractRecord().compute(editions, Q4, people);
    expect(lines.map(({ parts }) => [...parts])).toEqual([
      [
        ['council', 6000n],
        ['fund', 4000n],
      ],
      [['fund', 10000n]],
    ]);
  });
});

describe('what happened before an edition, and was no outcome then', () => {
  const clause = (id: string, events: string[], more: object = {}) => ({
    id,
    title: id,
    rule: { type: 'R1', events, price: '100.00' },
    modifiers: [{ type: 'M2', times: 1 }],
    verifiedBy: 'university',
    ...more,
  });
  const edition = (number: number, from: string, ...clauses: object[]) => {
    const made = inForce({ ...perEventTerms(), clauses }, from, number);
    expect(activationProblems(made.terms)).toEqual([]);
    return made;
  };
  const ALL = period('all', '2015-04-01', '2020-04-01');
  const amounts = (versions: TermsInForce[], ...seen: Observation[]) =>
    new ContractRecord()
      .compute(versions, ALL, [somebody(seen)])
      .map((line) => [line.clause, line.occurrence, line.amountMinor]);

  it('uses up no claim of a clause that is new in it', () => {
    const both = [clause('1', ['job']), clause('2', ['course'])];
    expect(
      amounts(
        [
          edition(1, '2015-04-01', clause('1', ['job', 'course'])),
          edition(2, '2016-01-01', ...both, clause('3', ['job'])),
        ],
        event('job', 'a', '2015-11-14'),
        event('job', 'b', '2016-02-01'),
      ),
    ).toEqual([
      ['1', 'job/a', 10000n],
      ['1', 'b', 0n],
      ['3', 'b', 10000n],
    ]);
  });

  it('is not counted twice where the clause gains a route, which changes what its outcomes are called', () => {
    const twice = { modifiers: [{ type: 'M2', times: 2 }] };
    expect(
      amounts(
        [
          edition(1, '2015-04-01', clause('1', ['job'], twice), clause('2', ['course'])),
          edition(2, '2016-01-01', clause('1', ['job', 'course'], twice)),
        ],
        event('job', 'a', '2015-11-14'),
        event('job', 'b', '2016-02-01'),
      ),
    ).toEqual([
      ['1', 'a', 10000n],
      ['1', 'job/b', 10000n],
    ]);
  });
});
