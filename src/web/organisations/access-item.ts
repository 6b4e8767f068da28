import type { ReviewedAccess } from '../../access/organisations/access-reviews.service.js';
import { roleName } from '../frame/roles.js';
import { paths, pathTo } from '../paths.js';

/** What one person may do for the organisation in one contract, as a row of a table. */
export interface AccessItem {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly contract: string;
  readonly party: string;
  readonly role: string;
  readonly since: Date;
  /** null when they never did anything that is recorded. */
  readonly lastUsedAt: Date | null;
  /** Where it is ended. */
  readonly end: string;
  /** Names it in a form. */
  readonly key: string;
}

export const accessItems = (
  organisationId: string,
  access: readonly ReviewedAccess[],
): AccessItem[] =>
  access.map(({ personId, name, email, contract, party, role, grantedAt, lastActAt }) => ({
    personId,
    name,
    email,
    contract,
    party,
    role: roleName(role),
    since: new Date(grantedAt),
    lastUsedAt: lastActAt === null ? null : new Date(lastActAt),
    end: pathTo(paths.organisationRoleEnd, { organisationId, code: contract, personId, role }),
    key: keyOf({ personId, contract, role }),
  }));

/** None of its parts has a full stop. */
export const keyOf = (access: Pick<ReviewedAccess, 'personId' | 'contract' | 'role'>): string =>
  `${access.personId}.${access.contract}.${access.role}`;
