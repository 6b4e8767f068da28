import { z } from 'zod';
import { civilDate } from '../calendar/civil-date.js';
import { ALL_COHORTS } from '../outcomes/outcome.js';
import type { CohortDates } from './measure.js';

/** Whether cohorts are measured one by one or all together. */
export const gatheringSchema = z
  .enum(['each', 'together'])
  .default('each')
  .describe('Each cohort on its own, or all cohorts together.');

/** Later than any window closes. */
export const FOR_EVER = civilDate('9998-12-31');

/** The cohorts whose participants are measured together, by the name under which their value stands. */
export const placesOf = (
  cohorts: readonly CohortDates[],
  together: boolean,
): readonly (readonly [string, readonly CohortDates[]])[] =>
  together ? [[ALL_COHORTS, cohorts]] : cohorts.map((cohort) => [cohort.id, [cohort]]);

export const cohortName = (id: string, cohorts: readonly CohortDates[]): string =>
  id === ALL_COHORTS ? 'all cohorts' : (cohorts.find((cohort) => cohort.id === id)?.label ?? id);
