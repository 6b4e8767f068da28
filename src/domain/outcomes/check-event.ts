import type { Fault } from '../shared/domain-error.js';
import { answers, type FindingOf, type MeasurementInput } from './measurement-finding.js';
import type { EventMetric, SpellMetric } from './metric.js';
import type { ObservationStatus } from './participant-facts.js';
import { referenceFault } from './participant-reference.js';

const A = { event: 'an event', spell: 'a spell' } as const;

/** Reads the reference of an event or a spell, which has neither a time point nor a score; null when there are faults. */
export function eventFinding(
  metric: EventMetric | SpellMetric,
  status: ObservationStatus,
  input: MeasurementInput,
  faults: Fault[],
): FindingOf | null {
  const before = faults.length;
  const refuse = (at: string, code: string, detail: string) => faults.push({ at, code, detail });
  const what = metric.kind;
  if (input.event === '')
    refuse('/event', 'EVENT_MISSING', `Give the ${what}'s own reference, such as C-0001.`);
  else {
    const bad = referenceFault(input.event);
    if (bad !== null)
      refuse(
        '/event',
        bad.code.replace('REFERENCE', 'EVENT'),
        bad.detail.replace('P-0001', 'C-0001'),
      );
  }
  if (input.timePoint !== '')
    refuse(
      '/timePoint',
      'TIME_POINT_NOT_FOR_EVENTS',
      `${metric.label} is ${A[what]}. Leave the time point blank.`,
    );
  if (input.attempt !== '')
    refuse(
      '/attempt',
      'ATTEMPT_NOT_FOR_EVENTS',
      `${metric.label} has no attempts. Leave it blank.`,
    );
  if (input.score !== '' || answers(input.items) !== null)
    refuse('/score', 'SCORE_NOT_FOR_EVENTS', `${metric.label} is ${A[what]}. Leave scores blank.`);
  if (status === 'declined' || status === 'could-not-collect')
    refuse(
      '/status',
      'STATUS_NOT_FOR_EVENTS',
      `${metric.label} either happened or is not recorded. Leave the status blank.`,
    );
  if (faults.length > before) return null;
  return { occurrence: input.event, isBaseline: false, isEvent: true, value: null, items: null };
}
