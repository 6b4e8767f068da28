/**
 * Worked examples of rules on many at once, as engine.md 8 lists them: data shared by unit, API and page tests. Amounts
 * are pounds; a percentage is written as one.
 */

/** Reconnections (INDIGO-POJ-0119): the mean reduction in a sliding band from 0.55 to 0.83, of a maximum of £100,000. */
export const RECONNECTIONS_BAND = {
  maximum: '100000.00',
  floor: '0.55',
  ceiling: '0.83',
  rows: [
    { mean: '0.54', pays: '0.00', reason: 'below-floor' },
    { mean: '0.55', pays: '0.00', reason: 'below-floor' },
    { mean: '0.69', pays: '50000.00', reason: null },
    { mean: '0.83', pays: '100000.00', reason: null },
    { mean: '0.90', pays: '100000.00', reason: null },
  ],
} as const;

/** Peterborough (INDIGO-POJ-0153): 10 % for one cohort, else 7.5 % pooled. What was paid is not public: £1 a cohort here. */
export const PETERBOROUGH_TRIGGERS = {
  trigger: '10%',
  pooledTrigger: '7.5%',
  effects: { 'cohort-1': '8.4%', pooled: '9.0%' },
  cohortPays: { amount: '0.00', reason: 'trigger-not-met' },
  pooledPays: { cohorts: 1, reason: null },
} as const;

/** Newpin (INDIGO-POJ-0005): the restoration rate A / (A + B) gives a return for the year; counts out of 10,000. */
export const NEWPIN_STEPS = {
  principal: '100000.00',
  tiers: [
    { from: '55%', to: '60%', percent: '3%' },
    { from: '60%', to: '65%', percent: '7.5%' },
    { from: '65%', to: '70%', percent: '12%' },
    { from: '70%', percent: '15%' },
  ],
  rows: [
    { restored: 5999, of: 10_000, percent: '3', pays: '3000.00' },
    { restored: 6000, of: 10_000, percent: '7.5', pays: '7500.00' },
    { restored: 6499, of: 10_000, percent: '7.5', pays: '7500.00' },
    { restored: 6500, of: 10_000, percent: '12', pays: '12000.00' },
    { restored: 7000, of: 10_000, percent: '15', pays: '15000.00' },
  ],
  /** One child of 100 goes back into care: 65 restored become 64, and the step falls. */
  reversal: { before: 65, after: 64, of: 100, pays: ['12000.00', '7500.00'] },
} as const;

/** Children's centres: the same quarter counted by two definitions of the numerator, against a threshold of 65 %. */
export const CHILDRENS_CENTRES = {
  threshold: '65%',
  bonus: '5000.00',
  definitions: [
    { version: 'registered', numerator: 71, pays: '5000.00', reason: null },
    { version: 'seen-three-times', numerator: 43, pays: '0.00', reason: 'not-reached' },
  ],
  denominator: 100,
} as const;

/** York new-birth visits, 2017/18 quarter 4: 86 % within 14 days, 96 % with late ones; the source gives no counts. */
export const YORK_VISITS = {
  births: 100,
  from: '2018-01-01',
  to: '2018-04-01',
  states: [
    { metric: 'on-time', visits: 86, price: '40.00', pays: '3440.00', reason: null },
    { metric: 'late', visits: 10, price: '15.00', pays: '150.00', reason: null },
    { metric: 'unseen', visits: 4, price: '0.00', pays: '0.00', reason: 'price-is-nil' },
  ],
} as const;

/** York 12-month reviews: 18 % is counted over the year 2015/16, 72 % over one quarter. */
export const YORK_REVIEWS = {
  baseline: { numerator: '18', denominator: '100', from: '2015-04-01', to: '2016-04-01' },
  quarter: { from: '2018-01-01', to: '2018-04-01', numerator: 72, denominator: 100 },
  points: '54',
} as const;
