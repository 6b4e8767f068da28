import { addDays, civilDate, daysBetween, type CivilDate } from '../calendar/civil-date.js';
import { formatFraction, fraction, ONE, ZERO } from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { dayAfter, daysOf, lengthInWords } from '../outcomes/length.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import { evidenceOf, type ParticipantFacts } from '../outcomes/participant-facts.js';
import { spellsOf, without, type ClosedSpan, type Span, type Spell } from '../outcomes/spells.js';
import type { ClauseContext } from './mechanism.js';
import type { Rung, SustainmentLadder } from './sustainment-ladder.schema.js';

/** How far a participant has come: the next rung, and the days that earlier spells bring to it. */
interface Climb {
  rung: number;
  carried: number;
}

/** A ladder opened for one computation: which rungs each participant has reached, and where spells fell short. */
export class Ladder {
  private readonly apart: readonly ClosedSpan[];
  private readonly label: string;
  private readonly prices: ReadonlyMap<Rung, bigint>;

  constructor(
    private readonly rule: SustainmentLadder,
    private readonly context: ClauseContext,
  ) {
    this.apart = rule.notCounted.map(({ from, to }) => ({
      from: civilDate(from),
      to: civilDate(to),
    }));
    this.label = context.metrics.get(rule.metric)?.label ?? rule.metric;
    this.prices = new Map(
      rule.rungs.map((rung) => [rung, parseMoney(rung.price, context.currency).minor]),
    );
  }

  climb(facts: ParticipantFacts): Outcome[] {
    const { rule, apart } = this;
    const { toleranceDays } = rule;
    const outcomes: Outcome[] = [];
    const climb: Climb = { rung: 0, carried: 0 };
    const latest = this.latestStart(facts);
    for (const spell of spellsOf(facts, rule.metric, { toleranceDays, apart })) {
      const next = rule.rungs[climb.rung];
      if (next === undefined) break;
      if (latest !== null && spell.from > latest) outcomes.push(this.late(next, spell, latest));
      else outcomes.push(...this.during(spell, climb));
    }
    return outcomes;
  }

  /** The rungs reached in one spell, and the refusal of the next where the spell ended before it. */
  private during(spell: Spell, climb: Climb): Outcome[] {
    const { rungs, onBreak, openSpells } = this.rule;
    const to = spell.to ?? (openSpells === 'wait' ? spell.knownTo : null);
    const counted = without({ from: spell.from, to }, this.apart);
    const outcomes: Outcome[] = [];
    for (; climb.rung < rungs.length; climb.rung += 1) {
      const rung = rungs[climb.rung]!;
      const on = this.reachedOn(rung, { from: spell.from, to }, counted, climb.carried);
      if (on === null) break;
      outcomes.push(this.reached(rung, spell, on));
    }
    const next = rungs[climb.rung];
    if (next === undefined || spell.to === null) return outcomes;
    if (onBreak === 'cumulative')
      climb.carried += counted.reduce((days, { from, to }) => days + daysBetween(from, to!), 0);
    return [...outcomes, this.short(next, spell, spell.to, climb.carried)];
  }

  /** The day on which a spell has lasted as long as a rung asks; null where it has not. */
  private reachedOn(
    rung: Rung,
    { from, to }: Span,
    counted: readonly Span[],
    carried: number,
  ): CivilDate | null {
    const days = daysOf(rung);
    if (days === null) {
      const on = dayAfter(from, rung, this.context.months);
      return to === null || on <= to ? on : null;
    }
    let left = days - carried;
    for (const span of counted) {
      const on = addDays(span.from, left);
      if (span.to === null || on <= span.to) return on;
      left -= daysBetween(span.from, span.to);
    }
    return null;
  }

  private latestStart({ startedOn }: ParticipantFacts): CivilDate | null {
    const { latestStart, latestStartOn } = this.rule;
    const days = [
      ...(latestStartOn === undefined ? [] : [civilDate(latestStartOn)]),
      ...(latestStart === undefined ? [] : [dayAfter(startedOn, latestStart, this.context.months)]),
    ];
    return days.sort()[0] ?? null;
  }

  private reached(rung: Rung, spell: Spell, on: CivilDate): Outcome {
    const isEntry = daysOf(rung) === 0;
    const inAll = this.rule.onBreak === 'cumulative' ? ' in all' : '';
    return this.outcome(rung, spell, {
      occurrence: rung.id,
      outcomeOn: on,
      reason: null,
      finding: isEntry
        ? `"${this.label}" began on ${on}`
        : `"${this.label}", begun on ${spell.from}, had lasted ${lengthInWords(rung)}${inAll} on ${on}`,
    });
  }

  private short(rung: Rung, spell: Spell, ended: CivilDate, carried: number): Outcome {
    const inAll =
      this.rule.onBreak === 'cumulative' ? ` (${lengthInWords({ days: carried })} in all)` : '';
    return this.outcome(rung, spell, {
      occurrence: `${rung.id}/${spell.from}`,
      outcomeOn: ended,
      reason: 'not-sustained',
      finding: `"${this.label}", begun on ${spell.from}, had ended by ${ended}${inAll}, before ${rung.label}`,
    });
  }

  private late(rung: Rung, spell: Spell, latest: CivilDate): Outcome {
    return this.outcome(rung, spell, {
      occurrence: `${rung.id}/${spell.from}`,
      outcomeOn: spell.from,
      reason: 'started-too-late',
      finding: `"${this.label}" began on ${spell.from}, after ${latest}`,
    });
  }

  private outcome(
    rung: Rung,
    { records }: Spell,
    found: Pick<Outcome, 'occurrence' | 'outcomeOn' | 'finding'> & { reason: Reason | null },
  ): Outcome {
    const { clause, currency } = this.context;
    const rateMinor = this.prices.get(rung)!;
    const exactMinor = found.reason === null ? fraction(rateMinor) : ZERO;
    return {
      clause,
      metric: this.rule.metric,
      ...found,
      quantity: found.reason === null ? ONE : ZERO,
      unit: 'milestone',
      rateMinor,
      exactMinor,
      cutMinor: ZERO,
      reason: found.reason ?? (rateMinor === 0n ? 'price-is-nil' : null),
      steps: [
        {
          step: 'R2',
          before: '0',
          after: formatFraction(exactMinor),
          why:
            found.reason === null
              ? `${rung.label} at ${formatMoney(money(rateMinor, currency))}`
              : nothingPayable(found.reason),
        },
      ],
      evidence: records.map(evidenceOf),
    };
  }
}
