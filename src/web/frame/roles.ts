import type { Role } from '../../access/permissions.js';

/** How a role is called on pages. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  provider: 'Provider',
  commissioner: 'Commissioner',
  'top-up-fund': 'Top-up fund',
  verifier: 'Verifier',
  investor: 'Investor',
  'fund-manager': 'Fund manager',
  observer: 'Observer',
};

export const roleName = (role: string): string =>
  Object.hasOwn(ROLE_NAMES, role) ? ROLE_NAMES[role as Role] : role;
