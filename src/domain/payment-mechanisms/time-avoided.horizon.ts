import { addDays, daysBetween, type CivilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import { dayAfter } from '../outcomes/length.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { ClauseContext } from './mechanism.js';
import type { TimeAvoided } from './time-avoided.schema.js';

/** A part of the horizon that is paid for together. */
export interface Slice {
  readonly id: string;
  readonly from: CivilDate;
  /** First day after. */
  readonly to: CivilDate;
}

/** The horizon of one participant, and where counting ends. */
export interface Horizon {
  readonly from: CivilDate;
  readonly days: number;
  readonly slices: readonly Slice[];
  readonly leftOn: CivilDate | null;
  /** From this day on nothing is held against the participant: that of leaving, where the rest counts as avoided. */
  readonly freeFrom: CivilDate;
}

/** Where a participant's horizon lies, and the parts of it that are paid for. */
export function horizonOf(
  { startedOn, exitedOn }: ParticipantFacts,
  { horizon, accrue, exits }: TimeAvoided,
  { months, periods }: Pick<ClauseContext, 'months' | 'periods'>,
): Horizon {
  const to = dayAfter(startedOn, horizon, months);
  const leftOn = exitedOn !== null && exitedOn < to ? exitedOn : null;
  // somebody who left on the day of the start still has that day, so that there is one to be dated on
  const stop = leftOn === startedOn ? addDays(startedOn, 1) : leftOn;
  const countedTo = exits === 'stop-counting' && stop !== null ? stop : to;
  const whole = [{ id: 'horizon', from: startedOn, to: countedTo }];
  return {
    from: startedOn,
    days: daysBetween(startedOn, to),
    slices: accrue === 'at-horizon' ? whole : slicesOf(periods, startedOn, countedTo),
    leftOn,
    freeFrom: exits === 'count-as-avoided' && leftOn !== null ? leftOn : to,
  };
}

/** The periods that the days touch, each up to its end or theirs. */
const slicesOf = (periods: readonly Period[], from: CivilDate, to: CivilDate): Slice[] =>
  periods
    .filter((period) => period.from < to && from < period.to)
    .map((period) => ({
      id: period.id,
      from: period.from > from ? period.from : from,
      to: period.to < to ? period.to : to,
    }));
