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
