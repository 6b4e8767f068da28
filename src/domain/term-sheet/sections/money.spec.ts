import { inForce } from '../../../../test/support/record.builder.js';
import { saidIn } from '../../../../test/support/section.reader.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { capsSection } from './caps.js';
import { clauseSections } from './clauses.js';
import { comparisonSection } from './comparison.js';
import { moneySection } from './money.js';

const terms = (changes: object = {}) => inForce(changes).terms;
const CLAUSE = trialTerms().clauses[0]!;

describe('a clause', () => {
  it('stands under its number with its steps, its verifier and its worked examples', () => {
    const clauses = [
      {
        ...CLAUSE,
        modifiers: [
          { type: 'M3', amount: '2640.00' },
          { type: 'M5', percent: '10%' },
        ],
        examples: [
          { name: 'Two points', startedOn: '2015-06-04', observations: [], expect: '1320.00' },
          { name: 'No change', startedOn: '2015-06-04', observations: [], expect: '0' },
        ],
      },
      { ...CLAUSE, id: '4.2', title: 'The same again', verifiedBy: 'somebody' },
    ];
    const [first, second] = clauseSections(terms({ clauses }));
    const [heading, pays, ...steps] = saidIn(first!);
    expect([heading, pays]).toEqual([
      'Clause 4.1: Reduction of loneliness',
      'The contract pays £660.00 for each point by which UCLA improves on the baseline at 6 months; ' +
        'each time point is paid on its own improvement over the baseline; ' +
        'a person who has worsened counts as nought.',
    ]);
    expect(steps).toEqual([
      '1. At most £2,640.00 for each participant.',
      '2. Less 10% that would have happened anyway.',
      'Verified by The university.',
      'Worked example | Pays',
      'Two points | £1,320.00',
      'No change | £0.00',
    ]);
    expect(saidIn(second!).slice(2)).toEqual(['Verified by somebody.']);
  });
});

describe('limits', () => {
  it.each<[object, string]>([
    [{ scope: 'contract' }, '1. Over the whole contract at most £900.00 (most).'],
    [{ scope: 'period' }, '1. In each period at most £900.00 (most).'],
    [{ scope: 'payer', payer: 'fund' }, '1. From fund at most £900.00 (most).'],
    [{ scope: 'clause', clause: '4.1' }, '1. Under clause 4.1 at most £900.00 (most).'],
    [{ scope: 'metric', metric: 'ucla' }, '1. For ucla at most £900.00 (most).'],
    [{ scope: 'participant' }, '1. For each participant at most £900.00 (most).'],
    [
      { scope: 'participant', clauses: ['4.1', '4.2'] },
      '1. For each participant at most £900.00 under clauses 4.1, 4.2 (most).',
    ],
  ])('%j', (cap, said) =>
    expect(
      saidIn(capsSection(terms({ caps: [{ id: 'most', amount: '900.00', ...cap }] }))),
    ).toEqual(['Limits', said]),
  );

  it.each([
    ['period', 'in each period'],
    ['contract', 'over the contract up to the end of each period'],
  ])('on the part that some clauses have of all, over each %s', (over, words) => {
    const mix = { id: 'mix', scope: 'mix', clauses: ['4.1', '4.2'], percent: '40%', over };
    expect(saidIn(capsSection(terms({ caps: [mix] })))).toEqual([
      'Limits',
      `1. Clauses 4.1, 4.2 make up at most 40% of what all clauses pay, ${words} (mix).`,
    ]);
  });

  it('bite in the order in which they stand', () => {
    const caps = [
      { id: 'person', scope: 'participant', amount: '900.00' },
      { id: 'whole', scope: 'contract', amount: '5000.00' },
    ];
    expect(saidIn(capsSection(terms({ caps })))).toEqual([
      'Limits',
      'They bite in this order:',
      '1. For each participant at most £900.00 (person).',
      '2. Over the whole contract at most £5,000.00 (whole).',
    ]);
  });

  it('are no section where there are none', () => {
    expect(capsSection(terms({ caps: [] })).blocks).toEqual([]);
  });
});

