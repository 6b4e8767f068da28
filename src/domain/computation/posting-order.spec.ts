import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  somebody,
} from '../../../test/support/record.builder.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { openComputation } from './open-computation.js';
import type { PaymentLine } from './payment-line.js';

const Q3 = period('2015-Q3', '2015-07-01', '2015-10-01');
const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');

const open = (versions: ReturnType<typeof inForce>[]) =>
  openComputation({
    versions,
    period: Q4,
    capUse: new Map(),
    reckonedUntil: null,
    record: EMPTY_RECORD,
  });
const job = (reference: string, on: string, status: Observation['status'] = 'recorded') =>
  event('job', reference, on, { status });
const lost = (reference: string, on: string, status: Observation['status'] = 'recorded') =>
  event('lost', reference, on, { status });
const inShort = (lines: readonly PaymentLine[]) =>
  lines.map((line) => [line.occurrence, line.kind, Number(line.amountMinor) / 100]);

/** £100 for each job; a share of it is taken back where the job is lost within six months. */
const reversible = (share: string, takesBack: 'latest' | 'all', more: object = {}) => {
  const m9 = { type: 'M9', reversedBy: 'lost', withinMonths: 6, share, takesBack };
  const of = perEventTerms(more, [m9]);
  const metric = { ...of.metrics[0]!, id: 'lost', label: 'Job lost', paid: false };
  return [inForce({ ...of, metrics: [...of.metrics, metric] })];
};
const cap = (amount: string) => ({ caps: [{ id: 'limit', scope: 'contract', amount }] });

describe('a computation', () => {
  it('needs terms in force', () =>
    expect(() => open([])).toThrow(
      new Error('Assertion failed: a computation needs terms in force'),
    ));

  it('decides what happened before the first edition by the first', () => {
    const terms = inForce(perEventTerms(), '2015-09-01');
    const lines = new ContractRecord().compute([terms], Q4, [somebody([job('j1', '2015-08-01')])]);
    expect(inShort(lines)).toEqual([['j1', 'payment', 100]]);
  });
});

describe('what was posted and is found no longer', () => {
  const SPLIT = {
    split: {
      type: 'S1',
      shares: [
        { payer: 'council', share: '1/5' },
        { payer: 'fund', share: '4/5' },
      ],
    },
  };
  const editions = [
    inForce(perEventTerms()),
    inForce(perEventTerms(SPLIT), '2015-08-01', 2),
    inForce(perEventTerms(), '2015-09-01', 3),
  ];

  it.each([
    ['the day before an edition', '2015-07-31', 1],
    ['its first day', '2015-08-01', 2],
    ['its last day', '2015-08-31', 2],
    ['the first day of the next', '2015-09-01', 3],
  ])('is taken back by the edition that paid it: %s', (_what, on, edition) => {
    const record = new ContractRecord();
    record.compute(editions, Q3, [somebody([job('j1', on)])]);
    const lines = record.compute(editions, Q4, [somebody([job('j1', on, 'void')])]);
    expect(lines.map((l) => [l.kind, l.termsNumber, l.amountMinor, l.reason])).toEqual([
      ['true-up', edition, -10_000n, 'withdrawn'],
    ]);
    expect(record.partMinor('council')).toBe(0n);
    expect(record.partMinor('fund')).toBe(0n);
  });

  it('is taken back first, and what had been taken back is given again last', () => {
    const terms = reversible('100%', 'latest');
    const record = new ContractRecord();
    const [one, two] = [job('j1', '2015-07-10'), job('j2', '2015-11-10')];
    record.compute(terms, Q3, [somebody([one])]);
    record.compute(terms, Q4, [somebody([one, lost('l1', '2015-10-01'), two])]);
    const none = record.compute(terms, Q4, [
      somebody([
        job('j1', '2015-07-10', 'void'),
        lost('l1', '2015-10-01', 'void'),
        job('j2', '2015-11-10', 'void'),
      ]),
    ]);
    expect(inShort(none)).toEqual([
      ['j1', 'true-up', -100],
      ['j2', 'true-up', -100],
      ['j1/reversed/lost/l1', 'true-up', 100],
    ]);
    expect(record.totalMinor).toBe(0n);
  });

  it('makes room within a full cap for what is given again', () => {
    const terms = reversible('100%', 'latest', cap('100.00'));
    const record = new ContractRecord();
    const seen = (status: Observation['status']) => [
      somebody([
        job('j1', '2015-07-10'),
        lost('l1', '2015-10-01', status),
        job('j2', '2015-11-10', status),
      ]),
    ];
    record.compute(terms, Q3, [somebody([job('j1', '2015-07-10')])]);
    record.compute(terms, Q4, seen('recorded'));
    expect(record.totalMinor).toBe(10_000n);
    expect(inShort(record.compute(terms, Q4, seen('void')))).toEqual([
      ['j2', 'true-up', -100],
      ['j1/reversed/lost/l1', 'true-up', 100],
    ]);
    expect(record.totalMinor).toBe(10_000n);
  });
});

