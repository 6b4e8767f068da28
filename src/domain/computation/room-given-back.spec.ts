import { figure } from '../../../test/support/measure.builder.js';
import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score,
  somebody,
  totalOf,
} from '../../../test/support/record.builder.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import type { PaymentLine } from './payment-line.js';

const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');

const contract = (amount: string) => [{ id: 'c', scope: 'contract', amount }];
const told = (lines: readonly PaymentLine[]) =>
  lines.map(({ participant, kind, amountMinor, withheldMinor }) => [
    participant,
    kind,
    Number(amountMinor) / 100,
    Number(withheldMinor) / 100,
  ]);
const jobs = (reference: string, ...days: string[]) =>
  somebody(
    days.map((on) => event('job', `j-${on}`, on)),
    { reference },
  );

describe('volume bands under a cap on amounts', () => {
  // the first job at £100, the others at £80: three are worth £260, and £300 at their own price
  const M6 = {
    type: 'M6',
    counted: 'over-contract',
    bands: [
      { from: '0', to: '1', price: '100.00' },
      { from: '1', price: '80.00' },
    ],
  };
  const under = (...caps: object[]) => [inForce(perEventTerms({ caps }, [M6]))];
  const three = [jobs('P-1', '2015-10-01'), jobs('P-2', '2015-10-02'), jobs('P-3', '2015-10-03')];

  it.each<[string, object, number]>([
    ['of the contract', { scope: 'contract', amount: '250.00' }, 250],
    ['of the clause', { scope: 'clause', clause: '1', amount: '250.00' }, 250],
    ['of the metric', { scope: 'metric', metric: 'job', amount: '250.00' }, 250],
    ['of the period', { scope: 'period', amount: '250.00' }, 250],
    ['of a payer with three fifths', { scope: 'payer', payer: 'council', amount: '150.00' }, 254],
    ['that is wide enough', { scope: 'contract', amount: '260.00' }, 260],
    ['that leaves little', { scope: 'contract', amount: '10.00' }, 10],
    ['that leaves nothing', { scope: 'contract', amount: '0.00' }, 0],
  ])('%s: the cap bites on what the bands make of them', (_, cap, pounds) => {
    const versions = under({ id: 'c', ...cap });
    expect(activationProblems(versions[0]!.terms)).toEqual([]);
    const record = new ContractRecord();
    record.compute(versions, Q4, three);
    expect(record.totalMinor).toBe(BigInt(pounds) * 100n);
    expect(record.compute(versions, Q4, three)).toEqual([]);
  });

  it('posts what the bands take off first, and tells what the cap has cut', () => {
    const lines = new ContractRecord().compute(under(...contract('250.00')), Q4, three);
    expect(told(lines)).toEqual([
      [null, 'payment', -40, 0],
      ['P-1', 'payment', 100, 0],
      ['P-2', 'payment', 100, 0],
      ['P-3', 'payment', 90, 0],
      ['P-3', 'withheld', 0, 10],
    ]);
  });

  it('goes on so in later periods, and after corrections', () => {
    const versions = under(...contract('350.00'));
    const record = new ContractRecord();
    record.compute(versions, Q4, three);
    const five = [...three, jobs('P-4', '2016-01-10', '2016-01-11')];
    record.compute(versions, Q1, five);
    expect(record.totalMinor).toBe(35_000n); // of 100 + 4 x 80 = 420
    const without = [jobs('P-1'), ...five.slice(1)];
    record.compute(versions, Q1, without);
    // one of £100 less, and the others move up by one band: what the cap had cut before stays cut
    expect(record.totalMinor).toBe(27_000n);
    expect(record.compute(versions, Q1, without)).toEqual([]);
  });

  it('pays dearer later units last, so that the cap cuts those', () => {
    const bands = [M6.bands[0], { from: '1', price: '150.00' }];
    const versions = [inForce(perEventTerms({ caps: contract('380.00') }, [{ ...M6, bands }]))];
    const lines = new ContractRecord().compute(versions, Q4, three);
    expect(told(lines)).toEqual([
      ['P-1', 'payment', 100, 0],
      ['P-2', 'payment', 100, 0],
      ['P-3', 'payment', 100, 0],
      [null, 'payment', 80, 0],
      [null, 'withheld', 0, 20],
    ]);
  });

  it('divides what is over the limit of a payer (S5) by what the bands left', () => {
    const split = {
      type: 'S5',
      shares: [
        { payer: 'council', share: '1/2' },
        { payer: 'fund', share: '1/2' },
      ],
      limits: [{ payer: 'fund', amount: '125.00', then: 'council' }],
    };
    const record = new ContractRecord();
    record.compute([inForce(perEventTerms({ split }, [M6]))], Q4, three);
    expect([record.partMinor('fund'), record.partMinor('council')]).toEqual([12_500n, 13_500n]);
  });
});

