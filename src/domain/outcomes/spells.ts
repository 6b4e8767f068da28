import { addDays, daysBetween, type CivilDate } from '../calendar/civil-date.js';
import type { Observation, ParticipantFacts } from './participant-facts.js';

/** Days in a row, half-open: `to` is the first day after; null while it lasts. */
export interface Span {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}
export type ClosedSpan = Span & { readonly to: CivilDate };

/** A spell as a rule sees it, however many records tell of it. */
export interface Spell extends Span {
  /** The first day after what the records show by themselves: an end, or the day on which a later record begins. */
  readonly knownTo: CivilDate;
  /** The records that make it up, in the order in which they begin. */
  readonly records: readonly Observation[];
}

/** How records of spells are put together. */
export interface SpellRules {
  /** A gap of so many days or fewer does not break a spell. */
  readonly toleranceDays: number;
  /** Days that do not count, neither to a spell nor to a gap. */
  readonly apart: readonly ClosedSpan[];
}

const STRICT: SpellRules = { toleranceDays: 0, apart: [] };

/**
 * A participant's spells of one metric, in order, none touching another. Records that overlap or adjoin are one spell,
 * and so are records with a tolerated gap between them, the gap included; what lay before the participant's start does
 * not count. A spell that lasts has no end: what follows from its lasting until a later day is dated on that day, so
 * nothing is posted for it before the period of that day has come.
 */
export function spellsOf(
  { observations, startedOn }: Pick<ParticipantFacts, 'observations' | 'startedOn'>,
  metric: string,
  rules = STRICT,
): Spell[] {
  const spells: Spell[] = [];
  for (const record of recordsOf(observations, metric, startedOn)) {
    const from = record.measuredOn < startedOn ? startedOn : record.measuredOn;
    const knownTo = record.endedOn ?? addDays(from, 1);
    const last = spells.at(-1);
    if (last === undefined || isBroken(last.to, from, rules))
      spells.push({ from, to: record.endedOn, knownTo, records: [record] });
    else
      spells[spells.length - 1] = {
        from: last.from,
        to: laterEnd(last.to, record.endedOn),
        knownTo: knownTo > last.knownTo ? knownTo : last.knownTo,
        records: [...last.records, record],
      };
  }
  return spells;
}

/** How many days of the spells lie from one day up to another. */
export const daysWithin = (spells: readonly Span[], from: CivilDate, to: CivilDate): number =>
  spells.reduce((days, spell) => {
    const first = spell.from > from ? spell.from : from;
    const after = spell.to !== null && spell.to < to ? spell.to : to;
    return first < after ? days + daysBetween(first, after) : days;
  }, 0);

/** What is left of a span when other spans are taken out of it, in order. */
export function without(span: Span, apart: readonly ClosedSpan[]): Span[] {
  let left: Span[] = [span];
  for (const out of apart)
    left = left.flatMap(({ from, to }) => {
      if ((to !== null && to <= out.from) || out.to <= from) return [{ from, to }];
      const before = from < out.from ? [{ from, to: out.from }] : [];
      return to === null || out.to < to ? [...before, { from: out.to, to }] : before;
    });
  return left;
}

/** Records that say something happened on or after the participant's start, in the order in which they begin. */
const recordsOf = (
  observations: readonly Observation[],
  metric: string,
  startedOn: CivilDate,
): Observation[] =>
  observations
    .filter(
      (o) =>
        o.metric === metric &&
        o.status === 'recorded' &&
        (o.endedOn === null || o.endedOn > startedOn),
    )
    .sort((a, b) =>
      a.measuredOn !== b.measuredOn
        ? a.measuredOn < b.measuredOn
          ? -1
          : 1
        : a.occurrence < b.occurrence
          ? -1
          : 1,
    );

/** Whether the days between an end and a beginning, those apart left out, are more than the gap that is tolerated. */
function isBroken(end: CivilDate | null, from: CivilDate, { toleranceDays, apart }: SpellRules) {
  if (end === null || from <= end) return false;
  const gap = without({ from: end, to: from }, apart);
  return daysWithin(gap, end, from) > toleranceDays;
}

const laterEnd = (a: CivilDate | null, b: CivilDate | null): CivilDate | null =>
  a === null || b === null ? null : a > b ? a : b;
