import { civilDate } from '../calendar/civil-date.js';
import {
  ContractRecord,
  digestOf,
  inForce,
  period,
  perEventTerms,
  perPointTerms,
  somebody,
} from '../../../test/support/record.builder.js';
import { EFFECT, figure, recordOf, scored, signed } from '../../../test/support/measure.builder.js';
import type { PaymentLine } from './payment-line.js';

const Q = (year: number, quarter: number) => {
  const month = (n: number) => String(n).padStart(2, '0');
  const first = (quarter - 1) * 3 + 1;
  return period(
    `${year}-Q${quarter}`,
    `${year}-${month(first)}-01`,
    quarter === 4 ? `${year + 1}-01-01` : `${year}-${month(first + 3)}-01`,
  );
};

const inShort = (lines: readonly PaymentLine[]) =>
  lines.map(({ clause, cohort, occurrence, kind, amountMinor, reason }) => [
    clause,
    cohort,
    occurrence,
    kind,
    Number(amountMinor) / 100,
    reason,
  ]);

const twoCohorts = {
  cohorts: [
    { id: 'c1', label: 'First', opensOn: '2015-04-01', closesOn: '2015-12-31' },
    { id: 'c2', label: 'Second', opensOn: '2016-01-01', closesOn: '2016-12-31' },
  ],
};

/** A trigger of so much for each of two cohorts, and a pooled one of 7.5 %. */
const triggerTerms = (trigger: string, amount: string, more: object = {}) => ({
  ...perEventTerms(),
  metrics: [EFFECT],
  clauses: [
    {
      id: '1',
      title: 'Fewer reconvictions',
      rule: {
        type: 'R6',
        metric: 'reconvictions',
        trigger,
        pooledTrigger: '7.5%',
        pays: { by: 'cohort', amount },
      },
      modifiers: [],
      verifiedBy: 'university',
    },
  ],
  ...twoCohorts,
  ...more,
});

