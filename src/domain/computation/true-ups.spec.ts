import {
  ContractRecord,
  digestOf,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score,
  somebody,
} from '../../../test/support/record.builder.js';

const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');
const POINTS = [inForce(perPointTerms({ timePoints: ['6m'] }))];
const EVENTS = [inForce(perEventTerms())];

const BASELINE = score('baseline', '2015-06-02', '8');
const followUp = (value: string, given: object = {}) => score('6m', '2015-12-10', value, given);
const first = somebody([BASELINE, followUp('6')]);

const told = (
  lines: readonly { kind: string; amountMinor: bigint; revision: number; reason: string | null }[],
) =>
  lines.map(({ kind, amountMinor, revision, reason }) => [
    kind,
    Number(amountMinor),
    revision,
    reason,
  ]);

describe('what was posted before', () => {
  it('is not posted again', () => {
    const record = new ContractRecord();
    record.compute(POINTS, Q4, [first]);
    expect(record.compute(POINTS, Q4, [first])).toEqual([]);
    expect(record.compute(POINTS, Q1, [first])).toEqual([]);
  });

  it('is corrected up and down, each line naming the one before it', () => {
    const record = new ContractRecord();
    record.compute(POINTS, Q4, [first]);
    for (const value of ['5', '7', '8', '6'])
      record.compute(POINTS, Q1, [somebody([BASELINE, followUp(value)])]);
    expect(told(record.posted)).toEqual([
      ['payment', 132000, 1, null],
      ['true-up', 66000, 2, null],
      ['true-up', -132000, 3, null],
      ['true-up', -66000, 4, 'not-improved'],
      ['true-up', 132000, 5, null],
    ]);
    expect(record.posted.map(({ line }) => line.corrects)).toEqual([
      null,
      'trial.1.1',
      'trial.2.1',
      'trial.3.1',
      'trial.4.1',
    ]);
    expect(record.totalMinor).toBe(132000n);
  });

  it('is corrected where the baseline turns out to have been another', () => {
    const record = new ContractRecord();
    record.compute(POINTS, Q4, [first]);
    const [line] = record.compute(POINTS, Q1, [
      somebody([score('baseline', '2015-06-02', '7', { version: 2 }), followUp('6')]),
    ]);
    expect(line).toMatchObject({
      amountMinor: -66000n,
      evidence: ['ucla/baseline#2', 'ucla/6m#1'],
    });
  });

  it('turns from a refusal into a payment when the score comes late', () => {
    const record = new ContractRecord();
    expect(told(record.compute(POINTS, Q1, [somebody([BASELINE])]))).toEqual([
      ['refusal', 0, 1, 'missed'],
    ]);
    expect(told(record.compute(POINTS, Q1, [first]))).toEqual([['true-up', 132000, 2, null]]);
  });

  it('is told anew, for nothing, when only the reason for paying nothing changes', () => {
    const record = new ContractRecord();
    record.compute(POINTS, Q1, [somebody([BASELINE])]);
    const declined = somebody([BASELINE, followUp('0', { status: 'declined', value: null })]);
    expect(told(record.compute(POINTS, Q1, [declined]))).toEqual([['true-up', 0, 2, 'declined']]);
    expect(record.compute(POINTS, Q1, [declined])).toEqual([]);
  });

  it('is taken back once when an event is taken back, and given again when it is restored', () => {
    const record = new ContractRecord();
    const job = event('job', 'a', '2015-10-02');
    record.compute(EVENTS, Q4, [somebody([job])]);
    const without = somebody([{ ...job, status: 'void', version: 2 }]);
    expect(told(record.compute(EVENTS, Q1, [without]))).toEqual([
      ['true-up', -10000, 2, 'withdrawn'],
    ]);
    expect(record.compute(EVENTS, Q1, [without])).toEqual([]);
    expect(told(record.compute(EVENTS, Q1, [somebody([{ ...job, version: 3 }])]))).toEqual([
      ['true-up', 10000, 3, null],
    ]);
  });

  it('leaves no line where nothing was ever paid for what is taken back', () => {
    const record = new ContractRecord();
    record.compute(POINTS, Q4, [somebody([BASELINE, followUp('8')])]);
    expect(record.compute(POINTS, Q4, [somebody([BASELINE])])).toEqual([]);
  });

  it('stays paid where it was when its day is corrected to one after the period', () => {
    const record = new ContractRecord();
    record.compute(POINTS, Q4, [first]);
    const moved = somebody([BASELINE, score('6m', '2016-01-02', '6', { version: 2 })]);
    expect(record.compute(POINTS, Q4, [moved])).toEqual([]);
    expect(record.compute(POINTS, Q1, [moved])).toEqual([]);
  });

  it('is not paid for the first time before its period', () => {
    const record = new ContractRecord();
    const people = [somebody([event('job', 'a', '2016-01-01')])];
    expect(record.compute(EVENTS, Q4, people)).toEqual([]);
    expect(told(record.compute(EVENTS, Q1, people))).toEqual([['payment', 10000, 1, null]]);
  });

  it('in a later period gives way at once when an earlier event comes to light and an earlier period is computed again', () => {
    const once = [inForce(perEventTerms({}, [{ type: 'M2', times: 1 }]))];
    const record = new ContractRecord();
    const later = event('job', 'b', '2016-02-02');
    record.compute(once, Q1, [somebody([later])]);
    record.compute(once, Q4, [somebody([later, event('job', 'a', '2015-10-02')])]);
    expect(record.totalMinor).toBe(10000n);
  });

  it('of a later period is left alone when an earlier one is computed again', () => {
    const record = new ContractRecord();
    const people = [somebody([event('job', 'a', '2016-02-02')])];
    record.compute(EVENTS, Q1, people);
    expect(record.compute(EVENTS, Q4, people)).toEqual([]);
  });

  it('passes to the earlier event that came to light late, where one only is paid', () => {
    const once = [inForce(perEventTerms({}, [{ type: 'M2', times: 1 }]))];
    const record = new ContractRecord();
    const later = event('job', 'b', '2015-11-02');
    record.compute(once, Q4, [somebody([later])]);
    const lines = record.compute(once, Q4, [somebody([later, event('job', 'a', '2015-10-02')])]);
    expect(lines.map(({ occurrence, amountMinor }) => [occurrence, amountMinor])).toEqual([
      ['b', -10000n],
      ['a', 10000n],
    ]);
  });

  it('gives the same bytes when computed again as it was known then', () => {
    const record = new ContractRecord();
    const then = record.compute(POINTS, Q4, [first]);
    record.compute(POINTS, Q1, [somebody([BASELINE, followUp('8')])]);
    expect(digestOf(record.recheck(POINTS, Q4, [first], 0))).toBe(digestOf(then));
  });
});

