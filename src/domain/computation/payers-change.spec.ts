import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  period,
  somebody,
} from '../../../test/support/record.builder.js';

const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');
const JOB = [event('job', 'a', '2015-11-14')];

const linesOf = (lines: ReturnType<ContractRecord['compute']>) =>
  lines.map(({ kind, revision, amountMinor, parts, corrects }) => [
    kind,
    revision,
    Number(amountMinor),
    Object.fromEntries([...parts].map(([payer, part]) => [payer, Number(part)])),
    corrects,
  ]);

describe("an amendment of the payers' shares from the first day on", () => {
  const other = perEventTerms({
    split: {
      type: 'S1',
      shares: [
        { payer: 'council', share: '1/4' },
        { payer: 'fund', share: '3/4' },
      ],
    },
  });
  const before = [inForce(perEventTerms())];
  const after = [...before, inForce(other, '2015-04-01', 2)];

  it('returns what was carried, entry for entry, and posts it again to those who carry it now', () => {
    const record = new ContractRecord();
    record.compute(before, Q4, [somebody(JOB)]);
    expect(linesOf(record.compute(after, Q1, [somebody(JOB)]))).toEqual([
      ['true-up', 2, -10000, { council: -6000, fund: -4000 }, 'trial.1.1'],
      ['true-up', 3, 10000, { council: 2500, fund: 7500 }, 'trial.1.1'],
    ]);
    expect([record.totalMinor, record.partMinor('council')]).toEqual([10000n, 2500n]);
    expect(record.compute(after, Q1, [somebody(JOB)])).toEqual([]);
  });

  it('says so', () => {
    const record = new ContractRecord();
    record.compute(before, Q4, [somebody(JOB)]);
    const [, again] = record.compute(after, Q1, [somebody(JOB)]);
    expect(again!.explanation).toBe(
      'Corrects line trial.1.1. "A job" on 2015-11-14 (evidence a): £100.00 is divided anew between the payers (clause 1).',
    );
  });

  it('leaves lines of nothing as they are', () => {
    const record = new ContractRecord();
    record.compute(before, Q4, [somebody(JOB, { attributes: { age: 20 } })]);
    expect(record.compute(after, Q1, [somebody(JOB, { attributes: { age: 20 } })])).toEqual([]);
  });
});

describe("a participant's home, corrected", () => {
  const versions = [
    inForce({
      ...perEventTerms({
        split: {
          type: 'S2',
          attribute: 'district',
          homes: [{ is: 'wyre', shares: [{ payer: 'fund', share: '1' }] }],
          others: [{ payer: 'council', share: '1' }],
        },
      }),
      population: {
        description: 'Everybody',
        maximum: 10,
        attributes: {
          district: { type: 'choice', label: 'District', values: ['wyre', 'malvern'] },
        },
      },
    }),
  ];
  const from = (district: string) => [somebody(JOB, { attributes: { district } })];

  it('moves what was posted to the payer of the right home, once', () => {
    const record = new ContractRecord();
    expect(linesOf(record.compute(versions, Q4, from('malvern')))).toEqual([
      ['payment', 1, 10000, { fund: 0, council: 10000 }, null],
    ]);
    expect(record.compute(versions, Q1, from('malvern'))).toEqual([]);
    record.compute(versions, Q1, from('wyre'));
    expect([record.totalMinor, record.partMinor('fund'), record.partMinor('council')]).toEqual([
      10000n,
      10000n,
      0n,
    ]);
    expect(record.compute(versions, Q1, from('wyre'))).toEqual([]);
  });
});

describe('a fund that is limited, and the council that carries the rest', () => {
  const versions = [
    inForce(
      perEventTerms({
        split: {
          type: 'S5',
          shares: [
            { payer: 'council', share: '1/2' },
            { payer: 'fund', share: '1/2' },
          ],
          limits: [{ payer: 'fund', amount: '70.00', then: 'council' }],
        },
      }),
    ),
  ];
  const two = event('job', 'b', '2016-01-10');

  it('carries its limit and no more over several computations', () => {
    const record = new ContractRecord();
    record.compute(versions, Q4, [somebody(JOB)]);
    expect(linesOf(record.compute(versions, Q1, [somebody([...JOB, two])]))).toEqual([
      ['payment', 1, 10000, { council: 8000, fund: 2000 }, null],
    ]);
    expect([record.partMinor('fund'), record.partMinor('council')]).toEqual([7000n, 13000n]);
  });

  it('has room again when an outcome is taken back', () => {
    const record = new ContractRecord();
    record.compute(versions, Q4, [somebody(JOB)]);
    record.compute(versions, Q1, [somebody([...JOB, two])]);
    record.compute(versions, Q1, [somebody([{ ...JOB[0]!, version: 2, status: 'void' }, two])]);
    const third = event('job', 'c', '2016-02-10');
    const [line] = record.compute(versions, Q1, [
      somebody([{ ...JOB[0]!, version: 2, status: 'void' }, two, third]),
    ]);
    expect(Object.fromEntries(line!.parts)).toEqual({ council: 5000n, fund: 5000n });
    expect(record.partMinor('fund')).toBe(7000n);
  });
});