describe('two reversals of one result', () => {
  // a cap has let £60 of the £100 through; each reversal would take back half of the £100
  const terms = reversible('50%', 'latest', cap('60.00'));
  const JOB = job('j1', '2015-07-10');
  const [FIRST, SECOND] = [lost('l1', '2015-10-01'), lost('l2', '2015-11-01')];
  const taken = (lines: readonly PaymentLine[]) =>
    inShort(lines.filter(({ amountMinor }) => amountMinor < 0n));

  it('take back together no more than stands paid, in one computation', () => {
    const record = new ContractRecord();
    record.compute(terms, Q3, [somebody([JOB])]);
    expect(taken(record.compute(terms, Q4, [somebody([JOB, FIRST, SECOND])]))).toEqual([
      ['j1/reversed/lost/l1', 'payment', -50],
      ['j1/reversed/lost/l2', 'payment', -10],
    ]);
    expect(record.totalMinor).toBe(0n);
  });

  it('take back the same in two', () => {
    const record = new ContractRecord();
    record.compute(terms, Q3, [somebody([JOB])]);
    record.compute(terms, Q4, [somebody([JOB, FIRST])]);
    expect(taken(record.compute(terms, Q4, [somebody([JOB, FIRST, SECOND])]))).toEqual([
      ['j1/reversed/lost/l2', 'payment', -10],
    ]);
    expect(record.compute(terms, Q4, [somebody([JOB, FIRST, SECOND])])).toEqual([]);
    expect(record.totalMinor).toBe(0n);
  });
});

describe('within a cap', () => {
  it('what happened first is paid first, in whatever order it was recorded', () => {
    const terms = inForce(perEventTerms(cap('250.00')));
    const lines = new ContractRecord().compute([terms], Q4, [
      somebody([job('j3', '2015-11-01'), job('j1', '2015-09-01'), job('j2', '2015-10-01')]),
    ]);
    expect(inShort(lines.filter(({ kind }) => kind === 'payment'))).toEqual([
      ['j1', 'payment', 100],
      ['j2', 'payment', 100],
      ['j3', 'payment', 50],
    ]);
  });

  it('what is corrected down makes room for what is new and happened earlier', () => {
    const points = inForce(perPointTerms({}, cap('1320.00')));
    const score = (occurrence: string, on: string, value: string) =>
      ({
        ...event('ucla', occurrence, on),
        value: { numerator: BigInt(value), denominator: 1n },
      }) as Observation;
    const seen = (six: string, eighteen: string | null) => [
      somebody([
        score('baseline', '2015-06-02', '8'),
        score('6m', '2015-12-10', six),
        ...(eighteen === null ? [] : [score('18m', '2016-12-08', eighteen)]),
      ]),
    ];
    const late = period('2016-Q4', '2016-10-01', '2017-01-01');
    const record = new ContractRecord();
    record.compute([points], late, seen('8', '6'));
    expect(record.totalMinor).toBe(132_000n);
    const lines = record.compute([points], late, seen('7', '6'));
    expect(lines.map((l) => [l.occurrence, Number(l.amountMinor) / 100])).toEqual([
      ['18m', -660],
      ['6m', 660],
    ]);
    expect(record.totalMinor).toBe(132_000n);
  });
});
