import { activationProblems } from '../domain/contract-terms/activation/activation-problems.js';
import { TermsRefused } from '../domain/contract-terms/parse.js';
import type { Fault } from '../domain/shared/domain-error.js';
import { readTerms, type TermsInput } from './read-terms.js';

/** What activation would say to a document. */
export interface TermsCheck {
  readonly canComeIntoForce: boolean;
  readonly faults: readonly Fault[];
}

/** Checks a document without saving it: whether it can be read, is whole, and holds no contradiction. */
export function checkTerms(input: TermsInput): TermsCheck {
  try {
    const faults = activationProblems(readTerms(input).draft);
    return { canComeIntoForce: faults.length === 0, faults };
  } catch (error) {
    if (error instanceof TermsRefused) return { canComeIntoForce: false, faults: error.faults };
    throw error;
  }
}
