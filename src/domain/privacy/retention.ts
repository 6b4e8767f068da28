import { addMonths, type CivilDate, type MonthRule } from '../calendar/civil-date.js';

/** When a participant was involved, as far as retention asks. */
export interface Involvement {
  /** Last day of service; null while it lasts. */
  readonly exitedOn: CivilDate | null;
  /** First day after the contract. */
  readonly contractEndsOn: CivilDate;
}

/**
 * The first day on which direct identifiers may no longer be held: the retention period, in months by the rule of the
 * terms, from the end of involvement, which is the exit or, for whoever never left or left later, the contract's end.
 */
export function eraseOn(
  { exitedOn, contractEndsOn }: Involvement,
  months: number,
  rule: MonthRule,
): CivilDate {
  const end = exitedOn !== null && exitedOn < contractEndsOn ? exitedOn : contractEndsOn;
  return addMonths(end, months, rule);
}