describe('a trigger with a pooled fallback', () => {
  const result = (cohort: string, value: string, on: string, version = 1) =>
    signed(cohort, value, { signedOn: civilDate(on), version });

  it('pays a cohort once, also where its trigger is raised before the pooled test', () => {
    const versions = [
      inForce(triggerTerms('8%', '1000.00')),
      inForce(triggerTerms('10%', '1000.00'), '2016-07-01', 2),
    ];
    const record = new ContractRecord();
    const early = recordOf({ effects: [result('c1', '0.09', '2016-03-01')] });
    expect(inShort(record.compute(versions, Q(2016, 1), [], early))).toEqual([
      ['1', 'c1', 'result', 'payment', 1000, null],
    ]);
    const later = recordOf({
      effects: [
        ...early.effects,
        result('c2', '0.08', '2016-08-01'),
        result('*', '0.085', '2016-08-01'),
      ],
    });
    const lines = record.compute(versions, Q(2016, 3), [], later);
    // only the second cohort is left to the pooled test
    expect(inShort(lines)).toEqual([
      ['1', 'c2', 'result', 'refusal', 0, 'trigger-not-met'],
      ['1', '*', 'result', 'payment', 1000, null],
    ]);
    expect(lines[1]!.steps[0]!.why).toContain('paid on their own already: First');
  });

  it('moves a payment from the pool to a cohort within a cap that is full', () => {
    const caps = [{ id: 'all', scope: 'contract', amount: '1000.00' }];
    const versions = [inForce(triggerTerms('10%', '1000.00', { caps }))];
    const record = new ContractRecord();
    const first = [result('c1', '0.08', '2016-03-01'), result('*', '0.08', '2016-03-01')];
    record.compute(versions, Q(2016, 1), [], recordOf({ effects: first }));
    expect(record.totalMinor).toBe(100_000n);
    const corrected = [result('c1', '0.11', '2016-03-01', 2), first[1]!];
    const lines = record.compute(versions, Q(2016, 1), [], recordOf({ effects: corrected }));
    expect(record.totalMinor).toBe(100_000n);
    expect(new Set(inShort(lines).map((line) => [line[1], line[4]].join(' ')))).toEqual(
      new Set(['c1 1000', '* -1000']),
    );
  });

  it('names in its pooled line every result that it rests on', () => {
    const effects = [
      result('c1', '0.08', '2016-03-01'),
      result('c2', '0.07', '2016-03-01', 3),
      result('*', '0.08', '2016-03-01'),
    ];
    const lines = new ContractRecord().compute(
      [inForce(triggerTerms('10%', '1000.00'))],
      Q(2016, 1),
      [],
      recordOf({ effects }),
    );
    expect(lines.at(-1)!.evidence.map((name) => name.split(' ')[0])).toEqual([
      'reconvictions/*#1',
      'reconvictions/c1#1',
      'reconvictions/c2#3',
    ]);
  });

  it('pays nobody on its own whom the pool has paid for, where its trigger is lowered later', () => {
    const versions = [
      inForce(triggerTerms('10%', '1000.00')),
      inForce(triggerTerms('8%', '1000.00'), '2016-07-01', 2),
    ];
    const record = new ContractRecord();
    const pooled = [result('c1', '0.08', '2016-03-01'), result('*', '0.08', '2016-03-01')];
    record.compute(versions, Q(2016, 1), [], recordOf({ effects: pooled }));
    // the second cohort's own result comes under the lower trigger; the pooled one covers it since
    const later = recordOf({ effects: [...pooled, result('c2', '0.09', '2016-08-01')] });
    record.compute(versions, Q(2016, 3), [], later);
    expect(record.totalMinor).toBe(200_000n);
    expect(inShort(record.posted.map(({ line }) => line)).at(-1)).toEqual([
      '1',
      'c2',
      'result',
      'refusal',
      0,
      'already-paid',
    ]);
  });

  it.each([
    ['just below its trigger', '0.09999999999', 0],
    ['exactly at it', '0.1', 1000],
    ['just above it', '0.10000000001', 1000],
  ])('pays a cohort %s as the rule says', (_name, value, pounds) => {
    const effects = [result('c1', value, '2016-03-01')];
    const versions = [inForce(triggerTerms('10%', '1000.00'))];
    const [line] = new ContractRecord().compute(versions, Q(2016, 1), [], recordOf({ effects }));
    expect(Number(line!.amountMinor) / 100).toBe(pounds);
  });

  it('is decided by the edition of the day on which a result was first signed, also where it is superseded later', () => {
    const versions = [
      inForce(triggerTerms('10%', '1000.00')),
      inForce(triggerTerms('12%', '3000.00'), '2016-07-01', 2),
    ];
    const record = new ContractRecord();
    const first = recordOf({ effects: [result('c1', '0.08', '2016-03-01')] });
    expect(inShort(record.compute(versions, Q(2016, 1), [], first))).toEqual([
      ['1', 'c1', 'result', 'refusal', 0, 'trigger-not-met'],
    ]);
    const superseding = {
      ...result('c1', '0.11', '2016-08-01', 2),
      firstSignedOn: civilDate('2016-03-01'),
    };
    const later = recordOf({ effects: [superseding] });
    const lines = record.compute(versions, Q(2016, 3), [], later);
    expect(lines.map((l) => [l.kind, l.amountMinor, l.termsNumber, l.outcomeOn])).toEqual([
      ['true-up', 100_000n, 1, '2016-03-01'],
    ]);
    expect(lines[0]!.explanation).toContain(
      'as signed on 2016-08-01 (version 2, first signed on 2016-03-01)',
    );
    expect(record.compute(versions, Q(2016, 3), [], later)).toEqual([]);
  });

  it.each([
    ['meets the old trigger and not the new one', '0.11', 3000, null, 'pooled'],
    ['meets neither', '0.05', 0, 'already-paid', 'from the pool'],
    ['meets the new one', '0.12', 3000, null, 'reached'],
  ])(
    'tests a cohort that was signed after the pool was decided, and %s',
    (_, value, pounds, reason, why) => {
      const versions = [
        inForce(triggerTerms('10%', '1000.00')),
        inForce(triggerTerms('12%', '3000.00'), '2016-07-01', 2),
      ];
      const record = new ContractRecord();
      const pooled = [result('c1', '0.08', '2016-03-01'), result('*', '0.08', '2016-03-01')];
      record.compute(versions, Q(2016, 1), [], recordOf({ effects: pooled }));
      const later = recordOf({ effects: [...pooled, result('c2', value, '2016-08-01')] });
      const lines = record.compute(versions, Q(2016, 3), [], later);
      const line = lines.find(({ cohort }) => cohort === 'c2')!;
      expect(inShort([line])[0]!.slice(4)).toEqual([pounds, reason]);
      expect(line.steps[0]!.why).toContain(why);
      expect(line.termsNumber).toBe(2);
      expect(record.compute(versions, Q(2016, 3), [], later)).toEqual([]);
    },
  );

  it('tests a late cohort by the new pooled trigger, where the pool is decided', () => {
    const low = triggerTerms('12%', '3000.00');
    Object.assign(low.clauses[0]!.rule, { pooledTrigger: '9%' });
    const versions = [inForce(triggerTerms('10%', '1000.00')), inForce(low, '2016-07-01', 2)];
    const pooled = [result('c1', '0.08', '2016-03-01'), result('*', '0.08', '2016-03-01')];
    const effects = [...pooled, result('c2', '0.11', '2016-08-01')];
    const lines = new ContractRecord().compute(versions, Q(2016, 3), [], recordOf({ effects }));
    expect(
      inShort(lines)
        .find(([, cohort]) => cohort === 'c2')!
        .slice(4),
    ).toEqual([0, 'trigger-not-met']);
  });

  it('pays nothing twice, and takes back what a corrected or withdrawn result no longer earns', () => {
    const versions = [inForce(triggerTerms('10%', '1000.00'))];
    const record = new ContractRecord();
    const paid = recordOf({ effects: [result('c1', '0.11', '2016-03-01')] });
    record.compute(versions, Q(2016, 1), [], paid);
    expect(record.compute(versions, Q(2016, 1), [], paid)).toEqual([]);
    expect(record.totalMinor).toBe(100_000n);
    const none = recordOf({});
    expect(inShort(record.compute(versions, Q(2016, 1), [], none))).toEqual([
      ['1', 'c1', 'result', 'true-up', -1000, 'no-result'],
    ]);
    expect(record.compute(versions, Q(2016, 1), [], none)).toEqual([]);
    // signed anew, it is paid again
    record.compute(
      versions,
      Q(2016, 2),
      [],
      recordOf({ effects: [result('c1', '0.12', '2016-05-01', 3)] }),
    );
    expect(record.totalMinor).toBe(100_000n);
  });
});

