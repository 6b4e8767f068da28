import { lastDayOf } from '../../aggregate-measures/arms.js';
import { addMonths, civilDate, type CivilDate } from '../../calendar/civil-date.js';
import { periodsOf } from '../../calendar/period-calendar.js';
import { dayAfter, lengthFaults } from '../../outcomes/length.js';
import { windowOf, type TimePoint } from '../../outcomes/time-point.js';
import type { Fault } from '../../shared/domain-error.js';
import type { TermsDocument } from '../terms.schema.js';
import { allOf, checkOf, fault } from './check.js';

/**
 * Windows open before they close, and the last participant's last window, horizon or fee is over while payments are
 * still reckoned.
 */
export const windows = allOf(
  checkOf(['metrics'], ({ metrics }) =>
    eachTimePoint(metrics, (point, at) =>
      point.opensDays <= point.closesDays
        ? []
        : [
            fault(
              at,
              'WINDOW_BACKWARD',
              `The window of ${point.label} opens ${point.opensDays} days from its target, after it closes (${point.closesDays}).`,
            ),
          ],
    ),
  ),

  checkOf(
    ['metrics', 'cohorts', 'periods', 'effective', 'rounding'],
    ({ metrics, cohorts, periods, effective, rounding }) => {
      const end = endOfPayments({ periods, effective });
      const lastStart = lastStartOf(cohorts);
      if (end === undefined) return []; // the contract ends before it begins, which is fault enough
      return eachTimePoint(metrics, (point, at) => {
        const { closesOn } = windowOf(lastStart, point, rounding.months);
        return closesOn < end
          ? []
          : [
              fault(
                at,
                'WINDOW_AFTER_LAST_PERIOD',
                `For a participant who starts on ${lastStart}, ${point.label} may be measured until ${closesOn}, after payments end on ${end}. Extend the contract and its periods.`,
              ),
            ];
      });
    },
  ),

  checkOf(['clauses', 'cohorts', 'periods', 'effective', 'rounding'], (terms) => {
    const { clauses, cohorts, rounding } = terms;
    const end = endOfPayments(terms);
    const lastStart = lastStartOf(cohorts);
    return clauses.flatMap(({ rule }, c) => {
      if (!('measure' in rule) || rule.measure.of !== 'arm-difference' || end === undefined)
        return [];
      const { counts } = rule.measure;
      if (counts.what !== 'events') return [];
      const followedUntil = lastDayOf(lastStart, counts.months, rounding.months);
      if (followedUntil < end) return [];
      return [
        fault(
          `/clauses/${c}/rule/measure/counts/months`,
          'WINDOW_AFTER_LAST_PERIOD',
          `A participant who starts on ${lastStart} is followed until ${followedUntil}, after payments end on ${end}. Extend the contract and its periods.`,
        ),
      ];
    });
  }),

  checkOf(['clauses', 'cohorts', 'periods', 'effective'], ({ clauses, cohorts, ...calendar }) => {
    const end = endOfPayments(calendar);
    const lastStart = lastStartOf(cohorts);
    return clauses.flatMap(({ rule }, c) => {
      if (rule.type !== 'R12' || rule.schedule.by !== 'participant' || end === undefined) return [];
      const { label, months } = rule.schedule;
      if (months === undefined) return [];
      const due = addMonths(lastStart, months);
      return due < end
        ? []
        : [
            fault(
              `/clauses/${c}/rule/schedule/months`,
              'FEE_AFTER_LAST_PERIOD',
              `For a participant who starts on ${lastStart}, ${label} falls due on ${due}, after payments end on ${end}. Extend the contract and its periods, or pay it sooner.`,
            ),
          ];
    });
  }),

  checkOf(
    ['clauses', 'cohorts', 'periods', 'effective', 'rounding'],
    ({ clauses, cohorts, periods, effective, rounding }) => {
      const end = endOfPayments({ periods, effective });
      const lastStart = lastStartOf(cohorts);
      return clauses.flatMap(({ rule }, c) => {
        if (rule.type !== 'R9' || end === undefined || lengthFaults('', rule.horizon).length > 0)
          return [];
        const over = dayAfter(lastStart, rule.horizon, rounding.months);
        return over <= end
          ? []
          : [
              fault(
                `/clauses/${c}/rule/horizon`,
                'HORIZON_AFTER_LAST_PERIOD',
                `For a participant who starts on ${lastStart}, days are counted until ${over}, after payments end on ${end}. Extend the contract and its periods.`,
              ),
            ];
      });
    },
  ),
);

/** The first day on which nothing is reckoned any more; undefined where nothing ever is. */
const endOfPayments = ({ periods, effective }: Pick<TermsDocument, 'periods' | 'effective'>) =>
  periodsOf(periods, civilDate(effective.to)).at(-1)?.to;

const lastStartOf = (cohorts: TermsDocument['cohorts']): CivilDate =>
  civilDate(
    cohorts
      .map((cohort) => cohort.closesOn)
      .sort()
      .at(-1)!,
  );

const eachTimePoint = (
  metrics: TermsDocument['metrics'],
  find: (point: TimePoint, at: string) => Fault[],
): Fault[] =>
  metrics.flatMap((metric, m) =>
    metric.kind === 'score'
      ? metric.timePoints.flatMap((point, p) => find(point, `/metrics/${m}/timePoints/${p}`))
      : [],
  );
