import { figure } from '../../../test/support/measure.builder.js';
import { fraction } from '../money/fraction.js';
import { roundTo } from '../money/rounding.js';
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

const YEAR = period('y', '2015-04-01', '2016-04-01');
const ROUNDING = { mode: 'half-up', months: 'corresponding-date' } as const;
const jobs = [somebody([event('job', 'j1', '2015-08-01')])];

/** The amounts of one job at a price, with modifiers, rounded as the terms say. */
const paid = (price: string, rounding: object, modifiers: object[] = [], more: object = {}) => {
  const of = perEventTerms({ rounding: { ...ROUNDING, ...rounding }, ...more }, modifiers);
  of.clauses[0]!.rule.price = price;
  return new ContractRecord().compute([inForce(of)], YEAR, jobs);
};
const half = { type: 'M5', percent: '50%', groups: [] };

describe('what amounts are rounded to', () => {
  it.each([
    ['405288.00', undefined, 40528800n],
    ['405288.00', '0.01', 40528800n],
    ['405288.00', '1000', 40500000n],
    ['405499.99', '1000', 40500000n],
    ['405500.00', '1000', 40600000n],
    ['0.49', '1', 0n],
    ['0.50', '1', 100n],
  ])('£%s to the nearest %s is %s', (price, to, amount) => {
    const [line] = paid(price, to === undefined ? {} : { to });
    expect([line!.uncappedMinor, line!.amountMinor]).toEqual([amount, amount]);
  });

  it.each([
    [-150n, -200n],
    [-149n, -100n],
  ])('%s minor units to the pound are %s, away from nought', (minor, rounded) => {
    expect(roundTo(fraction(minor), 'half-up', 100n)).toBe(rounded);
  });

  it('lets a cap cut exactly, after rounding, and says what it cut', () => {
    const caps = [{ id: 'limit', scope: 'contract', amount: '1250.00' }];
    const lines = paid('1600.00', { to: '1000' }, [], { caps });
    expect(lines.map((l) => [l.kind, l.amountMinor, l.withheldMinor])).toEqual([
      ['payment', 125000n, 0n],
      ['withheld', 0n, 75000n],
    ]);
  });

  it('posts a true-up of the rounded difference, and none where rounding hides the change', () => {
    const of = (rate: string) => perPointTerms({ rate }, { rounding: { ...ROUNDING, to: '1000' } });
    const measured = (six: string) => [
      somebody([score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', six)]),
    ];
    const record = new ContractRecord();
    const amounts = (six: string) =>
      record.compute([inForce(of('660.00'))], YEAR, measured(six)).map((l) => l.amountMinor);
    expect(amounts('7')).toEqual([100000n]); // £660 is £1,000
    expect(amounts('6')).toEqual([0n]); // £1,320 is £1,000: the points changed, the money did not
    expect(amounts('5')).toEqual([100000n]); // £1,980 is £2,000
    expect(amounts('5')).toEqual([]);
  });
});

describe('when amounts are rounded', () => {
  it.each([
    ['line', 10000n],
    ['step', 10000n],
  ])('a round price is the same by %s', (stage, amount) => {
    expect(paid('100.00', { stage })[0]!.amountMinor).toBe(amount);
  });

  it('rounds once at the line, or each step on what the last one left', () => {
    const uplift = {
      type: 'M7',
      groups: [{ only: { attribute: 'age', min: 50 }, percent: '100%' }],
    };
    // 1.01 halved is 0.505; doubled again it is 1.01, or 1.02 where 0.505 was rounded to 0.51
    expect(paid('1.01', { stage: 'line' }, [half, uplift])[0]!.amountMinor).toBe(101n);
    const [line] = paid('1.01', { stage: 'step' }, [half, uplift]);
    expect(line!.amountMinor).toBe(102n);
    expect(line!.steps.map(({ before, after }) => [before, after])).toEqual([
      ['0', '101'],
      ['101', '51'],
      ['51', '102'],
    ]);
  });

  it('keeps a cap per participant where two halves of a penny are each rounded up at the line', () => {
    // 100.01 halved is 50.005, which is posted as 50.01; that leaves 9.99 of the cap, not 9.995 to be rounded up as well
    const seen = ['j1', 'j2'].map((id, i) => event('job', id, `2015-08-0${i + 1}`));
    const capped = (modifiers: object[], caps: object[] = []) => {
      const of = perEventTerms({ rounding: { ...ROUNDING, stage: 'line' }, caps }, modifiers);
      of.clauses[0]!.rule.price = '100.01';
      const lines = new ContractRecord().compute([inForce(of)], YEAR, [somebody(seen)]);
      return lines.map((l) => l.amountMinor);
    };
    expect(capped([half, { type: 'M3', amount: '60.00' }])).toEqual([5001n, 999n, 0n]);
    const across = [{ id: 'person', scope: 'participant', amount: '60.00' }];
    expect(capped([half], across)).toEqual([5001n, 999n, 0n]);
  });

  it('keeps a cap per participant where each step is rounded', () => {
    const cap = { type: 'M3', amount: '100.00' };
    const seen = ['j1', 'j2', 'j3'].map((id, i) => event('job', id, `2015-08-0${i + 1}`));
    const of = perEventTerms({ rounding: { ...ROUNDING, stage: 'step', to: '10' } }, [cap]);
    of.clauses[0]!.rule.price = '36.00';
    const lines = new ContractRecord().compute([inForce(of)], YEAR, [somebody(seen)]);
    expect(lines.map((l) => [l.amountMinor, l.withheldMinor])).toEqual([
      [4000n, 0n],
      [4000n, 0n],
      [2000n, 0n],
      [0n, 2000n],
    ]);
  });
});

describe('steps over many outcomes, whose lines are rounded each for itself', () => {
  const people = (jobsOf: number, coursesOf: number) => [
    somebody([
      ...Array.from({ length: jobsOf }, (_, i) => event('job', `j${i}`, '2015-08-01')),
      ...Array.from({ length: coursesOf }, (_, i) => event('course', `c${i}`, '2015-08-01')),
    ]),
  ];
  const mix = { id: 'mix', scope: 'mix', clauses: ['2'], percent: '50%', over: 'contract' };
  const paidFor = (clause: string, record: ContractRecord) =>
    record.posted.reduce((sum, one) => sum + (one.clause === clause ? one.amountMinor : 0n), 0n);

  it.each([
    ['pennies', undefined, 7n],
    ['pounds', '1', 0n],
  ])('a cap on the mix is not exceeded by rounding to %s', (_, to, jobsMinor) => {
    // three courses at 2.5p are posted as 3p each, so that 9p would stand beside 7p
    const of = perEventTerms({ caps: [mix], rounding: { ...ROUNDING, ...(to ? { to } : {}) } });
    of.clauses[0]!.rule.price = '0.07';
    of.clauses[1] = { ...of.clauses[1]!, modifiers: [half] };
    of.clauses[1].rule.price = '0.05';
    const record = new ContractRecord();
    const version = inForce(of);
    record.compute([version], YEAR, people(1, 3));
    expect([paidFor('1', record), paidFor('2', record)]).toEqual([jobsMinor, jobsMinor]);
    expect(record.compute([version], YEAR, people(1, 3))).toEqual([]);
  });

  it('what is left beside others is a whole multiple of what amounts are rounded to', () => {
    const of = perEventTerms({
      caps: [{ ...mix, percent: '40%' }],
      rounding: { ...ROUNDING, to: '100' },
    });
    const record = new ContractRecord();
    record.compute([inForce({ ...of })], YEAR, people(1, 4)); // £100 beside four of £50, each £100
    expect([paidFor('1', record), paidFor('2', record)]).toEqual([10_000n, 0n]);
  });

  it('volume bands bring a period to what its units are worth, to the penny', () => {
    const M6 = {
      type: 'M6',
      counted: 'over-contract',
      bands: [{ from: '0', price: '0.04' }],
    };
    const of = perEventTerms({}, [half, M6]);
    of.clauses[0]!.rule.price = '0.05'; // 2.5p each, posted as 3p; by the band they are 2p each
    const record = new ContractRecord();
    record.compute([inForce(of)], YEAR, people(4, 0));
    expect(paidFor('1', record)).toBe(8n);
  });

  it('an error rate is taken off what was posted', () => {
    const errors = {
      id: 'errors',
      kind: 'rate',
      label: 'Errors',
      paid: false,
      grain: 'quarter',
      definitions: [
        { version: '2015', from: '2015-04-01', numerator: 'Wrong', denominator: 'All' },
      ],
      groups: ['all'],
      bounded: true,
      completes: [],
    };
    const M9 = {
      type: 'M9-sample',
      metric: 'errors',
      tolerancePercent: '0%',
      takesOff: 'whole-rate',
    };
    const of = perEventTerms({}, [half, M9]);
    of.clauses[0]!.rule.price = '0.05';
    const version = inForce({ ...of, metrics: [...of.metrics, errors] });
    const record = new ContractRecord();
    record.compute([version], YEAR, people(4, 0), {
      figures: [figure('2015-07-01', 50, 100, { metric: 'errors' })],
      effects: [],
    });
    expect(paidFor('1', record)).toBe(6n); // half of four lines of 3p, not of 10p
  });
});
