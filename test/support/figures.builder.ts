import { civilDate } from '../../src/domain/calendar/civil-date.js';
import type { EffectInput } from '../../src/domain/outcomes/check-effect.js';
import type { FigureInput } from '../../src/domain/outcomes/check-figure.js';
import type { EffectMetric, RateMetric } from '../../src/domain/outcomes/metric.js';

/** A rate by quarter with one definition and one group, changed as the test says. */
export const aRate = (given: Partial<RateMetric> = {}): RateMetric => ({
  id: 'on-time',
  label: 'Visits on time',
  kind: 'rate',
  paid: false,
  grain: 'quarter',
  definitions: [
    { version: '2015', from: civilDate('2015-04-01'), numerator: 'Visits', denominator: 'Births' },
  ],
  groups: ['all'],
  bounded: true,
  completes: [],
  ...given,
});

/** A reduction in per cent that the university signs, changed as the test says. */
export const anEffect = (given: Partial<EffectMetric> = {}): EffectMetric => ({
  id: 'reconvictions',
  label: 'Fall in reconvictions',
  kind: 'effect',
  paid: false,
  unit: 'percent',
  method: 'Matched controls',
  evaluator: 'university',
  ...given,
});

/** 103 of 120 in the second quarter of 2015. */
export const aFigure = (given: Partial<FigureInput> = {}): FigureInput => ({
  metric: 'on-time',
  group: '',
  from: '2015-04-01',
  to: '2015-07-01',
  numerator: '103',
  denominator: '120',
  definition: '',
  definitionDiffers: '',
  status: '',
  correctionReason: '',
  ...given,
});

/** 8.4 % among 936, with its interval. */
export const aResult = (given: Partial<EffectInput> = {}): EffectInput => ({
  metric: 'reconvictions',
  cohort: 'all',
  value: '8.4%',
  low: '2.1%',
  high: '14.7%',
  n: '936',
  signedOn: '2016-03-01',
  documentHash: 'ab'.repeat(32),
  status: '',
  correctionReason: '',
  ...given,
});
