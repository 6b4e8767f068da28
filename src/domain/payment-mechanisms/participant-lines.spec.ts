import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import { formatMoney, money } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { SpellMetric } from '../outcomes/metric.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { CONVICTION, EFFECT, UCLA, signed } from '../../../test/support/measure.builder.js';
import { event, score, somebody, spell } from '../../../test/support/record.builder.js';
import {
  AVOIDED,
  EVENT,
  FEE,
  LADDER,
  MENU,
  POINT,
  REACHED,
} from '../../../test/support/sample-rules.js';
import { mechanismOf, ruleSchema } from './registry.js';

const HOME: SpellMetric = {
  id: 'home',
  kind: 'spell',
  label: 'A home',
  paid: true,
  definition: 'x',
  evidence: ['x'],
};
const CARE: SpellMetric = { ...HOME, id: 'care', label: 'Weeks in care' };
const TWO_WAVES = {
  ...UCLA,
  timePoints: [
    ...UCLA.timePoints,
    { ...UCLA.timePoints[1]!, id: '18m', label: '18 months', months: 18 },
  ],
};
const METRICS = [
  TWO_WAVES,
  CONVICTION,
  HOME,
  CARE,
  { ...EFFECT, id: 'controls', unit: 'number' as const },
];

/** "6m 2015-12-04 paid: 2 point, £1,320.00: finding (why)", with the reason instead of "paid" where nothing is. */
const told = (
  terms: object,
  observations: readonly Observation[] = [],
  given: Partial<ParticipantFacts> = {},
  earlier: readonly Outcome[] = [],
) => {
  const rule = ruleSchema.parse(terms);
  const context = aClauseContext(METRICS, {
    levels: new Map([
      ['1', 'participant'],
      ['2', 'participant'],
      ['3', 'participant'],
    ]),
    record: { figures: [], effects: [signed('all', '60', { metric: 'controls' })] },
  });
  return mechanismOf(rule)
    .open(rule, context)
    .weigh(somebody(observations, given), true, earlier)
    .map(({ occurrence, outcomeOn, reason, quantity, unit, exactMinor, finding, steps }) => {
      const pounds = formatMoney(money(round(exactMinor, 'half-up'), 'GBP'));
      const why = steps.map((step) => `${step.step} ${step.before} to ${step.after}: ${step.why}`);
      return `${occurrence} ${outcomeOn} ${reason ?? 'paid'}: ${formatFraction(quantity)} ${unit}, ${pounds}: ${finding} (${why.join('; ')})`;
    });
};

const scores = (baseline: number | null, six: number | null, eighteen: number | null) => [
  ...(baseline === null ? [] : [score('baseline', '2015-06-04', String(baseline))]),
  ...(six === null ? [] : [score('6m', '2015-12-04', String(six))]),
  ...(eighteen === null ? [] : [score('18m', '2016-12-04', String(eighteen))]),
];
const WAVES = { ...POINT, timePoints: ['6m', '18m'] };
const LEVEL = {
  ...REACHED,
  timePoints: ['6m'],
  waves: 'independent',
  threshold: { kind: 'level', value: '5', notAtBaseline: true },
};
const CHANGE = { ...REACHED, waves: 'independent' };
const home = (from: string, to: string | null = null, id = 'a') => spell('home', id, from, to);
const care = (from: string, to: string | null = null, id = 'a') => spell('care', id, from, to);
const WEEKS = { ...AVOIDED, horizon: { weeks: 10 }, against: { type: 'fixed', units: '5' } };
const left = { exitedOn: civilDate('2015-07-16') };
const above = (clause: string, on: string): Outcome => ({
  ...mechanismOf(ruleSchema.parse(EVENT) as never)
    .open(ruleSchema.parse(EVENT) as never, aClauseContext(METRICS))
    .weigh(somebody([event('conviction', 'c', on)]), true, [])[0]!,
  clause,
});

