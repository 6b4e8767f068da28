import { civilDate } from '../calendar/civil-date.js';
import { fraction } from '../money/fraction.js';
import type { ScoreMetric } from './metric.js';
import type { Observation } from './participant-facts.js';
import { scheduleOf, type ScheduleFacts, type ScheduleState } from './schedule.js';

const ucla: ScoreMetric = {
  id: 'ucla',
  label: 'UCLA',
  kind: 'score',
  paid: true,
  instrument: 'ucla-3',
  baseline: 'baseline',
  timePoints: [
    { id: 'baseline', label: 'start', months: 0, opensDays: -28, closesDays: 14 },
    { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
  ],
  choose: 'first',
  outsideWindow: 'refuse',
};

const seen = (
  occurrence: string,
  measuredOn: string,
  status: Observation['status'] = 'recorded',
): Observation => ({
  metric: 'ucla',
  occurrence,
  version: 1,
  measuredOn: civilDate(measuredOn),
  endedOn: null,
  status,
  value: status === 'recorded' ? fraction(6n) : null,
});

/** Somebody who started on 2 June 2015: the six-month window is 2 November 2015 to 1 January 2016. */
const facts = (
  observations: Observation[] = [],
  exitedOn: string | null = null,
): ScheduleFacts => ({
  startedOn: civilDate('2015-06-02'),
  exitedOn: exitedOn === null ? null : civilDate(exitedOn),
  observations,
});

const sixMonths = (given: ScheduleFacts, today: string) =>
  scheduleOf([ucla], given, civilDate(today), 'corresponding-date')[1]!;

describe('the schedule of a participant', () => {
  it('has the window of every time point, counted from the start', () => {
    const schedule = scheduleOf([ucla], facts(), civilDate('2015-06-02'), 'corresponding-date');
    expect(
      schedule.map(({ timePoint, opensOn, targetOn, closesOn }) => [
        timePoint,
        opensOn,
        targetOn,
        closesOn,
      ]),
    ).toEqual([
      ['baseline', '2015-05-05', '2015-06-02', '2015-06-16'],
      ['6m', '2015-11-02', '2015-12-02', '2016-01-01'],
    ]);
  });

  it.each<[string, string, Observation[], string | null, ScheduleState]>([
    ['the day before it opens', '2015-11-01', [], null, 'not-due'],
    ['the day it opens', '2015-11-02', [], null, 'open'],
    ['the day it closes', '2016-01-01', [], null, 'open'],
    ['the day after it closes', '2016-01-02', [], null, 'missed'],
    ['recorded on the first day', '2016-02-01', [seen('6m', '2015-11-02')], null, 'recorded'],
    ['recorded on the last day', '2016-02-01', [seen('6m', '2016-01-01')], null, 'recorded'],
    ['recorded a day too late', '2016-02-01', [seen('6m', '2016-01-02')], null, 'late'],
    ['recorded a day too early', '2016-02-01', [seen('6m', '2015-11-01')], null, 'late'],
    ['declined', '2016-02-01', [seen('6m', '2015-12-01', 'declined')], null, 'declined'],
    [
      'could not collect',
      '2016-02-01',
      [seen('6m', '2015-12-01', 'could-not-collect')],
      null,
      'could-not-collect',
    ],
    [
      'declined, then recorded',
      '2016-02-01',
      [seen('6m', '2015-12-01', 'declined'), seen('6m/2', '2015-12-09')],
      null,
      'recorded',
    ],
    ['withdrawn', '2016-02-01', [seen('6m', '2015-12-01', 'void')], null, 'missed'],
    ['left before it opened', '2016-02-01', [], '2015-11-01', 'after-exit'],
    ['left on the day it opened', '2016-02-01', [], '2015-11-02', 'missed'],
    [
      'left before, yet recorded',
      '2016-02-01',
      [seen('6m', '2015-12-01')],
      '2015-10-01',
      'recorded',
    ],
  ])('%s, on %s: %s', (_what, today, observations, exitedOn, state) => {
    expect(sixMonths(facts(observations, exitedOn), today).state).toBe(state);
  });

  it.each<[string, string, string[]]>([
    ['baseline', '2015-06-02', []],
    ['baseline', '2015-06-03', ['baseline-after-start']],
    ['6m', '2015-12-01', []],
  ])('of a %s measured on %s flags %j', (timePoint, day, flags) => {
    const schedule = scheduleOf(
      [ucla],
      facts([seen(timePoint, day)]),
      civilDate('2016-07-01'),
      'corresponding-date',
    );
    expect(schedule.find((its) => its.timePoint === timePoint)).toMatchObject({
      state: 'recorded',
      flags,
    });
    expect(schedule.find((its) => its.timePoint !== timePoint)).toMatchObject({ flags: [] });
  });

  it('calls a score by its metric and time point, and counts no other metric for it', () => {
    const other = { ...seen('6m', '2015-12-01'), metric: 'phq' };
    expect(sixMonths(facts([other]), '2016-02-01')).toMatchObject({
      metric: 'ucla',
      label: 'UCLA, 6 months',
      state: 'missed',
      measurement: null,
    });
  });
});
