import type { FollowUpCounts } from './follow-up-counts.js';
import type { Outcome, Reason } from './outcome.js';

type Mutable = { -readonly [Count in keyof FollowUpCounts]: FollowUpCounts[Count] };

const none = (): Mutable => ({
  due: 0,
  measured: 0,
  late: 0,
  missed: 0,
  declined: 0,
  couldNotCollect: 0,
  excluded: 0,
});

/** What a reason says of the measurement behind an outcome; a reason that is not listed says that it was measured. */
const COUNTED_AS: Readonly<Partial<Record<Reason, keyof FollowUpCounts>>> = {
  missed: 'missed',
  declined: 'declined',
  'could-not-collect': 'couldNotCollect',
  'outside-window': 'late',
  'no-baseline': 'missed',
  'baseline-outside-window': 'late',
};

/** Under which of the counts an outcome falls, going by its reason. */
export const countedAs = (reason: Reason | null): keyof FollowUpCounts =>
  reason === 'ineligible' ? 'excluded' : ((reason && COUNTED_AS[reason]) ?? 'measured');

/**
 * Counts who was due and who was measured, by cohort and time point, from the outcomes of a rule that pays on scores.
 * Every due follow-up has its outcome, so the reasons of the outcomes say all that there is to count.
 */
export class FollowUpTally {
  private readonly byPlace = new Map<string, Mutable>();

  add(cohort: string, outcome: Pick<Outcome, 'occurrence' | 'reason'>, counts: boolean): void {
    const place = this.place(cohort, outcome.occurrence);
    if (!counts) {
      place.excluded += 1;
      return;
    }
    place.due += 1;
    const counted = outcome.reason === null ? undefined : COUNTED_AS[outcome.reason];
    place[counted ?? 'measured'] += 1;
  }

  of(cohort: string, occurrence: string): FollowUpCounts {
    return this.byPlace.get(`${cohort}|${occurrence}`) ?? none();
  }

  private place(cohort: string, occurrence: string): Mutable {
    const key = `${cohort}|${occurrence}`;
    const known = this.byPlace.get(key);
    if (known !== undefined) return known;
    const made = none();
    this.byPlace.set(key, made);
    return made;
  }
}
