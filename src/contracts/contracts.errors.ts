import { DomainError, type Fault, type Refusal } from '../domain/shared/domain-error.js';

/** Thrown when another contract has the code already. */
export class ContractCodeTaken extends DomainError {
  constructor(readonly contractCode: string) {
    super({
      code: 'CONTRACT_CODE_TAKEN',
      kind: 'conflict',
      detail: `There is a contract with the code "${contractCode}" already. Give these terms another code.`,
    });
  }
}

/** Thrown when the document of a draft names another contract than the one it is written for. */
export class CodeOfAnotherContract extends DomainError {
  constructor(written: string, expected: string) {
    super({
      code: 'CODE_OF_ANOTHER_CONTRACT',
      kind: 'invalid',
      detail: `The document has the code "${written}", but the contract is "${expected}". A contract keeps its code.`,
      faults: [{ at: '/code', code: 'CODE_OF_ANOTHER_CONTRACT', detail: `Write "${expected}".` }],
    });
  }
}

/** Thrown when there is no draft to replace or to consent to. */
export class NoDraft extends DomainError {
  constructor() {
    super({
      code: 'NO_DRAFT',
      kind: 'conflict',
      detail: 'There is no draft: the terms are in force. Write an amendment to change them.',
    });
  }
}

/** Thrown when a draft is still open and another is asked for. */
export class DraftOpen extends DomainError {
  constructor() {
    super({
      code: 'DRAFT_OPEN',
      kind: 'conflict',
      detail: 'A draft is open already. Replace that one, or let it come into force first.',
    });
  }
}

/** Thrown when an amendment is written for a contract that has no terms in force yet. */
export class NothingToAmend extends DomainError {
  constructor() {
    super({
      code: 'NOTHING_TO_AMEND',
      kind: 'conflict',
      detail: 'No terms are in force yet. Replace the draft instead of amending it.',
    });
  }
}

/** Thrown when a contract has ended, so that its terms cannot move any more. */
export class ContractEnded extends DomainError {
  constructor() {
    super({
      code: 'CONTRACT_ENDED',
      kind: 'conflict',
      detail: 'The contract has ended, and its terms with it. Open another contract.',
    });
  }
}

/** Thrown when a contract is used before any terms are in force. */
export class ContractNotActive extends DomainError {
  constructor() {
    super({
      code: 'CONTRACT_NOT_ACTIVE',
      kind: 'conflict',
      detail: 'The terms are not in force yet. A provider and a commissioner must consent first.',
    });
  }
}

/** Thrown when an amendment cannot follow the terms in force, or changes nothing. Every fault is listed. */
export class AmendmentRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'AMENDMENT_REFUSED',
      kind: 'invalid',
      detail:
        'The amendment cannot follow the terms in force. Each fault is listed with its place.',
      faults,
    });
  }
}

/** Thrown when somebody consents to a document that is not the draft any more. */
export class ConsentToAnotherDocument extends DomainError {
  constructor() {
    super({
      code: 'CONSENT_STALE',
      kind: 'stale',
      detail:
        'The draft has changed since you read it. Read it again and consent to its present hash.',
    });
  }
}

/** Thrown when the party has consented to this document already. */
export class ConsentGivenAlready extends DomainError {
  constructor(readonly duty: string) {
    super({
      code: 'CONSENT_GIVEN_ALREADY',
      kind: 'conflict',
      detail: `A ${duty} has consented to this document already. The other side's consent is awaited.`,
    });
  }
}

/** Thrown when one person would give both consents. */
export class ConsentNeedsTwoPeople extends DomainError {
  constructor() {
    super({
      code: 'CONSENT_NEEDS_TWO_PEOPLE',
      kind: 'forbidden',
      detail: 'You have consented for the other side. Another person must consent for this one.',
    });
  }
}

/** Thrown when a person's party is not in the document, or has another role there. */
export class PartyNotInTerms extends DomainError {
  constructor(
    readonly party: string,
    readonly role: string,
  ) {
    super({
      code: 'PARTY_NOT_IN_TERMS',
      kind: 'conflict',
      detail: `The terms have no party "${party}" with the role ${role}. Correct the membership or the draft.`,
    });
  }
}

/** Thrown when a draft cannot come into force. Everything missing, contradictory or unsupported is listed. */
export class ActivationRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'ACTIVATION_REFUSED',
      kind: 'invalid',
      detail:
        'The terms cannot come into force. Each fault is listed with its place and its remedy.',
      faults,
    });
  }
}

/** Thrown when a clause is tried of terms that are not whole or contradict themselves. Every fault is listed. */
export class TermsNotWhole extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'TERMS_NOT_WHOLE',
      kind: 'invalid',
      detail:
        'A clause can be tried once the terms are whole and free of contradiction. Each fault is listed with its place.',
      faults,
    });
  }
}

/** Thrown when a clause is tried of a document and of a contract at once, or of neither. */
export class TermsToTryUnclear extends DomainError {
  constructor() {
    super({
      code: 'TERMS_TO_TRY_UNCLEAR',
      kind: 'invalid',
      detail: 'Give either the terms themselves or the code of a contract, not both.',
    });
  }
}

/** Thrown for what a thread refused, as the thread refused it: the same code, sentence and faults. */
export class RefusedInThread extends DomainError {
  constructor(refusal: Refusal) {
    super(refusal);
  }
}

/** Thrown when so many trials wait already that another would wait too long. */
export class TrialsBusy extends DomainError {
  constructor() {
    super({
      code: 'TRIALS_BUSY',
      kind: 'unavailable',
      detail: 'Many clauses are being tried at the moment. Try again in a few seconds.',
    });
  }
}

/** Thrown when a trial needs more time or memory than one may take. */
export class TrialTooLarge extends DomainError {
  constructor() {
    super({
      code: 'TRIAL_TOO_LARGE',
      kind: 'invalid',
      detail: 'The trial needs more time or memory than one may take. Make the example smaller.',
    });
  }
}
