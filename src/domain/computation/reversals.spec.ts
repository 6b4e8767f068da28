import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  period,
  somebody,
} from '../../../test/support/record.builder.js';

const Q3 = period('2015-Q3', '2015-07-01', '2015-10-01');
const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');

const lost = {
  id: 'lost',
  kind: 'event',
  label: 'Job lost',
  paid: false,
  definition: 'x',
  evidence: ['x'],
};
const terms = (changes: object = {}, modifier: object = {}) => {
  const m9 = {
    type: 'M9',
    reversedBy: 'lost',
    withinMonths: 6,
    share: '100%',
    takesBack: 'latest',
  };
  const of = perEventTerms({}, [{ ...m9, ...modifier }]);
  return [inForce({ ...of, metrics: [...of.metrics, lost], ...changes })];
};
const job = event('job', 'j1', '2015-08-01');
const lostOn = (on: string, status: 'recorded' | 'void' = 'recorded') =>
  event('lost', 'l1', on, { status });
const people = (...seen: ParticipantFacts['observations']) => [somebody(seen)];
const told = (lines: ReturnType<ContractRecord['compute']>) =>
  lines.map((l) => [l.occurrence, l.kind, l.amountMinor, l.reason]);

describe('a result that is reversed', () => {
  it('is taken back in the period of the reversal, from the payers who paid, and only once', () => {
    const record = new ContractRecord();
    expect(told(record.compute(terms(), Q3, people(job)))).toEqual([
      ['j1', 'payment', 10000n, null],
    ]);
    const [line] = record.compute(terms(), Q4, people(job, lostOn('2015-11-01')));
    expect(line).toMatchObject({
      occurrence: 'j1/reversed/lost/l1',
      outcomeOn: '2015-11-01',
      amountMinor: -10000n,
      explanation:
        '"Job lost" on 2015-11-01 undid the result of 2015-08-01 (j1): 100% of it = -£100.00 (clause 1).',
    });
    expect([...line!.parts]).toEqual([
      ['council', -6000n],
      ['fund', -4000n],
    ]);
    expect(record.compute(terms(), Q4, people(job, lostOn('2015-11-01')))).toEqual([]);
    expect(record.totalMinor).toBe(0n);
  });

  it('takes back no more than a cap let through, and says so', () => {
    const capped = terms({ caps: [{ id: 'limit', scope: 'contract', amount: '30.00' }] });
    const record = new ContractRecord();
    record.compute(capped, Q3, people(job));
    expect(record.totalMinor).toBe(3000n);
    const [line] = record.compute(capped, Q4, people(job, lostOn('2015-11-01')));
    expect(line).toMatchObject({
      amountMinor: -3000n,
      explanation:
        '"Job lost" on 2015-11-01 undid the result of 2015-08-01 (j1): 100% of it, -£30.00 after paid: ' +
        'no more is taken back than the £30.00 that stands paid (clause 1).',
    });
    expect(record.compute(capped, Q4, people(job, lostOn('2015-11-01')))).toEqual([]);
  });

  it('takes back nothing, with a line, where a cap let nothing through', () => {
    const capped = terms({ caps: [{ id: 'limit', scope: 'contract', amount: '0.00' }] });
    const record = new ContractRecord();
    record.compute(capped, Q3, people(job));
    expect(told(record.compute(capped, Q4, people(job, lostOn('2015-11-01'))))).toEqual([
      ['j1/reversed/lost/l1', 'refusal', 0n, 'reversed'],
    ]);
  });

  it('is taken back in one computation with its payment', () => {
    const capped = terms({ caps: [{ id: 'limit', scope: 'contract', amount: '30.00' }] });
    const record = new ContractRecord();
    const lines = record.compute(capped, Q4, people(job, lostOn('2015-11-01')));
    expect(lines.filter(({ kind }) => kind !== 'withheld').map((l) => l.amountMinor)).toEqual([
      3000n,
      -3000n,
    ]);
  });

  it('is paid again where the reversal is withdrawn, and follows a correction of the result', () => {
    const record = new ContractRecord();
    record.compute(terms(), Q3, people(job));
    record.compute(terms(), Q4, people(job, lostOn('2015-11-01')));
    const withdrawn = record.compute(terms(), Q4, people(job, lostOn('2015-11-01', 'void')));
    expect(told(withdrawn)).toEqual([['j1/reversed/lost/l1', 'true-up', 10000n, 'withdrawn']]);
    record.compute(terms(), Q4, people(job, lostOn('2015-11-01')));
    expect(record.totalMinor).toBe(0n);
    record.compute(
      terms(),
      Q4,
      people(event('job', 'j1', '2015-08-01', { status: 'void' }), lostOn('2015-11-01')),
    );
    expect(record.totalMinor).toBe(0n);
    for (const payer of ['council', 'fund']) expect(record.partMinor(payer)).toBe(0n);
  });

  it('returns a part to the penny to each payer', () => {
    const odd = terms({}, { share: '33.33%' });
    const record = new ContractRecord();
    record.compute(odd, Q3, people(job));
    const [line] = record.compute(odd, Q4, people(job, lostOn('2015-11-01')));
    expect([line!.amountMinor, ...line!.parts.values()]).toEqual([-3333n, -2000n, -1333n]);
  });
});

