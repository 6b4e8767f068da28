import { DomainError } from '../../domain/shared/domain-error.js';

/** Thrown when an organisation gets a name that another has, whatever the case of its letters. */
export class OrganisationExists extends DomainError {
  constructor() {
    super({
      code: 'ORGANISATION_EXISTS',
      kind: 'conflict',
      detail:
        'There is an organisation of this name already. Use it, or choose a name that tells them apart.',
    });
  }
}

/** Thrown when somebody is to belong to an organisation to which they belong already. */
export class AffiliationExists extends DomainError {
  constructor() {
    super({
      code: 'AFFILIATION_EXISTS',
      kind: 'conflict',
      detail: 'This person belongs to the organisation already.',
    });
  }
}

/** Thrown when somebody who does not belong to an organisation is to leave it. */
export class AffiliationUnknown extends DomainError {
  constructor() {
    super({
      code: 'AFFILIATION_UNKNOWN',
      kind: 'not-found',
      detail: 'This person does not belong to the organisation at present.',
    });
  }
}

/** Thrown when an invitation is to be sent again or taken back, and the person has taken it up: they have a way to sign in. */
export class InvitationTakenUp extends DomainError {
  constructor() {
    super({
      code: 'INVITATION_TAKEN_UP',
      kind: 'conflict',
      detail:
        'This person has taken the invitation up and can sign in. Let them leave the organisation instead, if they are to.',
    });
  }
}

/** Thrown when a party that is an organisation already is to be another: its people have acted for it. */
export class PartyIsNamed extends DomainError {
  constructor() {
    super({
      code: 'PARTY_IS_NAMED',
      kind: 'conflict',
      detail:
        'It is known already which organisation this party is, and that stays. A successor is another party, by an amendment of the terms.',
    });
  }
}

/** Thrown when people act for a party already who do not belong to the organisation that it is to be. */
export class PartyHasOthers extends DomainError {
  constructor() {
    super({
      code: 'PARTY_HAS_OTHERS',
      kind: 'conflict',
      detail:
        'People who do not belong to this organisation act for the party. Add them to it, or end their part first.',
    });
  }
}

/** Thrown when somebody of another organisation is to act for a party. */
export class NotOfTheOrganisation extends DomainError {
  constructor() {
    super({
      code: 'NOT_OF_THE_ORGANISATION',
      kind: 'conflict',
      detail:
        'Only people of the organisation that this party is can act for it. Its manager adds the person to it first.',
    });
  }
}

/** Thrown when a review does not say of every access whether it stays: what is passed over would seem to be confirmed. */
export class ReviewIncomplete extends DomainError {
  constructor(readonly missing: number) {
    super({
      code: 'REVIEW_INCOMPLETE',
      kind: 'conflict',
      detail: `Say of every access whether it is kept. ${missing} ${missing === 1 ? 'is' : 'are'} missing, or no longer there; read the list again.`,
    });
  }
}

/** Thrown when the last manager of an organisation would leave it. */
export class LastManager extends DomainError {
  constructor() {
    super({
      code: 'LAST_MANAGER',
      kind: 'conflict',
      detail: 'This is the last manager of the organisation. Make somebody else its manager first.',
    });
  }
}
