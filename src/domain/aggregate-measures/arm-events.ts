import { z } from 'zod';
import { addMonths, daysBetween } from '../calendar/civil-date.js';
import { subtract } from '../money/fraction.js';
import { EvidenceSet } from '../outcomes/evidence-set.js';
import { lengthInWords } from '../outcomes/length.js';
import type { Metric } from '../outcomes/metric.js';
import type { Fault } from '../shared/domain-error.js';
import { lastDayOf, perOne, Places, type OpenArms } from './arms.js';
import type { MeasureContext } from './measure.js';
import { numberInWords } from '../money/number-in-words.js';

const DAYS_IN_A_YEAR = 365n;

/**
 * Events in the months after each participant's start: for each participant, whether or not they left, or for each year
 * at risk, which is 365 days of being with the service; an event after somebody's exit then counts no more than the days
 * after it.
 */
export const armEventsSchema = z
  .strictObject({
    what: z.literal('events'),
    metric: z.string().describe('The event metric that is counted in both arms.'),
    months: z.int().min(1).max(120).describe('Months after the start in which an event counts.'),
    per: z
      .enum(['participant', 'year-at-risk'])
      .describe('For each participant, or for each 365 days from the start to the exit.'),
    better: z.enum(['lower', 'higher']).describe('Whether fewer events are better, or more.'),
  })
  .describe('Events, by arm.');
export type ArmEventsTerms = z.infer<typeof armEventsSchema>;

export const armEventsFaults = (
  { metric }: ArmEventsTerms,
  metrics: ReadonlyMap<string, Metric>,
): Fault[] =>
  metrics.get(metric)?.kind === 'event'
    ? []
    : [
        {
          at: '/counts/metric',
          code: 'METRIC_UNKNOWN',
          detail: `"${metric}" is not an event metric of these terms.`,
        },
      ];

export function openArmEvents(
  terms: ArmEventsTerms,
  { metrics, months }: MeasureContext,
): OpenArms {
  const arms = new Places(() => ({ n: 0n, events: 0n, days: 0n }));
  const evidence = new Places(() => new EvidenceSet());
  const perPerson = terms.per === 'participant';
  return {
    label: metrics.get(terms.metric)!.label,

    add(cohort, arm, facts, counts) {
      if (!counts) return;
      const { startedOn, exitedOn, observations } = facts;
      const end = addMonths(startedOn, terms.months, months);
      const until = !perPerson && exitedOn !== null && exitedOn < end ? exitedOn : end;
      const seen = observations.filter(
        (o) =>
          o.metric === terms.metric &&
          o.status === 'recorded' &&
          startedOn <= o.measuredOn &&
          o.measuredOn < until,
      );
      const sums = arms.at(cohort, arm);
      sums.n += 1n;
      sums.events += BigInt(seen.length);
      sums.days += BigInt(Math.max(0, daysBetween(startedOn, until)));
      for (const one of seen) evidence.at(cohort).add(facts, one);
    },

    of(cohort, arm) {
      const { n, events, days } = arms.at(cohort, arm);
      return { n, value: perPerson ? perOne(events, n) : perOne(events, days, DAYS_IN_A_YEAR) };
    },

    settledOn: (startedOn) => lastDayOf(startedOn, terms.months, months),
    better: (treated, comparison) =>
      terms.better === 'lower' ? subtract(comparison, treated) : subtract(treated, comparison),
    inWords: (value) =>
      `${numberInWords(value)} for each ${perPerson ? 'participant' : 'year at risk'} within ${lengthInWords({ months: terms.months })}`,
    evidence: (cohort) => evidence.at(cohort).entries(),
    followUp: () => null,
  };
}