describe("the payers' parts of a true-up", () => {
  const shares = (...of: [string, string][]) => ({
    type: 'S1',
    shares: of.map(([payer, share]) => ({ payer, share })),
  });

  it('return to each payer the pennies that it gave', () => {
    const split = shares(['council', '445/720'], ['fund', '275/720']);
    const terms = [inForce(perPointTerms({ timePoints: ['6m'] }, { split }))];
    const record = new ContractRecord();
    for (const value of ['7', '6', '5', '7', '8', '3', '8'])
      record.compute(terms, Q4, [somebody([BASELINE, followUp(value)])]);
    expect(record.totalMinor).toBe(0n);
    expect([record.partMinor('council'), record.partMinor('fund')]).toEqual([0n, 0n]);
  });

  it('return it also to a payer that pays no longer', () => {
    const before = inForce(perPointTerms({ timePoints: ['6m'] }));
    const alone = inForce(
      perPointTerms({ timePoints: ['6m'] }, { split: shares(['council', '1']) }),
      '2015-12-20',
      2,
    );
    const record = new ContractRecord();
    record.compute([before, alone], Q4, [first]);
    const moved = somebody([BASELINE, score('6m', '2015-12-21', '5', { version: 2 })]);
    const [line] = record.compute([before, alone], Q4, [moved]);
    expect(line!.amountMinor).toBe(66000n);
    expect([...line!.parts]).toEqual([
      ['council', 118800n],
      ['fund', -52800n],
    ]);
    expect(record.totalMinor).toBe(198000n);
  });
});
