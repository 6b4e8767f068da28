import { aWording } from '../../../test/support/clause.builder.js';
import { aRate, CONVICTION, EFFECT, UCLA } from '../../../test/support/measure.builder.js';
import {
  EVENT,
  LADDER,
  REACHED,
  POINT,
  BAND,
  TRIGGER,
  TIERS,
  DIFFERENCE,
  AVOIDED,
  MENU,
  RATIO,
  FEE,
} from '../../../test/support/sample-rules.js';
import { mechanismOf, ruleSchema } from './registry.js';

const METRICS = new Map(
  [UCLA, EFFECT, CONVICTION, aRate()].map((metric) => [metric.id, metric] as const),
);
const inWords = (terms: object): string => {
  const rule = ruleSchema.parse(terms);
  return mechanismOf(rule).inWords(rule, aWording(METRICS));
};

describe('every rule reads aloud, with every term that changes what it pays', () => {
  it.each<[object, string]>([
    [EVENT, 'pays £4,000.00 for each claim: Conviction'],
    [
      { ...EVENT, events: ['conviction', 'other'], unit: 'family' },
      'pays £4,000.00 for each family: Conviction, or other',
    ],
    [
      LADDER,
      'pays each participant for home, once for each step: £600.00 at the start, £1,500.00 after 3 months; any break starts the clock again; a spell without an end counts as lasting',
    ],
    [
      {
        ...LADDER,
        toleranceDays: 7,
        onBreak: 'cumulative',
        openSpells: 'wait',
        latestStartOn: '2016-01-01',
        latestStart: { months: 12 },
        notCounted: [
          { label: 'Easter', from: '2015-03-30', to: '2015-04-10' },
          { label: 'Christmas', from: '2015-12-21', to: '2016-01-04' },
        ],
      },
      'pays each participant for home, once for each step: £600.00 at the start, £1,500.00 after 3 months; days before and after a break of more than 7 days add up; a spell without an end counts as far as a later record of it shows; it must begin by 1 January 2016 and within 12 months of the start; Easter (30 March 2015 to 9 April 2015) is not counted; Christmas (21 December 2015 to 3 January 2016) is not counted',
    ],
    [
      { ...LADDER, latestStartOn: '2016-01-01' },
      'pays each participant for home, once for each step: £600.00 at the start, £1,500.00 after 3 months; any break starts the clock again; a spell without an end counts as lasting; it must begin by 1 January 2016',
    ],
    [
      { ...LADDER, latestStart: { weeks: 12 } },
      'pays each participant for home, once for each step: £600.00 at the start, £1,500.00 after 3 months; any break starts the clock again; a spell without an end counts as lasting; it must begin within 12 weeks of the start',
    ],
    [
      REACHED,
      'pays £500.00 for each person whose UCLA improves on the baseline by 3 or more at 6 months and 18m; only the last time point pays, on its own improvement over the baseline',
    ],
    [
      {
        ...REACHED,
        metric: 'x',
        threshold: { kind: 'level', value: '5', notAtBaseline: true },
        timePoints: ['6m'],
        waves: 'independent',
      },
      'pays £500.00 for each person whose x reaches 5 and had not reached it at the baseline, at 6m; each time point is paid on its own improvement over the baseline',
    ],
    [
      { ...REACHED, threshold: { kind: 'level', value: '5', notAtBaseline: false }, waves: 'held' },
      'pays £500.00 for each person whose UCLA reaches 5 at 6 months and 18m; a later time point is paid only if the improvement before it was held',
    ],
    [
      POINT,
      'pays £660.00 for each point by which UCLA improves on the baseline at 6 months; each time point is paid on its own improvement over the baseline; a person who has worsened counts as nought',
    ],
    [
      { ...POINT, metric: 'x', count: 'net', timePoints: ['6m', '18m'], waves: 'average' },
      'pays £660.00 for each point by which x improves on the baseline at 6m and 18m; only the last time point pays, on the mean of the improvements at all of them; one that is missing counts as no change; a person who has worsened counts against the others',
    ],
    [
      { ...POINT, timePoints: ['6m', '18m'], waves: 'increment', maxPoints: '3' },
      'pays £660.00 for each point by which UCLA improves on the baseline at 6 months and 18m; a later time point is paid only on what it adds to the improvement already paid; a person who has worsened counts as nought; at most 3 points at a time point',
    ],
    [
      BAND,
      'pays nothing up to 5%, £100,000.00 from 10% on, and in proportion between, on the signed result for Reduction in reconvictions of each cohort',
    ],
    [
      { ...BAND, pays: { by: 'each', price: '110.00' } },
      'pays nothing up to 5%, £110.00 for each who counts from 10% on, and in proportion between, on the signed result for Reduction in reconvictions of each cohort',
    ],
    [
      TRIGGER,
      'pays £5,000.00 for each cohort for which the signed result for Reduction in reconvictions of each cohort reaches 10%; for the other cohorts if the signed result for Reduction in reconvictions of all cohorts pooled reaches 7.5%',
    ],
    [
      { ...TRIGGER, test: 'lower-bound', pays: { by: 'each', price: '250.00' } },
      'pays £250.00 for each participant of a cohort for which the lower bound of the signed result for Reduction in reconvictions of each cohort reaches 10%; for the other cohorts if the lower bound of the signed result for Reduction in reconvictions of all cohorts pooled reaches 7.5%',
    ],
    [
      TIERS,
      'pays by the step on which the signed result for Reduction in reconvictions of each cohort falls: from 60% up to 65% £100.00; from 65% up to 70% £10.00 for each who counts; from 70% on 15% of £7,000,000.00',
    ],
    [
      DIFFERENCE,
      'pays £10.00 for each unit of the signed result for Reduction in reconvictions of each cohort and for each who counts, no less than 0',
    ],
    [
      { ...DIFFERENCE, ceiling: { in: 'money', amount: '50000.00' } },
      'pays £10.00 for each unit of the signed result for Reduction in reconvictions of each cohort and for each who counts, no less than 0 and no more than £50,000.00',
    ],
    [
      {
        ...DIFFERENCE,
        floor: { in: 'money', amount: '0.00' },
        ceiling: { in: 'value', value: '0.4' },
      },
      'pays £10.00 for each unit of the signed result for Reduction in reconvictions of each cohort and for each who counts, no less than £0.00 and no more than 0.4',
    ],
    [
      AVOIDED,
      'pays £433.00 for each week of care avoided against 104 weeks over 104 weeks from the start; whole weeks only; a person who had more counts as nought; once, on the last day; after a participant has left, the rest counts as avoided',
    ],
    [
      {
        ...AVOIDED,
        against: { type: 'attribute', attribute: 'expected_days' },
        unit: 'day',
        partUnits: 'exact',
        count: 'net',
        accrue: 'each-period',
        exits: 'stop-counting',
        horizon: { months: 24 },
      },
      "pays £433.00 for each day of care avoided against the participant's expected_days over 24 months from the start; parts of a day count; a person who had more counts against the others; in each period what it adds; counting stops when a participant leaves",
    ],
    [
      { ...AVOIDED, against: { type: 'effect', metric: 'reconvictions' }, exits: 'exclude' },
      'pays £433.00 for each week of care avoided against Reduction in reconvictions over 104 weeks from the start; whole weeks only; a person who had more counts as nought; once, on the last day; a participant who leaves early is left out',
    ],
    [
      { ...AVOIDED, against: { type: 'fixed', units: '1' } },
      'pays £433.00 for each week of care avoided against 1 week over 104 weeks from the start; whole weeks only; a person who had more counts as nought; once, on the last day; after a participant has left, the rest counts as avoided',
    ],
    [MENU, 'pays £1,000.00 once where the conditions of clauses 1, 2, 3 are all met'],
    [
      { ...MENU, need: 2, withinMonths: 12 },
      'pays £1,000.00 once where the conditions of at least 2 of clauses 1, 2, 3 are met within 12 months of each other',
    ],
    [
      { ...MENU, need: 1 },
      'pays £1,000.00 once where the conditions of at least 1 of clauses 1, 2, 3 are met',
    ],
    [
      { ...MENU, need: 2 },
      'pays £1,000.00 once where the conditions of at least 2 of clauses 1, 2, 3 are met',
    ],
    [{ ...MENU, conditions: ['1'] }, 'pays £1,000.00 once where the condition of clause 1 is met'],
    [RATIO, 'pays £1,000.00 for each percentage point above 65% of the rate of Visits on time'],
    [
      {
        ...RATIO,
        minimumDenominator: 30,
        pays: { ...RATIO.pays, pass: 'below', points: 'whole', maxPoints: '10' },
      },
      'pays £1,000.00 for each whole percentage point below 65%, at most 10 points, of the rate of Visits on time, counted over at least 30',
    ],
    [
      { ...RATIO, pays: { by: 'bonus', pass: 'above', threshold: '65%', amount: '5000.00' } },
      'pays £5,000.00 where 65% or more is the rate of Visits on time',
    ],
    [
      { ...RATIO, pays: { by: 'bonus', pass: 'below', threshold: '65%', amount: '5000.00' } },
      'pays £5,000.00 where 65% or less is the rate of Visits on time',
    ],
    [
      { ...RATIO, pays: { by: 'unit', price: '50.00' } },
      'pays £50.00 for each unit of the numerator of the rate of Visits on time',
    ],
    [FEE, 'pays £3,200.00 (Attachment fee) for each participant at the start'],
    [
      { ...FEE, schedule: { ...FEE.schedule, when: 'months', months: 6 } },
      'pays £3,200.00 (Attachment fee) for each participant still enrolled 6 months after the start',
    ],
    [
      { ...FEE, schedule: { ...FEE.schedule, when: 'months', months: 1 } },
      'pays £3,200.00 (Attachment fee) for each participant still enrolled 1 month after the start',
    ],
    [
      { ...FEE, schedule: { ...FEE.schedule, when: 'exit' } },
      'pays £3,200.00 (Attachment fee) for each participant on leaving',
    ],
    [
      {
        type: 'R12',
        schedule: {
          by: 'date',
          payments: [
            { id: 'a', label: 'First', on: '2015-06-30', amount: '12500.00' },
            { id: 'b', label: 'Second', on: '2015-09-30', amount: '12500.00' },
          ],
        },
      },
      'pays £12,500.00 on 30 June 2015 (First), £12,500.00 on 30 September 2015 (Second)',
    ],
  ])('%j', (terms, words) => expect(inWords(terms)).toBe(words));
});
