import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { aRate, CONVICTION, EFFECT, UCLA } from '../../../test/support/measure.builder.js';
import {
  EVENT,
  LADDER,
  REACHED,
  POINT,
  SIGNED,
  BAND,
  TRIGGER,
  TIERS,
  DIFFERENCE,
  AVOIDED,
  MENU,
  RATIO,
  FEE,
} from '../../../test/support/sample-rules.js';
import type { SpellMetric } from '../outcomes/metric.js';
import { mechanismOf, ruleSchema } from './registry.js';

const HOME: SpellMetric = {
  id: 'home',
  kind: 'spell',
  label: 'A home',
  paid: true,
  definition: 'x',
  evidence: ['x'],
};
const AROUND = someRuleSurroundings(
  [
    UCLA,
    EFFECT,
    { ...EFFECT, id: 'days', unit: 'number' },
    CONVICTION,
    aRate(),
    aRate({ id: 'ratio', bounded: false, groups: ['all', 'poor'] }),
    HOME,
    { ...HOME, id: 'care' },
  ],
  {
    clauseIds: ['1', '2', '3', '9'],
    earlierClauses: new Map([
      ['1', 'participant'],
      ['2', 'participant'],
      ['3', 'cohort'],
    ]),
    attributes: {
      age: { type: 'number', label: 'Age' },
      area: { type: 'choice', label: 'Area', values: ['north'] },
    },
  },
);
const refusals = (terms: object): string[] => {
  const rule = ruleSchema.parse(terms);
  return mechanismOf(rule)
    .problems(rule, AROUND)
    .map(({ at, code, detail }) => [at, code, detail].join(' '));
};
const RATIO_GAP = { of: 'gap', metric: 'ratio', group: 'poor', against: 'all', better: 'lower' };