describe('the mean of a cohort, where an amendment moves the window', () => {
  const ucla = perPointTerms().metrics[0]!;
  const metric = (months: number) => ({
    ...ucla,
    timePoints: [
      ...ucla.timePoints.slice(0, 1),
      { id: 'after', label: `${months} months`, months, opensDays: -30, closesDays: 30 },
    ],
  });
  const clauses = (amount: string) => [
    {
      id: '4.1',
      title: 'Band',
      rule: {
        type: 'R5',
        measure: {
          of: 'mean-change',
          metric: 'ucla',
          timePoint: 'after',
          missing: 'exclude',
          over: 'cohort',
        },
        floor: '0',
        ceiling: '2',
        pays: { by: 'maximum', amount },
      },
      modifiers: [],
      verifiedBy: 'university',
    },
  ];
  const cohorts = [
    { id: 'all', label: 'Everybody', opensOn: '2015-04-01', closesOn: '2015-06-30' },
  ];
  const edition = (months: number, amount = '1000.00', from = '2015-04-01', number = 1) =>
    inForce(
      perPointTerms({}, { metrics: [metric(months)], clauses: clauses(amount), cohorts }),
      from,
      number,
    );
  const seen = (reference: string, from: number, to: number, on: string) =>
    somebody(
      [
        { ...scored(reference, from, null).observations[0]! },
        {
          ...scored(reference, from, to).observations[1]!,
          occurrence: 'after',
          measuredOn: civilDate(on),
        },
      ],
      { reference },
    );
  const total = (record: ContractRecord) => Number(record.totalMinor) / 100;
  const computeAll = (
    versions: ReturnType<typeof edition>[],
    people: ReturnType<typeof seen>[],
  ) => {
    const record = new ContractRecord();
    for (const [year, quarter] of [
      [2015, 3],
      [2015, 4],
      [2016, 1],
      [2016, 2],
      [2016, 3],
      [2016, 4],
    ] as const)
      record.compute(versions, Q(year, quarter), people);
    for (const [year, quarter] of [
      [2015, 3],
      [2016, 4],
    ] as const)
      expect(record.compute(versions, Q(year, quarter), [...people].reverse())).toEqual([]);
    return record;
  };

  it.each([
    ['before it closes, from 6 months to 9', 6, 9, '2015-10-01'],
    ['between the old and the new day, from 6 months to 9', 6, 9, '2016-03-01'],
    ['after both, from 6 months to 9', 6, 9, '2016-08-01'],
    ['before both, from 9 months to 6', 9, 6, '2015-10-01'],
    ['between the new and the old day, from 9 months to 6', 9, 6, '2016-03-01'],
    ['after both, from 9 months to 6', 9, 6, '2016-08-01'],
  ])('settles the cohort once: %s', (_name, before, after, on) => {
    const versions = [edition(before), edition(after, '1000.00', on, 2)];
    // measured where both windows hold it or not at all: late ones count for neither
    const people = [seen('P-1', 8, 7, '2015-12-04'), seen('P-2', 8, 7, '2016-03-04')];
    const lines = computeAll(versions, people).posted.map(({ line }) => line);
    expect(lines.map(({ occurrence }) => occurrence)).toEqual(['after']);
    expect(total(computeAll(versions, people))).toBe(500);
  });
});

