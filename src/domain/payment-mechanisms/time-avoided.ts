import { addDays, daysBetween, type CivilDate } from '../calendar/civil-date.js';
import {
  formatFraction,
  fraction,
  isPositive,
  max,
  multiply,
  negate,
  subtract,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { nothingPayable } from '../outcomes/reasons.js';
import { lengthInWords } from '../outcomes/length.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import { evidenceOf, type ParticipantFacts } from '../outcomes/participant-facts.js';
import { daysWithin, spellsOf, type Spell } from '../outcomes/spells.js';
import { perParticipant, type ClauseContext, type Mechanism } from './mechanism.js';
import { expectedOf, type Expected } from './time-avoided.baseline.js';
import { horizonOf, type Horizon, type Slice } from './time-avoided.horizon.js';
import { timeAvoidedProblems } from './time-avoided.problems.js';
import { nameOf } from '../outcomes/eligibility.js';
import { labelOf } from '../outcomes/wording.js';
import { timeInWords, unitsInWords } from './time-avoided.units.js';
import { timeAvoidedSchema, type TimeAvoided } from './time-avoided.schema.js';

export { timeAvoidedSchema };

/**
 * R9, time avoided: the days of a spell (in care, in custody) that a participant had over a horizon from the start, set
 * against what there would have been; each day or week fewer is paid at a rate. Paid once on the horizon's last day, or
 * in each period as much as that period adds to the running total, the baseline spread evenly over the horizon: the parts
 * sum exactly to the whole however periods are cut, and a later period takes back what an earlier one paid too much.
 * Refused, each with its line: nothing avoided, no baseline or control result, and leaving early where the terms say so.
 */
export const timeAvoided: Mechanism<TimeAvoided> = {
  schema: timeAvoidedSchema,
  pays: 'outcomes',
  level: () => 'participant',
  nets: ({ count, accrue }) => count === 'net' || accrue === 'each-period',

  inWords(rule, { currency, metrics, attributes }) {
    const { against, unit } = rule;
    const baseline = {
      fixed: () => unitsInWords((against as { units: string }).units, unit),
      attribute: () =>
        `the participant's ${nameOf((against as { attribute: string }).attribute, attributes)}`,
      effect: () => labelOf((against as { metric: string }).metric, metrics),
    }[against.type]();
    return [
      `pays ${formatMoney(parseMoney(rule.rate, currency))} for each ${unit} of ${labelOf(rule.metric, metrics)} avoided ` +
        `against ${baseline} over ${lengthInWords(rule.horizon)} from the start`,
      rule.partUnits === 'whole' ? `whole ${unit}s only` : `parts of a ${unit} count`,
      rule.count === 'floored'
        ? 'a person who had more counts as nought'
        : 'a person who had more counts against the others',
      rule.accrue === 'at-horizon' ? 'once, on the last day' : 'in each period what it adds',
      EXITS_IN_WORDS[rule.exits],
    ].join('; ');
  },

  metrics: ({ metric, against }) =>
    against.type === 'effect' ? [metric, against.metric] : [metric],
  problems: timeAvoidedProblems,
  open: (rule, context) => {
    const reckoner = new TimeReckoner(rule, context);
    return perParticipant((facts) => reckoner.weigh(facts));
  },
};

const EXITS_IN_WORDS = {
  'count-as-avoided': 'after a participant has left, the rest counts as avoided',
  'stop-counting': 'counting stops when a participant leaves',
  exclude: 'a participant who leaves early is left out',
} as const;

class TimeReckoner {
  private readonly rateMinor: bigint;
  private readonly label: string;

  constructor(
    private readonly rule: TimeAvoided,
    private readonly context: ClauseContext,
  ) {
    this.rateMinor = parseMoney(rule.rate, context.currency).minor;
    this.label = context.metrics.get(rule.metric)?.label ?? rule.metric;
  }

  weigh(facts: ParticipantFacts): Outcome[] {
    const horizon = horizonOf(facts, this.rule, this.context);
    const expected = expectedOf(facts, this.rule.against, this.context.record);
    const spells = spellsOf(facts, this.rule.metric);
    const leaves = this.rule.exits === 'exclude' && horizon.leftOn !== null;
    const reason = leaves ? 'left-early' : expected.reason;
    let before = ZERO;
    return horizon.slices.map((slice) => {
      if (reason !== null || expected.units === null)
        return this.refused(horizon, slice, expected, reason ?? 'no-baseline');
      const found = this.avoidedBy(slice.to, horizon, expected.units, spells);
      const added = subtract(found.paid, before);
      before = found.paid;
      return this.outcome(slice, added, {
        reason: added.numerator === 0n ? 'nothing-avoided' : null,
        finding: this.findingOf(horizon, slice, found),
        evidence: [
          ...spells.flatMap((spell) => recordsBefore(spell, earlier(slice.to, horizon.freeFrom))),
          ...expected.evidence,
        ],
      });
    });
  }

  /** What has been avoided from the start up to a day, and how much of it is paid. */
  private avoidedBy(
    day: CivilDate,
    horizon: Horizon,
    units: Fraction,
    spells: readonly Spell[],
  ): { paid: Fraction; expected: Fraction; had: Fraction } {
    const { unit, partUnits, count } = this.rule;
    const held = daysWithin(spells, horizon.from, earlier(day, horizon.freeFrom));
    const had = fraction(BigInt(held), unit === 'week' ? 7n : 1n);
    const elapsed = fraction(BigInt(daysBetween(horizon.from, day)), BigInt(horizon.days));
    const expected = multiply(units, elapsed);
    const avoided = subtract(expected, had);
    const exact = count === 'floored' ? max(ZERO, avoided) : avoided;
    const paid = partUnits === 'whole' ? fraction(exact.numerator / exact.denominator) : exact;
    return { paid, expected, had };
  }

  private findingOf(
    horizon: Horizon,
    slice: Slice,
    { expected, had }: { expected: Fraction; had: Fraction },
  ): string {
    const span = `from ${horizon.from} to ${addDays(slice.to, -1)}`;
    const left = horizon.leftOn === null ? '' : `, left on ${horizon.leftOn}`;
    return (
      `${this.label} ${span}: ${this.inUnits(had)} against ${this.inUnits(expected)} expected` +
      left
    );
  }

  private refused(horizon: Horizon, slice: Slice, expected: Expected, reason: Reason): Outcome {
    const left = reason === 'left-early' ? `, left on ${horizon.leftOn}` : '';
    return this.outcome(slice, ZERO, {
      reason,
      finding: `${this.label} from ${horizon.from} to ${addDays(slice.to, -1)}${left}`,
      evidence: expected.evidence,
    });
  }

  private outcome(
    slice: Slice,
    units: Fraction,
    found: Pick<Outcome, 'reason' | 'finding' | 'evidence'>,
  ): Outcome {
    const { clause, currency } = this.context;
    const { metric, unit } = this.rule;
    const exactMinor = multiply(units, fraction(this.rateMinor));
    return {
      clause,
      metric,
      occurrence: slice.id,
      outcomeOn: addDays(slice.to, -1),
      quantity: units,
      unit,
      rateMinor: this.rateMinor,
      exactMinor,
      cutMinor: ZERO,
      ...found,
      reckoning: `${this.inUnits(units)} avoided at ${formatMoney(money(this.rateMinor, currency))}`,
      steps: [
        {
          step: 'R9',
          before: '0',
          after: formatFraction(exactMinor),
          why: found.reason !== null ? nothingPayable(found.reason) : this.effectOf(units),
        },
      ],
    };
  }

  /** What was avoided; or, of a net count, by how much more there was than expected, or than a period before had it. */
  private effectOf(units: Fraction): string {
    if (isPositive(units)) return `${this.inUnits(units)} avoided`;
    const atOnce = this.rule.accrue === 'at-horizon';
    return `${this.inUnits(negate(units))} ${atOnce ? 'more than expected' : 'less than was counted before'}`;
  }

  private inUnits(units: Fraction): string {
    return timeInWords(units, this.rule.unit);
  }
}

const earlier = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);

const recordsBefore = ({ records }: Spell, day: CivilDate): string[] =>
  records.filter(({ measuredOn }) => measuredOn < day).map(evidenceOf);