describe('a reversal beside other steps', () => {
  const m9 = {
    type: 'M9',
    reversedBy: 'lost',
    withinMonths: 6,
    share: '100%',
    takesBack: 'latest',
  };
  const back = { ...lost, id: 'back', label: 'Back in care' };
  const of = (modifiers: object[], changes: object = {}) => {
    const made = perEventTerms({}, modifiers);
    const version = inForce({ ...made, metrics: [...made.metrics, lost, back], ...changes });
    expect(activationProblems(version.terms)).toEqual([]);
    return [version];
  };
  const twoJobs = [
    somebody([job, lostOn('2015-09-01'), event('job', 'j2', '2015-10-01')]),
  ] as const;

  it.each<[string, object[], object]>([
    ['of its clause', [m9, { type: 'M3', amount: '60.00' }], {}],
    ['over clauses', [m9], { caps: [{ id: 'each', scope: 'participant', amount: '60.00' }] }],
  ])('gives a cap per participant %s back no more room than was used', (_, modifiers, changes) => {
    const record = new ContractRecord();
    const lines = record.compute(of(modifiers, changes), Q4, twoJobs);
    expect(
      lines.filter(({ kind }) => kind !== 'withheld').map((l) => [l.occurrence, l.amountMinor]),
    ).toEqual([
      ['j1', 6000n],
      ['j1/reversed/lost/l1', -6000n],
      ['j2', 6000n],
    ]);
    expect(lines[2]!.explanation).toContain('no more is taken back than the cap had left of it');
    expect(record.compute(of(modifiers, changes), Q4, twoJobs)).toEqual([]);
  });

  it('takes back what the index of the day of the result made of it', () => {
    const indices = [
      {
        id: 'cpi',
        source: 'ONS',
        values: [
          { from: '2015-04-01', value: '100' },
          { from: '2015-09-01', value: '110' },
        ],
      },
    ];
    const indexation = { type: 'indexation', index: 'cpi', base: '100' };
    for (const modifiers of [
      [{ ...m9, share: '50%' }, indexation],
      [indexation, { ...m9, share: '50%' }],
    ]) {
      const record = new ContractRecord();
      record.compute(of(modifiers, { indices }), Q4, people(job, lostOn('2015-09-01')));
      expect(record.totalMinor).toBe(5000n);
    }
  });

  it('is told from another event of the same reference', () => {
    const half = { ...m9, share: '50%' };
    const record = new ContractRecord();
    const seen = [job, event('lost', 'e', '2015-09-01'), event('back', 'e', '2015-09-02')];
    const lines = record.compute(of([half, { ...half, reversedBy: 'back' }]), Q4, people(...seen));
    expect(told(lines)).toEqual([
      ['j1', 'payment', 10000n, null],
      ['j1/reversed/lost/e', 'payment', -5000n, 'reversed'],
      ['j1/reversed/back/e', 'payment', -5000n, 'reversed'],
    ]);
  });
});
