import type { CivilDate } from '../calendar/civil-date.js';
import { civilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import { periodsOf } from '../calendar/period-calendar.js';
import type { TermsDocument } from './terms.schema.js';

/** One active edition of a contract's terms: immutable, in force from its effective date until the next one's. */
export interface TermsInForce {
  readonly number: number;
  readonly effectiveFrom: CivilDate;
  readonly terms: TermsDocument;
  /** The audit entry, in the contract's sequence, that put it in force. */
  readonly recordedSeq: bigint;
}

/** The periods of a contract, as its latest terms lay them out. */
export function contractPeriods(versions: readonly TermsInForce[]): Period[] {
  const latest = versions.at(-1);
  return latest ? periodsOf(latest.terms.periods, civilDate(latest.terms.effective.to)) : [];
}
