import { DomainError } from '../shared/domain-error.js';

/** Why a person may not decide a claim. */
export type Dependence = 'submitted-the-claim' | 'entered-a-score';

const IN_WORDS: Readonly<Record<Dependence, string>> = {
  'submitted-the-claim': 'You submitted this claim, so you cannot decide it.',
  'entered-a-score':
    'You entered or corrected scores in this contract, so you cannot decide its claims.',
};

/**
 * Thrown when a person would decide a claim that rests on their own work. It is about the person: another account, role
 * or key changes nothing (ruling 7).
 */
export class DeciderNotIndependent extends DomainError {
  constructor(readonly because: Dependence | null) {
    const why =
      because === null
        ? 'Whoever entered a score in this contract or submitted the claim cannot decide it.'
        : IN_WORDS[because];
    super({
      code: 'DECIDER_NOT_INDEPENDENT',
      kind: 'forbidden',
      detail: `${why} Ask another person of the commissioner to decide.`,
    });
  }
}

/** What the human who wants to decide has had to do with the claim, under whichever of their accounts. */
export interface HandInClaim {
  readonly submittedIt: boolean;
  /** Whether they entered, imported or corrected any score in the contract, ever. */
  readonly enteredScores: boolean;
}

/** Refuses a decider who is not independent of the claim. */
export function requireIndependent(hand: HandInClaim): void {
  if (hand.submittedIt) throw new DeciderNotIndependent('submitted-the-claim');
  if (hand.enteredScores) throw new DeciderNotIndependent('entered-a-score');
}