describe('scores that come late', () => {
  const terms = [
    inForce(
      perPointTerms({ timePoints: ['6m'], waves: 'independent' }, {}, [
        { type: 'M8', minimumN: 2, minimumFollowUpPercent: '50%' },
      ]),
    ),
  ];

  it('open a gate, close it and open it again, and what is posted is what stands', () => {
    const record = new ContractRecord();
    const open = [scored('P-1', 8, 6), scored('P-2', 8, 7), scored('P-3', 8, null)];
    const shut = [...open, scored('P-4', 8, null), scored('P-5', 8, null), scored('P-6', 8, null)];
    record.compute(terms, Q(2016, 1), open);
    expect(record.totalMinor).toBe(198_000n);
    record.compute(terms, Q(2016, 2), shut);
    expect(record.totalMinor).toBe(0n);
    record.compute(terms, Q(2016, 2), [...shut.slice(0, 5), scored('P-6', 8, 8)]);
    expect(record.totalMinor).toBe(198_000n);
  });
});

describe('figures across an amendment', () => {
  const visits = {
    id: 'visits',
    kind: 'rate',
    label: 'Visits on time',
    paid: true,
    grain: 'quarter',
    definitions: [
      { version: '2015', from: '2015-01-01', numerator: 'Visits', denominator: 'Births' },
      {
        version: '2016',
        from: '2016-02-01',
        numerator: 'Visits within 14 days',
        denominator: 'Births',
      },
    ],
  };
  const terms = (amount: string) => ({
    ...perEventTerms(),
    metrics: [visits],
    clauses: [
      {
        id: '1',
        title: 'Visits',
        rule: {
          type: 'R11',
          measure: { of: 'rate', metric: 'visits' },
          pays: { by: 'bonus', pass: 'above', threshold: '65%', amount },
        },
        modifiers: [],
        verifiedBy: 'university',
      },
    ],
  });
  const versions = [inForce(terms('100.00')), inForce(terms('300.00'), '2016-02-15', 2)];

  it('are decided by the last day of their span: the edition and the definition', () => {
    const old = figure('2016-01-01', 65, 100);
    const [refused] = new ContractRecord().compute(
      versions,
      Q(2016, 1),
      [],
      recordOf({ figures: [old] }),
    );
    expect(inShort([refused!])).toEqual([
      ['1', '*', '2016-01-01', 'refusal', 0, 'other-definition'],
    ]);
    const [paid] = new ContractRecord().compute(
      versions,
      Q(2016, 1),
      [],
      recordOf({ figures: [{ ...old, definition: '2016' }] }),
    );
    expect([paid!.termsNumber, Number(paid!.amountMinor)]).toEqual([2, 30_000]);
  });

  it('recompute to the same bytes as known then', () => {
    const record = new ContractRecord();
    const known = recordOf({ figures: [figure('2015-04-01', 70, 100)] });
    const lines = record.compute(versions, Q(2015, 2), [], known);
    record.compute(
      versions,
      Q(2015, 3),
      [],
      recordOf({ figures: [figure('2015-04-01', 60, 100, { version: 2 })] }),
    );
    expect(record.totalMinor).toBe(0n);
    expect(digestOf(record.recheck(versions, Q(2015, 2), [], 0, known))).toBe(digestOf(lines));
  });
});

describe('a gate, where an earlier period is computed again', () => {
  const terms = [
    inForce(
      perPointTerms({ timePoints: ['6m'], waves: 'independent' }, {}, [
        { type: 'M8', minimumN: 1, minimumFollowUpPercent: '60%' },
      ]),
    ),
  ];

  it('stays as later periods have left it', () => {
    const record = new ContractRecord();
    // P-1 is measured early in its window; the windows of the others close unmeasured in the quarter after
    const people = [scored('P-1', 8, 6), scored('P-2', 8, null), scored('P-3', 8, null)];
    const totals = [Q(2015, 4), Q(2016, 1), Q(2016, 1), Q(2015, 4), Q(2016, 1)].map((period) => {
      record.compute(terms, period, people);
      return Number(record.totalMinor) / 100;
    });
    expect(totals).toEqual([1320, 0, 0, 0, 0]);
  });
});
