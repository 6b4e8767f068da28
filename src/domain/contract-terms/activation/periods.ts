import type { PeriodCalendar } from '../../calendar/period-calendar.js';
import type { Fault } from '../../shared/domain-error.js';
import type { TermsDocument } from '../terms.schema.js';
import { isTooLong, MOST_YEARS } from './dates.js';
import { allOf, checkOf, fault, repeated } from './check.js';

type ClaimWindows = Extract<PeriodCalendar, { type: 'list' }>['periods'];

/** Claim windows run forward, neither overlap nor leave gaps, and hold every day of the contract. */
export const periods = allOf(
  checkOf(['periods'], ({ periods }) =>
    periods.type === 'list'
      ? [...countFaults(periods.periods), ...orderFaults(periods.periods)]
      : [],
  ),
  checkOf(['periods', 'effective'], ({ periods, effective }) =>
    periods.type === 'list'
      ? endFaults(periods.periods, effective)
      : quarterFaults(periods.from, effective),
  ),
);

/** As many claim windows as terms may list: one for each month of the longest contract. */
const MOST_WINDOWS = 12 * MOST_YEARS;

const countFaults = ({ length }: ClaimWindows): Fault[] =>
  length <= MOST_WINDOWS
    ? []
    : [
        fault(
          '/periods/periods',
          'PERIODS_TOO_MANY',
          `There are ${length} claim windows. Terms may list ${MOST_WINDOWS} at most.`,
        ),
      ];

function quarterFaults(from: string, effective: TermsDocument['effective']): Fault[] {
  if (isTooLong(from, effective.to) && !isTooLong(effective.from, effective.to))
    return [
      fault(
        '/periods/from',
        'PERIODS_TOO_MANY',
        `Quarters from ${from} to ${effective.to} are more than ${MOST_YEARS} years. Begin them with the contract.`,
      ),
    ];
  return from <= effective.from && from.endsWith('-01')
    ? []
    : [
        fault(
          '/periods/from',
          'PERIODS_START',
          `Quarters must begin on the first of a month, on or before the contract's first day ${effective.from}.`,
        ),
      ];
}

function orderFaults(windows: ClaimWindows): Fault[] {
  return [
    ...repeated(
      windows.map((window) => window.id),
      (i) => `/periods/periods/${i}/id`,
      'Claim window',
    ),
    ...windows.flatMap(({ id, from, to }, i) => {
      const at = `/periods/periods/${i}`;
      const before = windows[i - 1];
      if (from >= to)
        return [
          fault(
            at,
            'DATES_BACKWARD',
            `Claim window ${id} closes on ${to}, before it opens on ${from}.`,
          ),
        ];
      if (before && from < before.to)
        return [
          fault(
            at,
            'PERIODS_OVERLAP',
            `Claim window ${id} begins on ${from}, before ${before.id} has ended on ${before.to}.`,
          ),
        ];
      if (before && from > before.to)
        return [gap(at, before.to, from, `Begin ${id} on ${before.to}.`)];
      return [];
    }),
  ];
}

function endFaults(windows: ClaimWindows, { from, to }: TermsDocument['effective']): Fault[] {
  const [first, last] = [windows[0]!, windows.at(-1)!];
  return [
    ...(first.from > from
      ? [gap('/periods/periods/0', from, first.from, `Begin ${first.id} on ${from}.`)]
      : []),
    ...(last.to < to
      ? [gap(`/periods/periods/${windows.length - 1}`, last.to, to, `End ${last.id} on ${to}.`)]
      : []),
  ];
}

const gap = (at: string, from: string, to: string, remedy: string): Fault =>
  fault(at, 'PERIODS_GAP', `No claim window holds the days from ${from} up to ${to}. ${remedy}`);
