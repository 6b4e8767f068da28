import type { CivilDate } from '../../calendar/civil-date.js';
import { periodsOf } from '../../calendar/period-calendar.js';
import type { Fault } from '../../shared/domain-error.js';
import { windowOf } from '../../outcomes/time-point.js';
import type { TermsDocument } from '../terms.schema.js';
import { fault, repeated, type ActivationCheck } from './check.js';

/** Dates run forward, cohorts lie inside the contract, claim windows neither overlap nor leave gaps, and reach far enough. */
export const dates: ActivationCheck = (terms) => {
  const { from, to } = terms.effective;
  if (from >= to)
    return [
      fault(
        '/effective',
        'DATES_BACKWARD',
        `The contract ends on ${to}, which is not after it begins on ${from}.`,
      ),
    ];
  return [...cohortFaults(terms), ...periodFaults(terms), ...windowFaults(terms)];
};

function cohortFaults({ cohorts, effective }: TermsDocument): Fault[] {
  return [
    ...repeated(
      cohorts.map((cohort) => cohort.id),
      (i) => `/cohorts/${i}/id`,
      'Cohort',
    ),
    ...cohorts.flatMap(({ opensOn, closesOn }, i) => {
      if (opensOn > closesOn)
        return [
          fault(
            `/cohorts/${i}`,
            'DATES_BACKWARD',
            `The cohort closes on ${closesOn}, before it opens on ${opensOn}.`,
          ),
        ];
      if (opensOn < effective.from || closesOn >= effective.to)
        return [
          fault(
            `/cohorts/${i}`,
            'OUTSIDE_CONTRACT',
            `The cohort must open and close within the contract (${effective.from} to ${effective.to}).`,
          ),
        ];
      return [];
    }),
  ];
}

function periodFaults(terms: TermsDocument): Fault[] {
  const calendar = terms.periods;
  if (calendar.type === 'quarters')
    return calendar.from > terms.effective.from ||
      calendar.from < '1900-01-01' ||
      Number(calendar.from.slice(8)) > 1
      ? [
          fault(
            '/periods/from',
            'PERIODS_START',
            `Quarters must begin on the first of a month, on or before the contract's first day ${terms.effective.from}.`,
          ),
        ]
      : [];
  const { periods } = calendar;
  return [
    ...repeated(
      periods.map((period) => period.id),
      (i) => `/periods/periods/${i}/id`,
      'Claim window',
    ),
    ...periods.flatMap(({ id, from, to }, i) => {
      const at = `/periods/periods/${i}`;
      if (from >= to)
        return [
          fault(
            at,
            'DATES_BACKWARD',
            `Claim window ${id} closes on ${to}, before it opens on ${from}.`,
          ),
        ];
      const before = periods[i - 1];
      if (before && from < before.to)
        return [
          fault(
            at,
            'PERIODS_OVERLAP',
            `Claim window ${id} begins on ${from}, before ${before.id} has ended on ${before.to}.`,
          ),
        ];
      if (before && from > before.to)
        return [
          fault(
            at,
            'PERIODS_GAP',
            `No claim window holds the days from ${before.to} to ${from}. Begin ${id} on ${before.to}.`,
          ),
        ];
      return [];
    }),
  ];
}

/** Windows open before they close, and the last participant's last window closes while payments are still reckoned. */
function windowFaults(terms: TermsDocument): Fault[] {
  const lastPeriod = periodsOf(terms.periods, terms.effective.to as CivilDate).at(-1);
  const lastStart = terms.cohorts.reduce(
    (latest, cohort) => (cohort.closesOn > latest ? cohort.closesOn : latest),
    '1900-01-01',
  ) as CivilDate;
  return terms.metrics.flatMap((metric, m) => {
    if (metric.kind !== 'score') return [];
    return metric.timePoints.flatMap((point, p) => {
      const at = `/metrics/${m}/timePoints/${p}`;
      if (point.opensDays > point.closesDays)
        return [
          fault(
            at,
            'WINDOW_BACKWARD',
            `The window of ${point.label} opens ${point.opensDays} days from its target, after it closes (${point.closesDays}).`,
          ),
        ];
      const { closesOn } = windowOf(lastStart, point, terms.rounding.months);
      if (lastPeriod === undefined || closesOn >= lastPeriod.to)
        return [
          fault(
            at,
            'WINDOW_AFTER_LAST_PERIOD',
            `For a participant who starts on ${lastStart}, ${point.label} may be measured until ${closesOn}, after payments end on ${lastPeriod?.to ?? 'no day'}. Extend the contract and its periods.`,
          ),
        ];
      return [];
    });
  });
}
