import { DomainError } from '../domain/shared/domain-error.js';
import type { Permission } from '../platform/auth/permission.js';

/** Thrown when a contract does not exist or the person has no part in it; the two cannot be told apart from outside. */
export class NotVisible extends DomainError {
  constructor(what = 'contract') {
    super({
      code: 'NOT_FOUND',
      kind: 'not-found',
      detail: `There is no such ${what}, or you have no part in it. Check the reference, or ask an administrator for access.`,
    });
  }
}

/** Thrown when a person's role does not include the act. */
export class PermissionRefused extends DomainError {
  constructor(readonly permission: Permission) {
    super({
      code: 'PERMISSION_REFUSED',
      kind: 'forbidden',
      detail: `Your role does not allow ${permission}. Ask somebody whose role does, or an administrator for that role.`,
    });
  }
}

/** Thrown when a key or client is used for an act that its person may do and it may not. */
export class KeyTooNarrow extends DomainError {
  constructor(readonly permission: Permission) {
    super({
      code: 'KEY_TOO_NARROW',
      kind: 'forbidden',
      detail: `This key is narrowed and does not allow ${permission}. Use another key of yours, or issue one that does.`,
    });
  }
}

/** Thrown when no person has the e-mail address or identifier given. */
export class PersonUnknown extends DomainError {
  constructor() {
    super({
      code: 'PERSON_UNKNOWN',
      kind: 'not-found',
      detail: 'There is no such person. An administrator adds people first.',
    });
  }
}

/** Thrown when a person is added under an e-mail address that somebody has already. */
export class PersonExists extends DomainError {
  constructor() {
    super({
      code: 'PERSON_EXISTS',
      kind: 'conflict',
      detail: 'Somebody with this e-mail address is there already. Issue them another key instead.',
    });
  }
}

/** Thrown when an administrator is to be made a party: whoever runs the service does not act in a contract. */
export class AdministratorIsNoParty extends DomainError {
  constructor() {
    super({
      code: 'ADMINISTRATOR_IS_NO_PARTY',
      kind: 'conflict',
      detail:
        'An administrator cannot have a role in a contract. Add the person under another e-mail address for that.',
    });
  }
}

/** Thrown when a person has the role in the contract already. */
export class MemberExists extends DomainError {
  constructor() {
    super({
      code: 'MEMBER_EXISTS',
      kind: 'conflict',
      detail: 'This person has this role in the contract already.',
    });
  }
}

/** Thrown when a membership to be ended is not there, or has ended. */
export class MemberUnknown extends DomainError {
  constructor() {
    super({
      code: 'MEMBER_UNKNOWN',
      kind: 'not-found',
      detail: 'This person does not have this role in the contract at present.',
    });
  }
}

/** Thrown when a key to be revoked is not this person's, or was revoked before. */
export class ApiKeyUnknown extends DomainError {
  constructor() {
    super({
      code: 'API_KEY_UNKNOWN',
      kind: 'not-found',
      detail: 'There is no such key in force.',
    });
  }
}

/** Thrown when a person to be added has no usable e-mail address or no name. */
export class PersonNotNamed extends DomainError {
  constructor() {
    super({
      code: 'PERSON_NOT_NAMED',
      kind: 'invalid',
      detail:
        'Give an e-mail address, such as ann@charity.example, and a name of at most 200 letters.',
    });
  }
}

/** Thrown when a narrowed key would issue or revoke keys: a lost key must not be able to make itself wider. */
export class KeyCannotManageKeys extends DomainError {
  constructor() {
    super({
      code: 'KEY_CANNOT_MANAGE_KEYS',
      kind: 'forbidden',
      detail:
        'A narrowed key cannot manage keys or clients. Sign in, or use a key of yours that is not narrowed.',
    });
  }
}

/** Thrown when a key or client is to be narrowed to a contract in which its person has no part. */
export class ScopeNotYours extends DomainError {
  constructor(readonly contractCode: string) {
    super({
      code: 'SCOPE_NOT_YOURS',
      kind: 'invalid',
      detail: `There is no contract "${contractCode}" in which this person has a part, so a key cannot be narrowed to it.`,
    });
  }
}

/** Thrown when a client to be revoked is not this person's, or was revoked before. */
export class ClientUnknown extends DomainError {
  constructor() {
    super({
      code: 'CLIENT_UNKNOWN',
      kind: 'not-found',
      detail: 'There is no such client in force.',
    });
  }
}

/** Thrown when two accounts are one human's already, or are one and the same account. */
export class AlreadyOneHuman extends DomainError {
  constructor() {
    super({
      code: 'ALREADY_ONE_HUMAN',
      kind: 'conflict',
      detail: 'These accounts are known as one human already.',
    });
  }
}
