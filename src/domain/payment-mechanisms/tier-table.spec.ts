import { someRuleSurroundings, aWording } from '../../../test/support/clause.builder.js';
import {
  aMeasureContext,
  aRate,
  EFFECT,
  figure,
  foundBy,
  inShort,
  signed,
} from '../../../test/support/measure.builder.js';
import { NEWPIN_STEPS } from '../../../test/worked-examples/cohort-rules.js';
import { tierTable, type TierTableRule } from './tier-table.js';

const YEARLY = aRate({ label: 'Restoration rate', grain: 'year' });
const NEWPIN: TierTableRule = {
  type: 'R7',
  measure: { of: 'rate', metric: 'visits', group: 'all' },
  principal: NEWPIN_STEPS.principal,
  tiers: NEWPIN_STEPS.tiers.map(({ percent, ...step }) => ({
    ...step,
    pays: { by: 'return', percent },
  })),
};
const restored = (numerator: number, of: number) =>
  inShort(
    foundBy(
      NEWPIN,
      aMeasureContext(
        { figures: [figure('2015-07-01', numerator, of, { to: '2016-07-01' })] },
        {},
        [YEARLY],
      ),
    ),
  );

const EFFECTS: TierTableRule = {
  type: 'R7',
  measure: { of: 'effect', metric: 'reconvictions', cohorts: 'each', test: 'point' },
  tiers: [
    { from: '-1%', to: '0', pays: { by: 'amount', amount: '0.00' } },
    { from: '0', to: '5%', pays: { by: 'amount', amount: '1000.00' } },
    { from: '5%', pays: { by: 'each', price: '20.00' } },
  ],
};
const effectPays = (value: string, n = 100n) =>
  inShort(foundBy(EFFECTS, aMeasureContext({ effects: [signed('all', value, { n })] })))[0]!;

describe('R7, the steps of Newpin', () => {
  it.each(NEWPIN_STEPS.rows)('give $percent% for $restored of $of', ({ restored: a, of, pays }) =>
    expect(restored(a, of)).toMatchObject([
      { cohort: '*', outcomeOn: '2016-06-30', pays, reason: null },
    ]),
  );

  it('fall with a reversal', () => {
    const { before, after, of, pays } = NEWPIN_STEPS.reversal;
    expect([before, after].map((count) => restored(count, of)[0]!.pays)).toEqual(pays);
  });

  it('give nothing below the first', () =>
    expect(restored(5499, 10_000)).toMatchObject([{ pays: '0.00', reason: 'below-floor' }]));

  it('read aloud', () => {
    const [found] = foundBy(
      NEWPIN,
      aMeasureContext({ figures: [figure('2015-07-01', 64, 100, { to: '2016-07-01' })] }, {}, [
        YEARLY,
      ]),
    );
    expect(found!.reckoning).toBe('7.5% of £100,000.00');
    expect(found!.steps[0]!.why).toBe('64% is on the step from 60% up to 65%');
    expect(tierTable.inWords(NEWPIN, aWording(new Map([['visits', YEARLY]])))).toBe(
      'pays by the step on which the rate of Restoration rate falls: from 55% up to 60% 3% of £100,000.00; ' +
        'from 60% up to 65% 7.5% of £100,000.00; from 65% up to 70% 12% of £100,000.00; from 70% on 15% of £100,000.00',
    );
  });
});

describe('R7', () => {
  it.each<[string, bigint, string, string | null]>([
    ['-1.01%', 100n, '0.00', 'below-floor'],
    ['-1%', 100n, '0.00', 'price-is-nil'],
    ['0%', 100n, '1000.00', null],
    ['4.999%', 100n, '1000.00', null],
    ['5%', 100n, '2000.00', null],
    ['5%', 0n, '0.00', 'too-few'],
    ['500%', 100n, '2000.00', null],
  ])('at an effect of %s over %i pays £%s', (value, n, pays, reason) =>
    expect(effectPays(value, n)).toMatchObject({ pays, reason }),
  );

  const amount = { by: 'amount', amount: '1.00' } as const;
  const tiers = (...steps: [string, string?][]) => ({
    tiers: steps.map(([from, to]) => ({ from, ...(to === undefined ? {} : { to }), pays: amount })),
  });
  it.each<[string, Partial<TierTableRule>, string[][]]>([
    ['nothing wrong', {}, []],
    ['one step', tiers(['5%']), []],
    ['overlapping tiers', tiers(['0', '10%'], ['5%']), [['/tiers/1', 'STEPS_OVERLAP']]],
    ['a gap', tiers(['0', '5%'], ['6%']), [['/tiers/1', 'STEPS_GAP']]],
    [
      'tiers out of order',
      tiers(['5%', '10%'], ['0', '5%'], ['10%']),
      [
        ['/tiers/1', 'STEPS_OUT_OF_ORDER'],
        ['/tiers/2', 'STEPS_GAP'],
      ],
    ],
    [
      'a step that is empty',
      tiers(['5%', '5%'], ['5%']),
      [
        ['/tiers/0', 'STEP_BACKWARD'],
        ['/tiers/1', 'STEPS_OUT_OF_ORDER'],
      ],
    ],
    [
      'a step that never ends before another',
      tiers(['0'], ['5%']),
      [['/tiers/0', 'STEPS_OVERLAP']],
    ],
    ['a last step that ends', tiers(['0', '5%']), [['/tiers/0', 'STEPS_END']]],
    [
      'bounds that are no numbers',
      tiers(['low', 'high']),
      [
        ['/tiers/0/from', 'NOT_A_FRACTION'],
        ['/tiers/0/to', 'NOT_A_FRACTION'],
      ],
    ],
    [
      'a negative price',
      { tiers: [{ from: '0', pays: { by: 'each', price: '-1.00' } }] },
      [['/tiers/0/pays/price', 'PRICE_NEGATIVE']],
    ],
    [
      'a negative amount',
      { tiers: [{ from: '0', pays: { by: 'amount', amount: '-1.00' } }] },
      [['/tiers/0/pays/amount', 'PRICE_NEGATIVE']],
    ],
    [
      'a negative return',
      { principal: '1.00', tiers: [{ from: '0', pays: { by: 'return', percent: '-3%' } }] },
      [['/tiers/0/pays/percent', 'NOT_A_PERCENTAGE']],
    ],
    [
      'a return on nothing',
      { tiers: [{ from: '0', pays: { by: 'return', percent: '3%' } }] },
      [['/principal', 'PRINCIPAL_MISSING']],
    ],
    ['a principal for nothing', { principal: '1.00' }, [['/principal', 'PRINCIPAL_UNUSED']]],
    [
      'an unknown metric',
      { measure: { of: 'effect', metric: 'x', cohorts: 'each', test: 'point' } },
      [['/measure/metric', 'METRIC_UNKNOWN']],
    ],
  ])('answers %s', (_name, rule, faults) =>
    expect(
      tierTable
        .problems({ ...EFFECTS, ...rule }, someRuleSurroundings([EFFECT]))
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );
});