describe('a line about a participant says what was found and why it is worth what it is', () => {
  it.each<[Parameters<typeof told>, string[]]>([
    [
      [EVENT, [event('conviction', 'a', '2015-07-01')]],
      [
        'a 2015-07-01 paid: 1 claim, £4,000.00: "Conviction" on 2015-07-01 (evidence a) (R1 0 to 400000: 1 claim at £4,000.00)',
      ],
    ],
    [
      [{ ...EVENT, unit: 'family', price: '0.00' }, [event('conviction', 'a', '2015-07-01')]],
      [
        'a 2015-07-01 price-is-nil: 1 family, £0.00: "Conviction" on 2015-07-01 (evidence a) (R1 0 to 0: 1 family at £0.00)',
      ],
    ],
    [
      [LADDER, [home('2015-07-01')]],
      [
        'entry 2015-07-01 paid: 1 milestone, £600.00: "A home" began on 2015-07-01 (R2 0 to 60000: Entry at £600.00)',
        '3m 2015-10-01 paid: 1 milestone, £1,500.00: "A home", begun on 2015-07-01, had lasted 3 months on 2015-10-01 (R2 0 to 150000: 3 months at £1,500.00)',
      ],
    ],
    [
      [LADDER, [home('2015-07-01', '2015-08-05')]],
      [
        'entry 2015-07-01 paid: 1 milestone, £600.00: "A home" began on 2015-07-01 (R2 0 to 60000: Entry at £600.00)',
        '3m/2015-07-01 2015-08-05 not-sustained: 0 milestone, £0.00: "A home", begun on 2015-07-01, had ended by 2015-08-05, before 3 months (R2 0 to 0: nothing payable: it did not last as long as the milestone asks)',
      ],
    ],
    [
      [
        {
          ...LADDER,
          onBreak: 'cumulative',
          rungs: [{ id: '13w', label: '13 weeks', weeks: 13, price: '100.00' }],
        },
        [home('2015-07-01', '2015-08-05')],
      ],
      [
        '13w/2015-07-01 2015-08-05 not-sustained: 0 milestone, £0.00: "A home", begun on 2015-07-01, had ended by 2015-08-05 (35 days in all), before 13 weeks (R2 0 to 0: nothing payable: it did not last as long as the milestone asks)',
      ],
    ],
    [
      [{ ...LADDER, latestStartOn: '2015-06-30' }, [home('2015-07-01')]],
      [
        'entry/2015-07-01 2015-07-01 started-too-late: 0 milestone, £0.00: "A home" began on 2015-07-01, after 2015-06-30 (R2 0 to 0: nothing payable: it began after the last day that the terms allow)',
      ],
    ],
    [
      [{ ...LADDER, latestStart: { days: 10 } }, [home('2015-07-01')]],
      [
        'entry/2015-07-01 2015-07-01 started-too-late: 0 milestone, £0.00: "A home" began on 2015-07-01, after 2015-06-14 (R2 0 to 0: nothing payable: it began after the last day that the terms allow)',
      ],
    ],
    [
      [{ ...LADDER, latestStart: { days: 10 }, latestStartOn: '2015-06-20' }, [home('2015-07-01')]],
      [
        'entry/2015-07-01 2015-07-01 started-too-late: 0 milestone, £0.00: "A home" began on 2015-07-01, after 2015-06-14 (R2 0 to 0: nothing payable: it began after the last day that the terms allow)',
      ],
    ],
    [
      [{ ...LADDER, latestStart: { days: 30 }, latestStartOn: '2015-06-20' }, [home('2015-07-01')]],
      [
        'entry/2015-07-01 2015-07-01 started-too-late: 0 milestone, £0.00: "A home" began on 2015-07-01, after 2015-06-20 (R2 0 to 0: nothing payable: it began after the last day that the terms allow)',
      ],
    ],
    [
      [CHANGE, scores(8, 5, 6)],
      [
        '6m 2015-12-04 paid: 1 result, £500.00: UCLA fell from 8 to 5 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where a change of at least 3 is paid for (R3 0 to 50000: 1 at £500.00)',
        '18m 2016-12-04 not-reached: 0 result, £0.00: UCLA fell from 8 to 6 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: the change or level that is paid for was not reached)',
      ],
    ],
    [
      [CHANGE, scores(8, null, 9)],
      [
        '6m 2016-01-03 missed: 0 result, £0.00: No UCLA measurement at 6 months (window 2015-11-04 to 2016-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: the window closed without a measurement)',
        '18m 2016-12-04 not-reached: 0 result, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: the change or level that is paid for was not reached)',
      ],
    ],
    [
      [CHANGE, scores(null, 5, 5)],
      [
        '6m 2015-12-04 no-baseline: 0 result, £0.00: UCLA was 5 on 2015-12-04 (window 2015-11-04 to 2016-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: there is no baseline to compare with)',
        '18m 2016-12-04 no-baseline: 0 result, £0.00: UCLA was 5 on 2016-12-04 (window 2016-11-04 to 2017-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: there is no baseline to compare with)',
      ],
    ],
    [
      [{ ...CHANGE, waves: 'last' }, scores(8, 5, 4)],
      [
        '6m 2015-12-04 not-last: 0 result, £0.00: UCLA fell from 8 to 5 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: only the last time point is paid)',
        '18m 2016-12-04 paid: 1 result, £500.00: UCLA fell from 8 to 4 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), where a change of at least 3 is paid for (R3 0 to 50000: 1 at £500.00)',
      ],
    ],
    [
      [{ ...CHANGE, waves: 'held' }, scores(8, 5, 7)],
      [
        '6m 2015-12-04 paid: 1 result, £500.00: UCLA fell from 8 to 5 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where a change of at least 3 is paid for (R3 0 to 50000: 1 at £500.00)',
        '18m 2016-12-04 not-held: 0 result, £0.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), where a change of at least 3 is paid for (R3 0 to 0: nothing payable: the earlier improvement was not held)',
      ],
    ],
    [
      [LEVEL, scores(8, 5, null)],
      [
        '6m 2015-12-04 paid: 1 result, £500.00: UCLA fell from 8 to 5 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where reaching 5 is paid for (R3 0 to 50000: 1 at £500.00)',
      ],
    ],
    [
      [LEVEL, scores(8, 6, null)],
      [
        '6m 2015-12-04 not-reached: 0 result, £0.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where reaching 5 is paid for (R3 0 to 0: nothing payable: the change or level that is paid for was not reached)',
      ],
    ],
    [
      [LEVEL, scores(5, 4, null)],
      [
        '6m 2015-12-04 not-reached: 0 result, £0.00: UCLA fell from 5 to 4 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), and 5 was reached at the baseline already, where reaching 5 is paid for (R3 0 to 0: nothing payable: the change or level that is paid for was not reached)',
      ],
    ],
    [
      [{ ...LEVEL, threshold: { ...LEVEL.threshold, notAtBaseline: false } }, scores(5, 4, null)],
      [
        '6m 2015-12-04 paid: 1 result, £500.00: UCLA fell from 5 to 4 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where reaching 5 is paid for (R3 0 to 50000: 1 at £500.00)',
      ],
    ],
    [
      [
        { ...LEVEL, threshold: { ...LEVEL.threshold, notAtBaseline: false } },
        scores(null, 4, null),
      ],
      [
        '6m 2015-12-04 paid: 1 result, £500.00: UCLA was 4 on 2015-12-04 (window 2015-11-04 to 2016-01-03), where reaching 5 is paid for (R3 0 to 50000: 1 at £500.00)',
      ],
    ],
    [
      [LEVEL, scores(null, 4, null)],
      [
        '6m 2015-12-04 no-baseline: 0 result, £0.00: UCLA was 4 on 2015-12-04 (window 2015-11-04 to 2016-01-03), where reaching 5 is paid for (R3 0 to 0: nothing payable: there is no baseline to compare with)',
      ],
    ],
    [
      [{ ...LEVEL, price: '0.00' }, scores(8, 5, null)],
      [
        '6m 2015-12-04 price-is-nil: 1 result, £0.00: UCLA fell from 8 to 5 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), where reaching 5 is paid for (R3 0 to 0: nothing payable: the result is recorded and carries no price)',
      ],
    ],
    [
      [WAVES, scores(8, 6, 7)],
      [
        '6m 2015-12-04 paid: 2 point, £1,320.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 132000: 2 at £660.00: the improvement over the baseline)',
        '18m 2016-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 66000: 1 at £660.00: the improvement over the baseline)',
      ],
    ],
    [
      [{ ...WAVES, count: 'net' }, scores(8, 9, 8)],
      [
        '6m 2015-12-04 paid: -1 point, -£660.00: UCLA rose from 8 to 9 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to -66000: -1 at £660.00: the improvement over the baseline)',
        '18m 2016-12-04 paid: 0 point, £0.00: UCLA stayed at 8 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: the improvement over the baseline)',
      ],
    ],
    [
      [WAVES, scores(8, 9, 8)],
      [
        '6m 2015-12-04 not-improved: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
        '18m 2016-12-04 not-improved: 0 point, £0.00: UCLA stayed at 8 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
      ],
    ],
    [
      [{ ...WAVES, maxPoints: '1' }, scores(8, 6, 7)],
      [
        '6m 2015-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03), counting no more than 1 (R4 0 to 66000: 1 at £660.00: the improvement over the baseline)',
        '18m 2016-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 66000: 1 at £660.00: the improvement over the baseline)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'increment' }, scores(8, 6, 5)],
      [
        '6m 2015-12-04 paid: 2 point, £1,320.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 132000: 2 at £660.00: the improvement beyond what was already paid)',
        '18m 2016-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 5 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), counting the improvement beyond what was already paid (R4 0 to 66000: 1 at £660.00: the improvement beyond what was already paid)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'increment' }, scores(8, 6, 7)],
      [
        '6m 2015-12-04 paid: 2 point, £1,320.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 132000: 2 at £660.00: the improvement beyond what was already paid)',
        '18m 2016-12-04 no-further-improvement: 0 point, £0.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: no improvement beyond what was already paid)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'increment' }, scores(8, 9, 9)],
      [
        '6m 2015-12-04 not-improved: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
        '18m 2016-12-04 not-improved: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'held' }, scores(8, 6, 6)],
      [
        '6m 2015-12-04 paid: 2 point, £1,320.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 132000: 2 at £660.00: the improvement over the baseline)',
        '18m 2016-12-04 paid: 2 point, £1,320.00: UCLA fell from 8 to 6 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 132000: 2 at £660.00: the improvement over the baseline)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'held' }, scores(8, 6, 7)],
      [
        '6m 2015-12-04 paid: 2 point, £1,320.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 132000: 2 at £660.00: the improvement over the baseline)',
        '18m 2016-12-04 not-held: 0 point, £0.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: the earlier improvement was not held)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'held' }, scores(8, 9, 7)],
      [
        '6m 2015-12-04 not-improved: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
        '18m 2016-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 66000: 1 at £660.00: the improvement over the baseline)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'average' }, scores(8, 6, 7)],
      [
        '6m 2015-12-04 not-last: 0 point, £0.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: it counts in the mean paid at the last)',
        '18m 2016-12-04 paid: 1.5 point, £990.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), counting the mean of the improvements at all time points (R4 0 to 99000: 1.5 at £660.00: the mean of the improvements at all time points)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'average' }, scores(8, 9, 9)],
      [
        '6m 2015-12-04 not-last: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: it counts in the mean paid at the last)',
        '18m 2016-12-04 not-improved: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'average' }, scores(8, null, 6)],
      [
        '6m 2016-01-03 missed: 0 point, £0.00: No UCLA measurement at 6 months (window 2015-11-04 to 2016-01-03) (R4 0 to 0: nothing payable: the window closed without a measurement)',
        '18m 2016-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 6 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03), counting the mean of the improvements at all time points (R4 0 to 66000: 1 at £660.00: the mean of the improvements at all time points)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'last' }, scores(8, 6, 7)],
      [
        '6m 2015-12-04 not-last: 0 point, £0.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: only the last time point pays)',
        '18m 2016-12-04 paid: 1 point, £660.00: UCLA fell from 8 to 7 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 66000: 1 at £660.00: the improvement over the baseline)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'last' }, scores(8, 6, 9)],
      [
        '6m 2015-12-04 not-last: 0 point, £0.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: only the last time point pays)',
        '18m 2016-12-04 not-improved: 0 point, £0.00: UCLA rose from 8 to 9 between 2015-06-04 and 2016-12-04 (window 2016-11-04 to 2017-01-03) (R4 0 to 0: 0 at £660.00: not improved)',
      ],
    ],
    [
      [{ ...WAVES, waves: 'last' }, scores(8, 6, null)],
      [
        '6m 2015-12-04 not-last: 0 point, £0.00: UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-04 (window 2015-11-04 to 2016-01-03) (R4 0 to 0: 0 at £660.00: only the last time point pays)',
        '18m 2017-01-03 missed: 0 point, £0.00: No UCLA measurement at 18 months (window 2016-11-04 to 2017-01-03) (R4 0 to 0: nothing payable: the window closed without a measurement)',
      ],
    ],
    [
      [WEEKS, [care('2015-06-04', '2015-06-25')]],
      [
        'horizon 2015-08-12 paid: 2 week, £866.00: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks against 5 weeks expected (R9 0 to 86600: 2 weeks avoided)',
      ],
    ],
    [
      [WEEKS, [care('2015-06-04', '2015-06-26')]],
      [
        'horizon 2015-08-12 paid: 1 week, £433.00: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks and 1 day against 5 weeks expected (R9 0 to 43300: 1 week avoided)',
      ],
    ],
    [
      [{ ...WEEKS, partUnits: 'exact' }, [care('2015-06-04', '2015-06-26')]],
      [
        'horizon 2015-08-12 paid: 13/7 week, £804.14: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks and 1 day against 5 weeks expected (R9 0 to 562900/7: 1 week and 6 days avoided)',
      ],
    ],
    [
      [WEEKS, [care('2015-06-04')]],
      [
        'horizon 2015-08-12 nothing-avoided: 0 week, £0.00: Weeks in care from 2015-06-04 to 2015-08-12: 10 weeks against 5 weeks expected (R9 0 to 0: nothing payable: no time was avoided against what it is compared with)',
      ],
    ],
    [
      [{ ...WEEKS, count: 'net' }, [care('2015-06-04', '2015-07-16')]],
      [
        'horizon 2015-08-12 paid: -1 week, -£433.00: Weeks in care from 2015-06-04 to 2015-08-12: 6 weeks against 5 weeks expected (R9 0 to -43300: 1 week more than expected)',
      ],
    ],
    [
      [WEEKS, [care('2015-06-04', '2015-07-09')]],
      [
        'horizon 2015-08-12 nothing-avoided: 0 week, £0.00: Weeks in care from 2015-06-04 to 2015-08-12: 5 weeks against 5 weeks expected (R9 0 to 0: nothing payable: no time was avoided against what it is compared with)',
      ],
    ],
    [
      [{ ...WEEKS, exits: 'count-as-avoided' }, [care('2015-06-04', '2015-06-25')], left],
      [
        'horizon 2015-08-12 paid: 2 week, £866.00: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks against 5 weeks expected, left on 2015-07-16 (R9 0 to 86600: 2 weeks avoided)',
      ],
    ],
    [
      [{ ...WEEKS, exits: 'stop-counting' }, [care('2015-06-04', '2015-06-25')], left],
      [
        'horizon 2015-07-15 nothing-avoided: 0 week, £0.00: Weeks in care from 2015-06-04 to 2015-07-15: 3 weeks against 3 weeks expected, left on 2015-07-16 (R9 0 to 0: nothing payable: no time was avoided against what it is compared with)',
      ],
    ],
    [
      [{ ...WEEKS, exits: 'exclude' }, [care('2015-06-04', '2015-06-25')], left],
      [
        'horizon 2015-08-12 left-early: 0 week, £0.00: Weeks in care from 2015-06-04 to 2015-08-12, left on 2015-07-16 (R9 0 to 0: nothing payable: the participant left before the time that is compared was over)',
      ],
    ],
    [
      [{ ...WEEKS, accrue: 'each-period' }, [care('2015-06-04', '2015-06-25')]],
      [
        '2015-Q2 2015-06-30 nothing-avoided: 0 week, £0.00: Weeks in care from 2015-06-04 to 2015-06-30: 3 weeks against 1 week and 6.5 days expected (R9 0 to 0: nothing payable: no time was avoided against what it is compared with)',
        '2015-Q3 2015-08-12 paid: 2 week, £866.00: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks against 5 weeks expected (R9 0 to 86600: 2 weeks avoided)',
      ],
    ],
    [
      [{ ...WEEKS, accrue: 'each-period', count: 'net' }, [care('2015-07-01', '2015-08-13')]],
      [
        '2015-Q2 2015-06-30 paid: 1 week, £433.00: Weeks in care from 2015-06-04 to 2015-06-30: 0 weeks against 1 week and 6.5 days expected (R9 0 to 43300: 1 week avoided)',
        '2015-Q3 2015-08-12 paid: -2 week, -£866.00: Weeks in care from 2015-06-04 to 2015-08-12: 6 weeks and 1 day against 5 weeks expected (R9 0 to -86600: 2 weeks less than was counted before)',
      ],
    ],
    [
      [
        { ...WEEKS, against: { type: 'attribute', attribute: 'expected' } },
        [care('2015-06-04', '2015-06-25')],
        { attributes: { expected: 4 } },
      ],
      [
        'horizon 2015-08-12 paid: 1 week, £433.00: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks against 4 weeks expected (R9 0 to 43300: 1 week avoided)',
      ],
    ],
    [
      [
        { ...WEEKS, against: { type: 'attribute', attribute: 'expected' } },
        [care('2015-06-04', '2015-06-25')],
      ],
      [
        'horizon 2015-08-12 no-baseline: 0 week, £0.00: Weeks in care from 2015-06-04 to 2015-08-12 (R9 0 to 0: nothing payable: there is no baseline to compare with)',
      ],
    ],
    [
      [
        { ...WEEKS, against: { type: 'effect', metric: 'controls' } },
        [care('2015-06-04', '2015-06-25')],
      ],
      [
        'horizon 2015-08-12 paid: 57 week, £24,681.00: Weeks in care from 2015-06-04 to 2015-08-12: 3 weeks against 60 weeks expected (R9 0 to 2468100: 57 weeks avoided)',
      ],
    ],
    [
      [
        { ...WEEKS, unit: 'day', against: { type: 'effect', metric: 'controls' } },
        [care('2015-06-04', '2015-06-25')],
      ],
      [
        'horizon 2015-08-12 paid: 39 day, £16,887.00: Weeks in care from 2015-06-04 to 2015-08-12: 21 days against 60 days expected (R9 0 to 1688700: 39 days avoided)',
      ],
    ],
    [
      [
        MENU,
        [],
        {},
        [above('1', '2015-06-10'), above('2', '2015-07-01'), above('3', '2015-08-01')],
      ],
      [
        'met 2015-08-01 paid: 1 result, £1,000.00: By 2015-08-01 3 of 3 conditions had been met (clause 1 on 2015-06-10, clause 2 on 2015-07-01, clause 3 on 2015-08-01), where 3 are needed (R10 0 to 100000: 1 result at £1,000.00)',
      ],
    ],
    [
      [
        { ...MENU, withinMonths: 6 },
        [],
        {},
        [above('1', '2015-06-10'), above('2', '2015-07-01'), above('3', '2015-08-01')],
      ],
      [
        'met 2015-08-01 paid: 1 result, £1,000.00: By 2015-08-01 3 of 3 conditions had been met (clause 1 on 2015-06-10, clause 2 on 2015-07-01, clause 3 on 2015-08-01), where 3 are needed within 6 months of each other (R10 0 to 100000: 1 result at £1,000.00)',
      ],
    ],
    [
      [{ ...MENU, need: 'any', price: '0.00', unit: 'family' }, [], {}, [above('2', '2015-07-01')]],
      [
        'met 2015-07-01 price-is-nil: 1 family, £0.00: By 2015-07-01 1 of 3 conditions had been met (clause 2 on 2015-07-01), where 1 is needed (R10 0 to 0: 1 family at £0.00)',
      ],
    ],
    [
      [
        { ...MENU, need: 2, withinMonths: 1 },
        [],
        {},
        [above('1', '2015-06-10'), above('2', '2015-07-11')],
      ],
      [
        'not-met 2015-08-11 condition-not-met: 0 result, £0.00: By 2015-08-11 2 of 3 conditions had been met (clause 1 on 2015-06-10, clause 2 on 2015-07-11), where 2 are needed within 1 month of each other (R10 0 to 0: nothing payable: too few of the conditions were met)',
      ],
    ],
    [
      [
        { ...MENU, need: 2, withinMonths: 1 },
        [],
        {},
        [above('1', '2015-06-10'), above('2', '2015-07-10')],
      ],
      [
        'met 2015-07-10 paid: 1 result, £1,000.00: By 2015-07-10 2 of 3 conditions had been met (clause 1 on 2015-06-10, clause 2 on 2015-07-10), where 2 are needed within 1 month of each other (R10 0 to 100000: 1 result at £1,000.00)',
      ],
    ],
    [
      [FEE],
      [
        'fee 2015-06-04 paid: 1 fee, £3,200.00: Attachment fee for the start on 2015-06-04 (R12 0 to 320000: 1 fee at £3,200.00)',
      ],
    ],
    [
      [{ ...FEE, schedule: { ...FEE.schedule, when: 'months', months: 1 } }],
      [
        'fee 2015-07-04 paid: 1 fee, £3,200.00: Attachment fee for being enrolled on 2015-07-04, 1 month after the start (R12 0 to 320000: 1 fee at £3,200.00)',
      ],
    ],
    [
      [{ ...FEE, schedule: { ...FEE.schedule, when: 'months', months: 3 } }, [], left],
      [
        'fee 2015-09-04 not-sustained: 0 fee, £0.00: Attachment fee due on 2015-09-04, after leaving on 2015-07-16 (R12 0 to 0: nothing payable: it did not last as long as the milestone asks)',
      ],
    ],
    [
      [{ ...FEE, schedule: { ...FEE.schedule, when: 'exit' } }, [], left],
      [
        'fee 2015-07-16 paid: 1 fee, £3,200.00: Attachment fee for leaving on 2015-07-16 (R12 0 to 320000: 1 fee at £3,200.00)',
      ],
    ],
    [
      [{ ...FEE, schedule: { ...FEE.schedule, amount: '0.00' } }],
      [
        'fee 2015-06-04 price-is-nil: 1 fee, £0.00: Attachment fee for the start on 2015-06-04 (R12 0 to 0: 1 fee at £0.00)',
      ],
    ],
  ])('case %#', (given, lines) => expect(told(...given)).toEqual(lines));
});
