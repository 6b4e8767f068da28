import { addDays, addMonths, type CivilDate, type MonthRule } from '../calendar/civil-date.js';
import { fraction, multiply, type Fraction } from '../money/fraction.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';

export type Arm = 'treated' | 'comparison';

/** What an arm comes to: how many count in it, and its level or mean improvement; null where nobody counts. */
export interface ArmValue {
  readonly n: bigint;
  readonly value: Fraction | null;
}

/** How one kind of count gathers the arms of each cohort. */
export interface OpenArms {
  readonly label: string;
  add(cohort: string, arm: Arm, facts: ParticipantFacts, counts: boolean): void;
  of(cohort: string, arm: Arm): ArmValue;
  /** The day by which a participant who started on a day has been followed to the end. */
  settledOn(startedOn: CivilDate): CivilDate;
  /** How much better the treated are; positive for better. */
  better(treated: Fraction, comparison: Fraction): Fraction;
  /** "0.75 events for each participant". */
  inWords(value: Fraction): string;
  evidence(cohort: string): readonly string[];
  followUp(cohort: string): FollowUpCounts | null;
}

/** The last day of so many months from a start. */
export const lastDayOf = (startedOn: CivilDate, months: number, rule: MonthRule): CivilDate =>
  addDays(addMonths(startedOn, months, rule), -1);

/** So many for each of so many, times a scale; null where there is nobody. */
export const perOne = (total: bigint, of: bigint, scale = 1n): Fraction | null =>
  of === 0n ? null : multiply(fraction(total, of), fraction(scale));

/** One record for each key, made when it is first asked for. */
export class Places<T> {
  private readonly byKey = new Map<string, T>();

  constructor(private readonly make: () => T) {}

  at(...key: readonly string[]): T {
    const name = key.join('|');
    const known = this.byKey.get(name);
    if (known !== undefined) return known;
    const made = this.make();
    this.byKey.set(name, made);
    return made;
  }
}