describe('the comparison', () => {
  it.each([
    ['own-baseline', 'Each participant is compared with their own baseline.'],
    ['historic-baseline', 'Results are compared with those of earlier years.'],
    ['external-benchmark', 'Results are compared with an outside series.'],
    ['matched-control', 'Results are compared with those of matched people who were not served.'],
    ['projection', 'Results are compared with what was projected.'],
    ['signed-external-effect', 'An independent evaluator works out the effect and signs it.'],
    ['none-for-events', 'What happened is paid for; it is compared with nothing.'],
  ])('by %s', (method, said) =>
    expect(
      saidIn(comparisonSection(terms({ comparison: { method, deadweightPercent: '12.5%' } }))),
    ).toEqual(['Comparison', said, 'Deadweight, what would have happened anyway: 12.5%.']),
  );

  it('with a series that is shown beside the result', () => {
    expect(saidIn(comparisonSection(terms())).slice(3)).toEqual([
      'Benchmark: English Longitudinal Study of Ageing, shown beside the result and not deducted.',
      'Each person is compared with their own baseline.',
    ]);
  });

  it('with a series that is deducted, figure by figure', () => {
    const benchmark = {
      source: 'ELSA',
      use: 'deducted',
      figures: [
        { metric: 'ucla', timePoint: '6m', from: '2015-01-01', improvement: '0.2' },
        { metric: 'ucla', timePoint: '18m', from: '2016-01-01', improvement: '0.3' },
      ],
    };
    const comparison = { method: 'external-benchmark', deadweightPercent: '0%', benchmark };
    expect(saidIn(comparisonSection(terms({ comparison }))).slice(3)).toEqual([
      'Benchmark: ELSA, deducted from the result.',
      'Metric | Time point | From | Improvement to be expected',
      'UCLA | 6 months | 1 January 2015 | 0.2',
      'UCLA | 18m | 1 January 2016 | 0.3',
    ]);
  });
});

describe('payment', () => {
  const PAYERS =
    'Payers: council 3/5, fund 2/5. Parts sum to the line; spare pennies by largest remainder, ' +
    'ties to the payer named earlier.';
  const MONTHS =
    'Months are counted to the corresponding date, or to the last day of a month that is too short.';

  it('is said with payers, review, rounding and months', () => {
    expect(saidIn(moneySection(terms()))).toEqual([
      'Payment',
      PAYERS,
      'Payers decide a claim within 20 working days; 5% of a claim is sampled.',
      'Amounts are in GBP, rounded half away from nought, once, at the final amount of the line.',
      MONTHS,
    ]);
  });

  it('is said with everything that a contract may add', () => {
    const added = {
      review: { days: 10, samplePercent: 100, secondApproverAbove: '50000.00' },
      rounding: { mode: 'half-even', stage: 'step', to: '1000', months: 'end-of-month' },
      vat: 'exempt',
      investment: { committed: '750000.00', note: 'Repaid from outcomes.' },
      indices: [
        {
          id: 'prices',
          source: 'The statistics office',
          values: [
            { from: '2015-01-01', value: '100' },
            { from: '2016-01-01', value: '101.7' },
          ],
        },
      ],
    };
    expect(saidIn(moneySection(terms(added)))).toEqual([
      'Payment',
      PAYERS,
      'Payers decide a claim within 10 working days; 100% of a claim is sampled. ' +
        'Above £50,000.00 a second person approves.',
      'Amounts are in GBP, rounded half to even to whole multiples of £1,000.00, ' +
        'at each step as it is reckoned.',
      'Amounts are exempt from value added tax.',
      'Months are counted to the corresponding date, and from the last day of a month to the last ' +
        'day of a month.',
      'Investors have committed £750,000.00. Repaid from outcomes.',
      'Index | Source | From | Value',
      'prices | The statistics office | 1 January 2015 | 100',
      'prices | The statistics office | 1 January 2016 | 101.7',
    ]);
  });

  it.each([
    ['down', 'towards nought'],
    ['up', 'away from nought'],
  ])('may be rounded %s', (mode, words) =>
    expect(saidIn(moneySection(terms({ rounding: { mode } })))[3]).toBe(
      `Amounts are in GBP, rounded ${words}, once, at the final amount of the line.`,
    ),
  );
});