describe('every rule says where it contradicts itself or the terms, and what would put it right', () => {
  it.each<[object, string[]]>([
    [
      { ...EVENT, events: ['conviction', 'x'], price: '-1.00' },
      [
        '/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/events/1 METRIC_UNKNOWN "x" is not an event metric of these terms.',
      ],
    ],
    [
      { ...LADDER, metric: 'ucla' },
      ['/metric METRIC_UNKNOWN "ucla" is not a spell metric of these terms.'],
    ],
    [
      { ...LADDER, rungs: [LADDER.rungs[0], LADDER.rungs[0]] },
      [
        '/rungs/1/id NAME_TWICE Rung "entry" stands twice.',
        '/rungs/1 RUNGS_OUT_OF_ORDER "Entry" stands after "Entry", but is no longer than that.',
      ],
    ],
    [
      {
        ...LADDER,
        rungs: [
          LADDER.rungs[1],
          { ...LADDER.rungs[1], id: 'd', label: '100 days', months: undefined, days: 100 },
        ],
      },
      [
        '/rungs/1 RUNGS_NOT_COMPARABLE "100 days" and "3 months" are in months and in days. Give both alike.',
      ],
    ],
    [
      { ...LADDER, rungs: [{ ...LADDER.rungs[1], weeks: 1 }, LADDER.rungs[0]] },
      ['/rungs/0 LENGTH_UNCLEAR Give the length once: in months, in weeks or in days.'],
    ],
    [
      {
        ...LADDER,
        rungs: [
          { ...LADDER.rungs[0], days: 14, price: '-1.00' },
          { id: 'b', label: '2 weeks', weeks: 2, price: '1.00' },
        ],
      },
      [
        '/rungs/0/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/rungs/1 RUNGS_OUT_OF_ORDER "2 weeks" stands after "Entry", but is no longer than that.',
      ],
    ],
    [
      { ...LADDER, onBreak: 'cumulative' },
      [
        '/rungs/1/months MONTHS_CANNOT_ADD_UP Months have no fixed length, so parts of them cannot be added. Give weeks or days.',
      ],
    ],
    [
      { ...LADDER, notCounted: [{ label: 'Easter', from: '2015-04-10', to: '2015-04-10' }] },
      [
        '/rungs/1/months MONTHS_CANNOT_ADD_UP Months have no fixed length, so parts of them cannot be added. Give weeks or days.',
        '/notCounted/0/to SPAN_BACKWARD Easter begins on 2015-04-10 and is over by 2015-04-10. The first day after must be later.',
      ],
    ],
    [
      { ...LADDER, latestStart: { weeks: 1, days: 1 } },
      ['/latestStart LENGTH_UNCLEAR Give the length once: in months, in weeks or in days.'],
    ],
    [
      { ...REACHED, metric: 'conviction' },
      ['/metric METRIC_UNKNOWN "conviction" is not a score metric of these terms.'],
    ],
    [
      { ...REACHED, threshold: { kind: 'change', points: '0' } },
      [
        '/timePoints/1 TIME_POINT_UNKNOWN "18m" is not a time point of ucla.',
        '/threshold/points THRESHOLD_IMPOSSIBLE On the UCLA three-item loneliness scale it must be more than nought and at most 6, not 0.',
      ],
    ],
    [
      { ...REACHED, threshold: { kind: 'change', points: '6.1' }, timePoints: ['6m'] },
      [
        '/threshold/points THRESHOLD_IMPOSSIBLE On the UCLA three-item loneliness scale it must be more than nought and at most 6, not 6.1.',
      ],
    ],
    [{ ...REACHED, threshold: { kind: 'change', points: '6' }, timePoints: ['6m'] }, []],
    [
      { ...REACHED, threshold: { kind: 'change', points: '-1' }, timePoints: ['6m'] },
      ['/threshold/points NOT_A_NUMBER "-1" must be a plain number, such as 3.'],
    ],
    [
      { ...REACHED, threshold: { kind: 'change', points: '3 or so' }, timePoints: ['6m'] },
      ['/threshold/points NOT_A_NUMBER "3 or so" must be a plain number, such as 3.'],
    ],
    [{ ...REACHED, threshold: { kind: 'change', points: '2.25' }, timePoints: ['6m'] }, []],
    [
      {
        ...REACHED,
        threshold: { kind: 'level', value: '10', notAtBaseline: true },
        timePoints: ['6m'],
      },
      [
        '/threshold/value THRESHOLD_IMPOSSIBLE On the UCLA three-item loneliness scale it must be from 3 to 9, not 10.',
      ],
    ],
    [
      {
        ...REACHED,
        threshold: { kind: 'level', value: '3', notAtBaseline: true },
        timePoints: ['6m'],
      },
      [],
    ],
    [
      {
        ...REACHED,
        threshold: { kind: 'level', value: '2.9', notAtBaseline: true },
        timePoints: ['6m'],
      },
      [
        '/threshold/value THRESHOLD_IMPOSSIBLE On the UCLA three-item loneliness scale it must be from 3 to 9, not 2.9.',
      ],
    ],
    [
      { ...POINT, timePoints: ['6m', '6m', 'x'], rate: 'free', maxPoints: '-1' },
      [
        '/rate NOT_AN_AMOUNT "free" is not an amount in GBP. Write digits with at most 2 decimals, such as 660.00.',
        '/maxPoints POINTS_NEGATIVE "-1" must be a plain number, nil or more.',
        '/timePoints/1 TIME_POINTS_OUT_OF_ORDER Name each paid time point once, in the order of the schedule.',
        '/timePoints/2 TIME_POINT_UNKNOWN "x" is not a time point of ucla.',
      ],
    ],
    [
      { ...POINT, timePoints: ['6m'], maxPoints: '3 or so' },
      ['/maxPoints POINTS_NEGATIVE "3 or so" must be a plain number, nil or more.'],
    ],
    [{ ...POINT, timePoints: ['6m'], maxPoints: '12.25' }, []],
    [
      { ...POINT, timePoints: ['6m'], maxPoints: 'x3' },
      ['/maxPoints POINTS_NEGATIVE "x3" must be a plain number, nil or more.'],
    ],
    [
      { ...POINT, timePoints: ['baseline'] },
      [
        '/timePoints/0 BASELINE_PAID The baseline is what others are compared with; it cannot be paid.',
      ],
    ],
    [
      { ...BAND, floor: '10%', ceiling: '10%' },
      [
        '/ceiling BAND_BACKWARD The ceiling 10% is not above the floor 10%. Raise it, or use R7 for a single step.',
      ],
    ],
    [
      { ...BAND, floor: 'x', ceiling: 'y', pays: { by: 'each', price: '-1.00' } },
      [
        '/floor NOT_A_FRACTION "x" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/ceiling NOT_A_FRACTION "y" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/pays/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
      ],
    ],
    [
      { ...BAND, measure: { ...SIGNED, metric: 'x' }, pays: { by: 'maximum', amount: '1' } },
      ['/measure/metric METRIC_UNKNOWN "x" is not an effect metric of these terms.'],
    ],
    [
      { ...BAND, measure: RATIO_GAP },
      [
        '/measure/better DIRECTION_CONTRADICTS This rule pays more for a higher value, but a lower gap is said to be better. Swap the groups, or use R7 or R11.',
      ],
    ],
    [
      { ...TRIGGER, pooledTrigger: '11%' },
      [
        '/pooledTrigger TRIGGERS_CROSSED The pooled trigger 11% is higher than the trigger of one cohort, 10%. Lower it.',
      ],
    ],
    [{ ...TRIGGER, pooledTrigger: '10%' }, []],
    [
      { ...TRIGGER, trigger: 'x', pooledTrigger: 'y', pays: { by: 'each', price: '-1.00' } },
      [
        '/trigger NOT_A_FRACTION "x" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/pooledTrigger NOT_A_FRACTION "y" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/pays/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
      ],
    ],
    [
      { ...TRIGGER, pays: { by: 'cohort', amount: '-1.00' } },
      ['/pays/amount PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.'],
    ],
    [
      { ...TIERS, principal: undefined },
      ['/principal PRINCIPAL_MISSING A step pays a return. Say of what principal.'],
    ],
    [
      {
        ...TIERS,
        principal: '-1.00',
        tiers: [{ from: '1', pays: { by: 'return', percent: '7.5' } }],
      },
      [
        '/tiers/0/pays/percent NOT_A_PERCENTAGE "7.5" is not a percentage, nil or more. Write it as 7.5%.',
        '/principal AMOUNT_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
      ],
    ],
    [{ ...TIERS, tiers: [{ from: '1', pays: { by: 'return', percent: '107.25%' } }] }, []],
    [
      { ...TIERS, tiers: [{ from: '1', pays: { by: 'return', percent: '7% or so' } }] },
      [
        '/tiers/0/pays/percent NOT_A_PERCENTAGE "7% or so" is not a percentage, nil or more. Write it as 7.5%.',
      ],
    ],
    [
      { ...TIERS, tiers: TIERS.tiers.slice(0, 1) },
      [
        '/tiers/0 STEPS_END Step 1 is the last and ends; a result above it would have no place. Leave out "to".',
        '/principal PRINCIPAL_UNUSED No step pays a return, so the principal changes nothing. Remove it.',
      ],
    ],
    [
      {
        ...TIERS,
        tiers: [
          { from: '1', to: '3', pays: { by: 'each', price: '-1.00' } },
          { from: '4', pays: { by: 'amount', amount: '-1.00' } },
        ],
      },
      [
        '/tiers/1 STEPS_GAP Nothing holds results from 3 up to 4. Begin step 2 at 3.',
        '/tiers/0/pays/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/tiers/1/pays/amount PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/principal PRINCIPAL_UNUSED No step pays a return, so the principal changes nothing. Remove it.',
      ],
    ],
    [
      { ...DIFFERENCE, floor: { in: 'value', value: 'x' }, ceiling: { in: 'money', amount: 'y' } },
      [
        '/floor/value NOT_A_FRACTION "x" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/ceiling/amount NOT_AN_AMOUNT "y" is not an amount in GBP. Write digits with at most 2 decimals, such as 660.00.',
      ],
    ],
    [
      { ...DIFFERENCE, price: '-1.00', ceiling: { in: 'value', value: '0' } },
      [
        '/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/ceiling BAND_BACKWARD The ceiling 0 is not above the floor 0.',
      ],
    ],
    [
      {
        ...DIFFERENCE,
        floor: { in: 'money', amount: '5.00' },
        ceiling: { in: 'money', amount: '4.00' },
      },
      ['/ceiling BAND_BACKWARD The ceiling £4.00 is not above the floor £5.00.'],
    ],
    [
      {
        ...DIFFERENCE,
        floor: { in: 'money', amount: '5.00' },
        ceiling: { in: 'value', value: '4' },
      },
      [],
    ],
    [{ ...DIFFERENCE, floor: { in: 'money', amount: '-5.00' } }, []],
    [
      { ...AVOIDED, metric: 'ucla', rate: '-1.00' },
      [
        '/rate PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/metric METRIC_UNKNOWN "ucla" is not a spell metric of these terms.',
      ],
    ],
    [
      { ...AVOIDED, horizon: { weeks: 0 } },
      [
        '/horizon HORIZON_EMPTY A horizon of no time holds nothing to avoid. Give at least one day.',
        '/against/units BASELINE_TOO_LONG The horizon has no room for 104 weeks. Lower the baseline or lengthen it.',
      ],
    ],
    [
      { ...AVOIDED, horizon: { weeks: 1, days: 1 } },
      ['/horizon LENGTH_UNCLEAR Give the length once: in months, in weeks or in days.'],
    ],
    [
      { ...AVOIDED, against: { type: 'fixed', units: '-1' } },
      ['/against/units BASELINE_UNREADABLE "-1" must be a plain number, nil or more, such as 104.'],
    ],
    [
      { ...AVOIDED, against: { type: 'fixed', units: '104.5' } },
      [
        '/against/units BASELINE_TOO_LONG The horizon has no room for 104.5 weeks. Lower the baseline or lengthen it.',
      ],
    ],
    [
      { ...AVOIDED, against: { type: 'fixed', units: '1' }, horizon: { days: 6 } },
      [
        '/against/units BASELINE_TOO_LONG The horizon has no room for 1 week. Lower the baseline or lengthen it.',
      ],
    ],
    [
      { ...AVOIDED, against: { type: 'attribute', attribute: 'x' } },
      ['/against/attribute ATTRIBUTE_UNDECLARED "x" is not declared under population.attributes.'],
    ],
    [
      { ...AVOIDED, against: { type: 'attribute', attribute: 'area' } },
      [
        '/against/attribute ATTRIBUTE_NOT_A_NUMBER "area" is no number, so nothing can be compared with it.',
      ],
    ],
    [{ ...AVOIDED, against: { type: 'attribute', attribute: 'age' } }, []],
    [
      { ...AVOIDED, against: { type: 'effect', metric: 'reconvictions' } },
      [
        '/against/metric METRIC_UNKNOWN "reconvictions" is not an effect metric of these terms that is written as a number.',
      ],
    ],
    [
      { ...AVOIDED, against: { type: 'effect', metric: 'x' } },
      [
        '/against/metric METRIC_UNKNOWN "x" is not an effect metric of these terms that is written as a number.',
      ],
    ],
    [{ ...AVOIDED, against: { type: 'effect', metric: 'days' } }, []],
    [
      { ...MENU, conditions: ['1', '9'] },
      [
        '/conditions/1 CLAUSE_NOT_ABOVE Clause "9" must stand above this one, because clauses are reckoned in their order. Above this one stand clauses 1, 2, 3.',
      ],
    ],
    [
      { ...MENU, conditions: ['1', '1', '2'] },
      ['/conditions/1 NAMED_TWICE Clause "1" stands twice. Name each condition once.'],
    ],
    [
      { ...MENU, conditions: ['1', '3'] },
      [
        '/conditions LEVELS_MIXED Some of these clauses pay for each participant and others for a whole cohort. Name only clauses of one kind.',
      ],
    ],
    [
      { ...MENU, conditions: ['1', '2'], need: 3, price: '-1.00' },
      [
        '/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/need COUNT_TOO_HIGH 3 of 2 conditions can never be met.',
      ],
    ],
    [{ ...MENU, conditions: ['1', '2'], need: 2 }, []],
    [
      { ...RATIO, pays: { ...RATIO.pays, maxPoints: '-1', threshold: 'x', price: '-1.00' } },
      [
        '/pays/price PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/pays/threshold NOT_A_FRACTION "x" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/pays/maxPoints POINTS_NEGATIVE "-1" must be a plain number, nil or more.',
      ],
    ],
    [
      { ...RATIO, pays: { ...RATIO.pays, maxPoints: '1 or so' } },
      ['/pays/maxPoints POINTS_NEGATIVE "1 or so" must be a plain number, nil or more.'],
    ],
    [{ ...RATIO, pays: { ...RATIO.pays, maxPoints: '12.25' } }, []],
    [{ ...RATIO, pays: { ...RATIO.pays, pass: 'below' } }, []],
    [
      { ...RATIO, pays: { by: 'bonus', pass: 'above', threshold: '65%', amount: '-1.00' } },
      ['/pays/amount PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.'],
    ],
    [
      { ...RATIO, measure: RATIO_GAP, pays: { by: 'unit', price: '50.00' } },
      ['/pays/by NO_UNITS A gap or a change has no numerator to price. Pay by point or bonus.'],
    ],
    [
      { ...RATIO, measure: RATIO_GAP },
      [
        '/pays/pass DIRECTION_CONTRADICTS It would pay for getting worse: better is below the threshold. Write below.',
      ],
    ],
    [{ ...RATIO, measure: RATIO_GAP, pays: { ...RATIO.pays, pass: 'below' } }, []],
    [{ ...RATIO, measure: { ...RATIO_GAP, better: 'higher' } }, []],
    [
      {
        ...RATIO,
        measure: { ...RATIO_GAP, better: 'higher' },
        pays: { ...RATIO.pays, pass: 'below' },
      },
      [
        '/pays/pass DIRECTION_CONTRADICTS It would pay for getting worse: better is above the threshold. Write above.',
      ],
    ],
    [
      { ...FEE, schedule: { ...FEE.schedule, when: 'months' } },
      ['/schedule/months MONTHS_UNCLEAR Say after how many months the fee is paid.'],
    ],
    [
      { ...FEE, schedule: { ...FEE.schedule, months: 6, amount: '-1.00' } },
      [
        '/schedule/amount PRICE_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/schedule/months MONTHS_UNCLEAR Months are counted only where the fee is paid after so many months. Remove them.',
      ],
    ],
    [
      {
        type: 'R12',
        schedule: {
          by: 'date',
          payments: [
            { id: 'a', label: 'First', on: '2015-06-30', amount: '-1.00' },
            { id: 'a', label: 'Second', on: '2015-09-30', amount: '1.00' },
          ],
        },
      },
      [
        '/schedule/payments/0/amount AMOUNT_NEGATIVE "-1.00" is negative. Write nil or more, such as 660.00.',
        '/schedule/payments/1/id NAMED_TWICE Payment "a" stands twice. Give each its own name.',
      ],
    ],
  ])('%j', (terms, sentences) => expect(refusals(terms)).toEqual(sentences));
});
