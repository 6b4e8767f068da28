import type { CivilDate } from '../calendar/civil-date.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Edition, Weighed } from './accounts.js';
import { outcomeKey } from './posted-outcomes.js';

/** What the editions, asked one after another, find for one subject. */
export class Found {
  readonly kept = new Map<string, Weighed>();
  /** What an edition would decide only after it has ended, and when. */
  private readonly postponed = new Map<string, CivilDate>();

  /** Keeps an outcome if its edition decides for its day. */
  see(edition: Edition, outcome: Outcome): void {
    const { from, to } = edition;
    const { outcomeOn } = outcome;
    if (from <= outcomeOn && outcomeOn < to)
      this.kept.set(outcomeKey(outcome), { edition, outcome });
    else if (outcomeOn >= to) this.postponed.set(outcomeKey(outcome), outcomeOn);
  }

  /** Whether an edition that has ended would have decided it on the day or later, and no other has decided it. */
  readonly isPostponed = (outcome: Outcome, from: CivilDate): boolean => {
    const key = outcomeKey(outcome);
    const until = this.postponed.get(key);
    return until !== undefined && until >= from && !this.kept.has(key);
  };

  /** The outcomes that are decided so far. */
  get decided(): readonly Outcome[] {
    return this.kept.size === 0 ? NONE : [...this.kept.values()].map(({ outcome }) => outcome);
  }
}

const NONE: readonly Outcome[] = [];