describe('a fact that decides who pays, corrected', () => {
  const all = (payer: string) => [{ payer, share: '1' }];
  const sum = (record: ContractRecord) =>
    ['council', 'fund'].map((payer) => Number(record.partMinor(payer)));

  it('a day that moves into another phase moves the line to the payers of that phase, once', () => {
    const then = [{ from: '2015-12-01', shares: all('fund') }];
    const versions = [
      inForce(perEventTerms({ split: { type: 'S4', first: all('council'), then } })),
    ];
    const record = new ContractRecord();
    record.compute(versions, Q4, [somebody(JOB)]);
    const moved = [somebody([event('job', 'a', '2015-12-01', { version: 2 })])];
    const lines = record.compute(versions, Q1, moved);
    expect(lines.map(({ amountMinor, outcomeOn }) => [amountMinor, outcomeOn])).toEqual([
      [-10000n, '2015-11-14'],
      [10000n, '2015-12-01'],
    ]);
    expect(sum(record)).toEqual([0, 10000]);
    expect(record.compute(versions, Q1, moved)).toEqual([]);
  });

  it('moves the line also where its worth changes to just what a cap had left of it', () => {
    const then = [{ from: '2015-12-01', shares: all('fund') }];
    const made = perEventTerms({
      split: { type: 'S4', first: all('council'), then },
      caps: [{ id: 'limit', scope: 'contract', amount: '50.00' }],
    });
    const modifiers = [{ type: 'indexation', index: 'cpi', base: '100' }];
    made.clauses[0] = { ...made.clauses[0]!, modifiers };
    const values = [
      { from: '2015-04-01', value: '100' },
      { from: '2015-12-01', value: '50' },
    ];
    const versions = [inForce({ ...made, indices: [{ id: 'cpi', source: 'ONS', values }] })];
    const record = new ContractRecord();
    record.compute(versions, Q4, [somebody(JOB)]);
    const moved = [somebody([event('job', 'a', '2015-12-01', { version: 2 })])];
    record.compute(versions, Q1, moved);
    expect(sum(record)).toEqual([0, 5000]);
    expect(record.compute(versions, Q1, moved)).toEqual([]);
  });

  it('the metric of the condition met last moves a composite line to the payers of that metric', () => {
    const both = { type: 'R10', conditions: ['1', '2'], need: 'all', price: '77.00' };
    const made = perEventTerms({
      split: {
        type: 'S3',
        metrics: [{ metric: 'job', shares: all('council') }],
        others: all('fund'),
      },
    });
    const clauses = [
      ...made.clauses,
      { id: '3', title: 'Both', rule: both, modifiers: [], verifiedBy: 'university' },
    ];
    const versions = [inForce({ ...made, clauses })];
    const seen = (day: string, version: number) => [
      somebody([event('job', 'a', day, { version }), event('course', 'b', '2015-11-20')]),
    ];
    const record = new ContractRecord();
    record.compute(versions, Q4, seen('2015-11-14', 1));
    expect(sum(record)).toEqual([10000, 12700]);
    record.compute(versions, Q1, seen('2015-11-30', 2));
    expect(sum(record)).toEqual([17700, 5000]);
    expect(record.compute(versions, Q1, seen('2015-11-30', 2))).toEqual([]);
  });

  describe('beside a cap on a payer', () => {
    const district = { type: 'choice', label: 'District', values: ['wyre', 'malvern'] };
    const versionsOf = (fund: string) => [
      inForce({
        ...perEventTerms({
          split: {
            type: 'S2',
            attribute: 'district',
            homes: [{ is: 'wyre', shares: all('fund') }],
            others: all('council'),
          },
          caps: [{ id: 'fund', scope: 'payer', payer: 'fund', amount: fund }],
        }),
        population: { description: 'Everybody', maximum: 10, attributes: { district } },
      }),
    ];
    const from = (home: string) => [somebody(JOB, { attributes: { district: home } })];

    it.each<[string, string, [string, number, number][], [number, number]]>([
      [
        'with room',
        '100.00',
        [
          ['true-up', -10000, 0],
          ['true-up', 10000, 0],
        ],
        [0, 10000],
      ],
      [
        'with some room',
        '60.00',
        [
          ['true-up', -10000, 0],
          ['true-up', 6000, 0],
          ['withheld', 0, 4000],
        ],
        [0, 6000],
      ],
      [
        'without room',
        '0.00',
        [
          ['true-up', -10000, 0],
          ['true-up', 0, 10000],
        ],
        [0, 0],
      ],
    ])('a home moves the line, as far as there is room: %s', (_, cap, lines, total) => {
      const versions = versionsOf(cap);
      const record = new ContractRecord();
      record.compute(versions, Q4, from('malvern'));
      const found = record.compute(versions, Q1, from('wyre'));
      expect(found.map((l) => [l.kind, Number(l.amountMinor), Number(l.withheldMinor)])).toEqual(
        lines,
      );
      expect(sum(record)).toEqual(total);
      expect(record.compute(versions, Q1, from('wyre'))).toEqual([]);
    });

    it('says what the cap has kept', () => {
      const record = new ContractRecord();
      record.compute(versionsOf('60.00'), Q4, from('malvern'));
      const [, again, withheld] = record.compute(versionsOf('60.00'), Q1, from('wyre'));
      expect(again!.explanation).toBe(
        'Corrects line trial.1.1. "A job" on 2015-11-14 (evidence a): £100.00 is divided anew between the payers, ' +
          'of which £60.00 is payable and £40.00 is withheld, because a cap is reached (clause 1).',
      );
      expect(withheld!.explanation).toBe(
        '£40.00 of this outcome is withheld, because a cap is reached (clause 1).',
      );
    });

    it('leaves alone what a cap has cut while nobody moved', () => {
      const versions = versionsOf('60.00');
      const record = new ContractRecord();
      record.compute(versions, Q4, from('wyre'));
      expect(sum(record)).toEqual([0, 6000]);
      expect(record.compute(versions, Q1, from('wyre'))).toEqual([]);
    });
  });
});
