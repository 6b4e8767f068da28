import type { CivilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';

/**
 * What a participant consents to. `service`: that a record of their service is kept. `evaluation`: that scores and
 * answers are recorded. `sharing`: that the payers and the verifier see their record. `matching`: that tokens are made
 * to notice them on another contract.
 */
export const CONSENT_SCOPES = ['service', 'evaluation', 'sharing', 'matching'] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];

/** One dated fact: from `on`, consent to a scope is given or withdrawn. Later facts stand over earlier ones. */
export interface ConsentFact {
  readonly scope: ConsentScope;
  readonly act: 'given' | 'withdrawn';
  readonly on: CivilDate;
}

/** What withdrawal does, by scope. What was recorded before stays, and payments stand in every case. */
export const WITHDRAWAL_IN_WORDS: Readonly<Record<ConsentScope, string>> = {
  service: 'No score, event or spell dated on or after the day of withdrawal is recorded.',
  evaluation: 'No score dated on or after the day of withdrawal is recorded.',
  sharing:
    'Only the provider sees the measurements and the history of the participant. The list of enrolments, payment lines and what they rest on stay visible to those who pay and check.',
  matching: 'Match tokens are removed, and none are made.',
};

/** How consent to each scope stands; a scope that nothing was ever said about is absent. Facts stand as recorded. */
export function standingConsent(
  facts: readonly ConsentFact[],
): Readonly<Partial<Record<ConsentScope, ConsentFact>>> {
  const standing: Partial<Record<ConsentScope, ConsentFact>> = {};
  for (const fact of facts) standing[fact.scope] = fact;
  return standing;
}

/** The day from which consent to a scope is withdrawn; null where it stands, or nothing was said. */
export function withdrawnFrom(
  facts: readonly ConsentFact[],
  scope: ConsentScope,
): CivilDate | null {
  const fact = standingConsent(facts)[scope];
  return fact?.act === 'withdrawn' ? fact.on : null;
}

/**
 * The first day of which nothing may be recorded any more, for scores and for events; null where everything may. A later
 * consent opens what was closed: what falls between is then recordable again, because the person has agreed to it.
 */
export interface RecordingLimits {
  readonly scoresFrom: CivilDate | null;
  readonly eventsFrom: CivilDate | null;
}

export function recordingLimits(facts: readonly ConsentFact[]): RecordingLimits {
  const service = withdrawnFrom(facts, 'service');
  const evaluation = withdrawnFrom(facts, 'evaluation');
  return { scoresFrom: earlier(service, evaluation), eventsFrom: service };
}

/** The fault of a measurement dated on or after a withdrawal, or null. */
export function withdrawalFault(
  { scoresFrom, eventsFrom }: RecordingLimits,
  isScore: boolean,
  measuredOn: CivilDate,
): Fault | null {
  const from = isScore ? scoresFrom : eventsFrom;
  if (from === null || measuredOn < from) return null;
  const detail = `Consent was withdrawn from ${from} on, so nothing dated ${measuredOn} is recorded. What was recorded before stays.`;
  return { at: '/measuredOn', code: 'CONSENT_WITHDRAWN', detail };
}

const earlier = (one: CivilDate | null, other: CivilDate | null): CivilDate | null =>
  one === null || (other !== null && other < one) ? other : one;
