import { fraction, parseFraction, type Fraction } from '../money/fraction.js';
import {
  effectEvidence,
  type ContractRecord,
  type EffectResult,
} from '../outcomes/contract-record.js';
import { ALL_COHORTS, type Reason } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { TimeAvoided } from './time-avoided.schema.js';

/** What there would have been, in units over the whole horizon; null where nobody has said. */
export interface Expected {
  readonly units: Fraction | null;
  readonly reason: Reason | null;
  readonly evidence: readonly string[];
}

/** What there would have been for a participant, from wherever the terms take it. */
export function expectedOf(
  { attributes, cohort }: ParticipantFacts,
  against: TimeAvoided['against'],
  { effects }: ContractRecord,
): Expected {
  const none = (reason: Reason): Expected => ({ units: null, reason, evidence: [] });
  switch (against.type) {
    case 'fixed':
      return { units: parseFraction(against.units), reason: null, evidence: [] };
    case 'attribute': {
      const value = attributes[against.attribute];
      return Number.isSafeInteger(value)
        ? { units: fraction(BigInt(value as number)), reason: null, evidence: [] }
        : none('no-baseline');
    }
    case 'effect': {
      const result = latestEffect(effects, against.metric, cohort);
      return result === null
        ? none('no-result')
        : { units: result.value, reason: null, evidence: [effectEvidence(result)] };
    }
  }
}

/** What is known of the participant's cohort, or of all of them together, as signed last. */
function latestEffect(
  effects: readonly EffectResult[],
  metric: string,
  cohort: string,
): EffectResult | null {
  const about = (whom: string) =>
    effects
      .filter((effect) => effect.metric === metric && effect.cohort === whom)
      .reduce<EffectResult | null>(
        (latest, effect) => (latest === null || isLater(effect, latest) ? effect : latest),
        null,
      );
  return about(cohort) ?? about(ALL_COHORTS);
}

const isLater = (a: EffectResult, b: EffectResult): boolean =>
  a.signedOn !== b.signedOn ? a.signedOn > b.signedOn : a.version > b.version;
