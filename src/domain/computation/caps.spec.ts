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
const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');

/** Somebody with jobs (£100 each) and courses (£50 each), one a day from 1 October 2015 unless told otherwise. */
const worker = (reference: string, what: string, from = '2015-10-0') =>
  somebody(
    [...what].map((letter, i) =>
      event(letter === 'j' ? 'job' : 'course', `${letter}${i + 1}`, `${from}${i + 1}`),
    ),
    { reference },
  );
const terms = (...caps: object[]) => [inForce(perEventTerms({ caps }))];
const told = (
  lines: readonly {
    occurrence: string;
    kind: string;
    amountMinor: bigint;
    withheldMinor: bigint;
    reason: string | null;
  }[],
) =>
  lines.map(({ occurrence, kind, amountMinor, withheldMinor, reason }) => [
    occurrence,
    kind,
    Number(amountMinor) / 100,
    Number(withheldMinor) / 100,
    reason,
  ]);

describe('a cap', () => {
  it.each<[string, object, [string, string, number, number, string | null][]]>([
    [
      'of the contract',
      { id: 'c', scope: 'contract', amount: '120.00' },
      [
        ['j1', 'payment', 100, 0, null],
        ['c2', 'payment', 20, 0, null],
        ['c2', 'withheld', 0, 30, 'cap-reached'],
        ['j3', 'refusal', 0, 100, 'cap-reached'],
      ],
    ],
    [
      'of a clause leaves the others alone',
      { id: 'c', scope: 'clause', clause: '1', amount: '120.00' },
      [
        ['j1', 'payment', 100, 0, null],
        ['c2', 'payment', 50, 0, null],
        ['j3', 'payment', 20, 0, null],
        ['j3', 'withheld', 0, 80, 'cap-reached'],
      ],
    ],
    [
      'of a metric leaves the others alone',
      { id: 'c', scope: 'metric', metric: 'course', amount: '0.00' },
      [
        ['j1', 'payment', 100, 0, null],
        ['c2', 'refusal', 0, 50, 'cap-reached'],
        ['j3', 'payment', 100, 0, null],
      ],
    ],
    [
      'of a participant counts across clauses',
      { id: 'c', scope: 'participant', amount: '120.00' },
      [
        ['j1', 'payment', 100, 0, null],
        ['c2', 'payment', 20, 0, 'participant-cap'],
        ['c2', 'withheld', 0, 30, 'participant-cap'],
        ['j3', 'refusal', 0, 100, 'participant-cap'],
      ],
    ],
    [
      'of a participant over named clauses only',
      { id: 'c', scope: 'participant', clauses: ['1'], amount: '120.00' },
      [
        ['j1', 'payment', 100, 0, null],
        ['c2', 'payment', 50, 0, null],
        ['j3', 'payment', 20, 0, 'participant-cap'],
        ['j3', 'withheld', 0, 80, 'participant-cap'],
      ],
    ],
    [
      'of a payer leaves the other payers as they were',
      { id: 'c', scope: 'payer', payer: 'council', amount: '70.00' },
      [
        ['j1', 'payment', 100, 0, null], // 60 and 40
        ['c2', 'payment', 30, 0, null], // 10 of 30, and 20
        ['c2', 'withheld', 0, 20, 'cap-reached'],
        ['j3', 'payment', 40, 0, null], // none of 60, and 40
        ['j3', 'withheld', 0, 60, 'cap-reached'],
      ],
    ],
  ])('%s', (_name, cap, lines) => {
    expect(told(new ContractRecord().compute(terms(cap), Q4, [worker('P-1', 'jcj')]))).toEqual(
      lines,
    );
  });

  it('of a period begins afresh with the next one, and counts what is computed in it whenever it happened', () => {
    const capped = terms({ id: 'c', scope: 'period', amount: '120.00' });
    const record = new ContractRecord();
    record.compute(capped, Q4, [worker('P-1', 'jj')]);
    expect(record.totalMinor).toBe(12000n);
    const late = worker('P-2', 'j'); // happened in the first quarter, came to light in the second
    record.compute(capped, Q1, [worker('P-1', 'jj'), late, worker('P-3', 'j', '2016-01-0')]);
    expect(record.totalMinor).toBe(24000n);
    expect(record.posted.filter(({ line }) => line.participant === 'P-1').length).toBe(3);
  });

  it('bites in the order in which caps stand, each step recorded with its before and after', () => {
    const capped = terms(
      { id: 'job', scope: 'clause', clause: '1', amount: '80.00' },
      { id: 'all', scope: 'contract', amount: '60.00' },
      { id: 'council', scope: 'payer', payer: 'council', amount: '10.00' },
    );
    const [line] = new ContractRecord().compute(capped, Q4, [worker('P-1', 'j')]);
    expect(line!.steps.slice(1).map(({ step, before, after }) => [step, before, after])).toEqual([
      ['cap:job', '10000', '8000'],
      ['cap:all', '8000', '6000'],
      ['cap:council', '3600', '1000'],
    ]);
    expect([...line!.parts]).toEqual([
      ['council', 1000n],
      ['fund', 2400n],
    ]);
  });

  it('that has cut an outcome has settled it: room that appears later is not filled with it', () => {
    const capped = terms({ id: 'c', scope: 'contract', amount: '100.00' });
    const record = new ContractRecord();
    const [first, second] = [worker('P-1', 'j'), worker('P-2', 'j')];
    record.compute(capped, Q4, [first, second]);
    const gone = somebody([], { reference: 'P-1' });
    record.compute(capped, Q4, [gone, second]);
    expect(record.totalMinor).toBe(0n);
    expect(record.compute(capped, Q4, [gone, second])).toEqual([]);
    // what is new may fill it
    record.compute(capped, Q1, [gone, second, worker('P-3', 'j')]);
    expect(record.totalMinor).toBe(10000n);
  });

  it('never cuts a reduction', () => {
    const people = (value: string) => [
      somebody([score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', value)]),
    ];
    const at = (amount: string) => [
      inForce(
        perPointTerms({ timePoints: ['6m'] }, { caps: [{ id: 'c', scope: 'contract', amount }] }),
      ),
    ];
    const record = new ContractRecord();
    record.compute(at('1320.00'), Q4, people('6'));
    record.compute(at('0.00'), Q4, people('7'));
    expect(record.totalMinor).toBe(66000n);
  });

  it('has its room back before what is newly due is weighed against it', () => {
    // one job is paid, and the cap is full with it; then an earlier job comes to light and takes its place
    const once = [
      inForce(
        perEventTerms({ caps: [{ id: 'c', scope: 'contract', amount: '100.00' }] }, [
          { type: 'M2', times: 1 },
        ]),
      ),
    ];
    const record = new ContractRecord();
    record.compute(once, Q4, [somebody([event('job', 'b', '2015-11-02')])]);
    record.compute(once, Q4, [
      somebody([event('job', 'a', '2015-10-02'), event('job', 'b', '2015-11-02')]),
    ]);
    expect(record.totalMinor).toBe(10000n);
  });

  it('has its room back from what was taken back, before what is newly due', () => {
    const capped = terms({ id: 'c', scope: 'contract', amount: '100.00' });
    const record = new ContractRecord();
    record.compute(capped, Q4, [somebody([event('job', 'wrong', '2015-11-02')])]);
    record.compute(capped, Q4, [somebody([event('job', 'right', '2015-11-02')])]);
    expect(record.totalMinor).toBe(10000n);
  });

  it('of one payer stays kept when a correction lowers the amount', () => {
    const caps = [{ id: 'c', scope: 'payer', payer: 'fund', amount: '100.00' }];
    const capped = [inForce(perPointTerms({ timePoints: ['6m'] }, { caps }))];
    const people = (value: string) => [
      somebody([score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', value)]),
    ];
    const record = new ContractRecord();
    record.compute(capped, Q4, people('6')); // council £792, fund £100 of £528
    record.compute(capped, Q4, people('7')); // council £396, fund £100 of £264
    expect([record.partMinor('council'), record.partMinor('fund')]).toEqual([39600n, 10000n]);
    record.compute(capped, Q4, people('8'));
    expect([record.partMinor('council'), record.partMinor('fund')]).toEqual([0n, 0n]);
  });
});

describe('a cap per participant over amounts that are not whole pennies', () => {
  const jobs = [1, 2, 3].map((day) => event('job', `j${day}`, `2015-10-0${day}`));
  const half = { type: 'M5', percent: '50%' };

  it.each<[string, object[], object[]]>([
    ['of its clause', [half, { type: 'M3', amount: '200.00' }], []],
    ['over clauses', [half], [{ id: 'each', scope: 'participant', amount: '200.00' }]],
  ])('%s is not exceeded by their rounding', (_, modifiers, caps) => {
    const made = perEventTerms({ caps }, modifiers);
    made.clauses[0]!.rule.price = '133.33'; // half of it is £66.665, which is rounded up each time
    const record = new ContractRecord();
    const versions = [inForce(made)];
    expect(record.compute(versions, Q4, [somebody(jobs)]).map((l) => l.amountMinor)).toEqual([
      6667n,
      6667n,
      6666n,
      0n,
    ]);
    expect(record.totalMinor).toBe(20000n);
    expect(record.compute(versions, Q4, [somebody(jobs)])).toEqual([]);
  });
});
