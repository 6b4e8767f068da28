import { someRuleSurroundings, aWording } from '../../../test/support/clause.builder.js';
import {
  aMeasureContext,
  CONVICTION,
  EFFECT,
  foundBy,
  inShort,
  scored,
  signed,
  UCLA,
} from '../../../test/support/measure.builder.js';
import { aggregateDifference, type AggregateDifferenceRule } from './aggregate-difference.js';

const RULE: AggregateDifferenceRule = {
  type: 'R8',
  measure: {
    of: 'arm-difference',
    attribute: 'treated',
    treated: true,
    comparison: false,
    counts: { what: 'mean-change', metric: 'ucla', timePoint: '6m', missing: 'exclude' },
    as: 'difference',
    cohorts: 'together',
  },
  price: '44.00',
  floor: { in: 'value', value: '0' },
};
const arm = (treated: boolean) => ({ attributes: { treated } });
/** Two treated and one compared, each better or worse by so many points. */
const pays = (rule: Partial<AggregateDifferenceRule>, treated: number, comparison: number) =>
  inShort(
    foundBy({ ...RULE, ...rule }, aMeasureContext(), [
      [scored('a', 6, 6 - treated, arm(true)), true],
      [scored('b', 6, 6 - treated, arm(true)), true],
      [scored('c', 6, 6 - comparison, arm(false)), true],
    ]),
  )[0]!;

describe('R8', () => {
  it.each<[string, Partial<AggregateDifferenceRule>, number, number, string, string | null]>([
    ['a difference of two for two', {}, 3, 1, '176.00', null],
    ['no difference', {}, 1, 1, '0.00', 'below-floor'],
    ['a worsening that counts as nought', {}, 0, 1, '0.00', 'below-floor'],
    [
      'a worsening that is paid back',
      { floor: { in: 'value', value: '-5' } },
      0,
      1,
      '-88.00',
      null,
    ],
    [
      'a worsening as far as the floor',
      { floor: { in: 'value', value: '-1/2' } },
      0,
      1,
      '-44.00',
      null,
    ],
    [
      'more than the ceiling in value',
      { ceiling: { in: 'value', value: '1.5' } },
      3,
      1,
      '132.00',
      null,
    ],
    [
      'exactly the ceiling in value',
      { ceiling: { in: 'value', value: '2' } },
      3,
      1,
      '176.00',
      null,
    ],
    [
      'more than the ceiling in money',
      { ceiling: { in: 'money', amount: '100.00' } },
      3,
      1,
      '100.00',
      null,
    ],
    [
      'less than the floor in money',
      { floor: { in: 'money', amount: '50.00' } },
      1,
      1,
      '50.00',
      null,
    ],
    [
      'a loss as far as the floor in money',
      { floor: { in: 'money', amount: '-10.00' } },
      0,
      1,
      '-10.00',
      null,
    ],
    ['a price of nil', { price: '0.00' }, 3, 1, '0.00', 'price-is-nil'],
  ])('pays %s', (_name, rule, treated, comparison, amount, reason) =>
    expect(pays(rule, treated, comparison)).toMatchObject({ cohort: '*', pays: amount, reason }),
  );

  it('pays nothing where an arm is empty', () => {
    const alone = [[scored('a', 6, 3, arm(true)), true]] as const;
    expect(inShort(foundBy(RULE, aMeasureContext(), alone))).toMatchObject([
      { pays: '0.00', reason: 'too-few' },
    ]);
  });

  it('prices a whole effect as one unit, and nobody as nothing', () => {
    const measure = {
      of: 'effect',
      metric: 'reconvictions',
      cohorts: 'each',
      test: 'point',
    } as const;
    const found = (n: bigint) =>
      inShort(
        foundBy({ ...RULE, measure }, aMeasureContext({ effects: [signed('all', '10%', { n })] })),
      );
    expect(found(1000n)).toMatchObject([{ pays: '4400.00', quantity: '100' }]);
    expect(found(0n)).toMatchObject([{ pays: '0.00', reason: 'too-few' }]);
  });

  it('reads aloud how the amount came about', () => {
    const [found] = foundBy(
      { ...RULE, ceiling: { in: 'money', amount: '100.00' } },
      aMeasureContext(),
      [
        [scored('a', 6, 3, arm(true)), true],
        [scored('c', 6, 5, arm(false)), true],
        [scored('d', 6, 5, arm(false)), true],
      ],
    );
    expect(found!.reckoning).toBe('2 times 1 at £44.00');
    expect(aggregateDifference.inWords(RULE, aWording(aMeasureContext().metrics))).toBe(
      'pays £44.00 for each unit of the improvement in UCLA of those whose treated is true against those whose treated is ' +
        'false, of all cohorts together and for each who counts, no less than 0',
    );
  });

  it.each<[string, Partial<AggregateDifferenceRule>, string[][]]>([
    ['nothing wrong', {}, []],
    ['a negative price', { price: '-1.00' }, [['/price', 'PRICE_NEGATIVE']]],
    [
      'a floor that is no number',
      { floor: { in: 'value', value: 'x' } },
      [['/floor/value', 'NOT_A_FRACTION']],
    ],
    [
      'a floor that is no amount',
      { floor: { in: 'money', amount: '1.005' } },
      [['/floor/amount', 'NOT_AN_AMOUNT']],
    ],
    ['a negative floor', { floor: { in: 'money', amount: '-10.00' } }, []],
    [
      'a ceiling at the floor',
      { ceiling: { in: 'value', value: '0' } },
      [['/ceiling', 'BAND_BACKWARD']],
    ],
    ['bounds of two kinds', { ceiling: { in: 'money', amount: '0.00' } }, []],
  ])('answers %s', (_name, rule, faults) => {
    const surroundings = someRuleSurroundings([UCLA, CONVICTION, EFFECT], {
      attributes: { treated: { type: 'yes-no', label: 'Treated' } },
    });
    expect(
      aggregateDifference
        .problems({ ...RULE, ...rule }, surroundings)
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults);
  });
});