describe('room that is given back within a computation', () => {
  const RATE = {
    id: 'visits',
    kind: 'rate',
    label: 'Visits',
    paid: true,
    grain: 'quarter',
    definitions: [
      { version: '2015', from: '2015-04-01', numerator: 'On time', denominator: 'All' },
    ],
    groups: ['all'],
    bounded: true,
    completes: [],
  };
  const withRate = (caps: object[]) => {
    const made = perEventTerms({ caps });
    const clause = {
      id: '3',
      title: 'Visits on time',
      rule: {
        type: 'R11',
        measure: { of: 'rate', metric: 'visits', group: 'all' },
        pays: { by: 'point', pass: 'above', threshold: '50%', price: '10.00', points: 'exact' },
      },
      modifiers: [],
      verifiedBy: 'university',
    };
    return [
      inForce({ ...made, metrics: [...made.metrics, RATE], clauses: [...made.clauses, clause] }),
    ];
  };
  const visits = (onTime: number, version = 1) => ({
    figures: [figure('2015-10-01', onTime, 100, { to: '2016-01-01', version })],
    effects: [],
  });

  it('by a cohort is there for participants', () => {
    const versions = withRate(contract('100.00'));
    expect(activationProblems(versions[0]!.terms)).toEqual([]);
    const record = new ContractRecord();
    record.compute(versions, Q4, [jobs('P-1')], visits(60)); // £100 for ten points
    const lines = record.compute(versions, Q4, [jobs('P-1', '2015-11-02')], visits(53, 2));
    expect(told(lines)).toEqual([
      [null, 'true-up', -70, 0],
      ['P-1', 'payment', 70, 0],
      ['P-1', 'withheld', 0, 30],
    ]);
  });

  it('by a participant is there for those who stand before', () => {
    const versions = [inForce(perEventTerms({ caps: contract('100.00') }))];
    const record = new ContractRecord();
    record.compute(versions, Q4, [jobs('P-1'), jobs('P-2', '2015-11-02')]);
    const lines = record.compute(versions, Q4, [jobs('P-1', '2015-10-02'), jobs('P-2')]);
    expect(told(lines)).toEqual([
      ['P-2', 'true-up', -100, 0],
      ['P-1', 'payment', 100, 0],
    ]);
  });

  it('is first for the participant who gives it back under the same clause', () => {
    const versions = [inForce(perEventTerms({ caps: contract('100.00') }))];
    const record = new ContractRecord();
    record.compute(versions, Q4, [jobs('P-1'), jobs('P-2', '2015-11-02')]);
    // the job was recorded under the wrong day and reference: it is the same one
    record.compute(versions, Q4, [jobs('P-1', '2015-10-02'), jobs('P-2', '2015-11-03')]);
    const of = (reference: string) =>
      totalOf(record.posted.filter(({ line }) => line.participant === reference));
    expect([of('P-1'), of('P-2')]).toEqual([0n, 10_000n]);
  });

  it('by the reversal of a result of the same computation is there for the next result', () => {
    const lost = { ...perEventTerms().metrics[0]!, id: 'lost', label: 'Lost it', paid: false };
    const M9 = {
      type: 'M9',
      reversedBy: 'lost',
      withinMonths: 6,
      share: '100%',
      takesBack: 'latest',
    };
    const made = perEventTerms({ caps: contract('100.00') }, [M9]);
    const versions = [inForce({ ...made, metrics: [...made.metrics, lost] })];
    const record = new ContractRecord();
    const one = somebody([
      event('job', 'a', '2015-10-01'),
      event('course', 'c', '2015-10-03'),
      event('lost', 'l', '2015-10-05'),
    ]);
    record.compute(versions, Q4, [one]);
    expect(record.totalMinor).toBe(5_000n);
    expect(record.compute(versions, Q4, [one])).toEqual([]);
  });
});

describe('outcomes counted net under a cap', () => {
  const versions = [
    inForce(
      perPointTerms(
        { timePoints: ['6m'], count: 'net', rate: '100.00' },
        { caps: contract('100.00') },
      ),
    ),
  ];
  const changed = (reference: string, to: string) =>
    somebody([score('baseline', '2015-06-02', '6'), score('6m', '2015-12-10', to)], { reference });
  const better = changed('P-1', '5');
  const best = changed('P-2', '5');
  const worse = changed('P-3', '7');

  it.each([
    ['first', [worse, better, best]],
    ['between', [better, worse, best]],
    ['last', [better, best, worse]],
  ])('come to the same wherever the one below nil stands: %s', (_, people) => {
    const record = new ContractRecord();
    const lines = record.compute(versions, Q4, people);
    expect(record.totalMinor).toBe(10_000n);
    expect(told(lines)).toEqual([
      ['P-3', 'payment', -100, 0],
      ['P-1', 'payment', 100, 0],
      ['P-2', 'payment', 100, 0],
    ]);
  });
});
