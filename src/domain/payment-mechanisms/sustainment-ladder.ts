import { addDays, civilDate } from '../calendar/civil-date.js';
import { dateInWords } from '../calendar/date-in-words.js';
import { formatMoney, parseMoney } from '../money/money.js';
import { daysOf, lengthInWords } from '../outcomes/length.js';
import { labelOf } from '../outcomes/wording.js';
import { perParticipant, type Mechanism } from './mechanism.js';
import { Ladder } from './sustainment-ladder.climb.js';
import { ladderProblems } from './sustainment-ladder.problems.js';
import { sustainmentLadderSchema, type SustainmentLadder } from './sustainment-ladder.schema.js';

export { sustainmentLadderSchema };

/**
 * R2, sustainment ladder: a spell (a tenancy, a job) is paid for at each length that it lasts, on the corresponding date.
 * Each rung once for a participant, and only after the one below it. A break longer than the tolerance starts the clock
 * again, so that the next rung needs its whole length in the new spell while what was reached stays; or the days of all
 * spells add up. Days before the participant's start never count. Pounds are capped by modifiers and caps, not here.
 * Refused, each with its line: a spell that ended before the next rung, and one that began too late.
 */
export const sustainmentLadder: Mechanism<SustainmentLadder> = {
  schema: sustainmentLadderSchema,
  pays: 'outcomes',
  level: () => 'participant',

  inWords(rule, { currency, metrics }) {
    const rungs = rule.rungs.map((rung) => {
      const when = daysOf(rung) === 0 ? 'at the start' : `after ${lengthInWords(rung)}`;
      return `${formatMoney(parseMoney(rung.price, currency))} ${when}`;
    });
    const gap =
      rule.toleranceDays === 0
        ? 'any break'
        : `a break of more than ${lengthInWords({ days: rule.toleranceDays })}`;
    const starts = [
      ...(rule.latestStartOn === undefined ? [] : [`by ${dateInWords(rule.latestStartOn)}`]),
      ...(rule.latestStart === undefined
        ? []
        : [`within ${lengthInWords(rule.latestStart)} of the start`]),
    ];
    return [
      `pays each participant for ${labelOf(rule.metric, metrics)}, once for each step: ${rungs.join(', ')}`,
      rule.onBreak === 'restart'
        ? `${gap} starts the clock again`
        : `days before and after ${gap} add up`,
      rule.openSpells === 'count'
        ? 'a spell without an end counts as lasting'
        : 'a spell without an end counts as far as a later record of it shows',
      ...(starts.length === 0 ? [] : [`it must begin ${starts.join(' and ')}`]),
      ...rule.notCounted.map(
        ({ label, from, to }) =>
          `${label} (${dateInWords(from)} to ${dateInWords(addDays(civilDate(to), -1))}) is not counted`,
      ),
    ].join('; ');
  },

  metrics: (rule) => [rule.metric],
  problems: ladderProblems,
  open: (rule, context) => {
    const ladder = new Ladder(rule, context);
    return perParticipant((facts) => ladder.climb(facts));
  },
};
