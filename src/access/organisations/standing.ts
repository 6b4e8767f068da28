import type { Actor } from '../../platform/auth/actor.js';
import { permitsBeyondContracts } from '../../platform/auth/key-scope.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { KeyTooNarrow, NotVisible, PermissionRefused } from '../access.errors.js';
import type { OrganisationsRepository } from './organisations.repository.js';

/** In which capacity somebody manages an organisation. */
export type ManagingAs = 'administrator' | 'manager';

/**
 * The capacity in which a person may manage an organisation and its people. Refuses NotVisible for whoever does not
 * belong to it, PermissionRefused for whoever belongs and does not manage it, and KeyTooNarrow.
 */
export async function managingAs(
  tx: Transaction,
  organisations: OrganisationsRepository,
  actor: Actor,
  organisationId: string,
): Promise<ManagingAs> {
  const permission = 'organisation:manage';
  if (actor.isAdministrator) {
    if (!(await organisations.exists(tx, organisationId))) throw new NotVisible('organisation');
    if (!permitsBeyondContracts(actor.scope, permission)) throw new KeyTooNarrow(permission);
    return 'administrator';
  }
  const affiliation = await organisations.affiliation(tx, organisationId, actor.personId);
  if (affiliation === null) throw new NotVisible('organisation');
  if (!affiliation.isManager) throw new PermissionRefused(permission);
  if (!permitsBeyondContracts(actor.scope, permission)) throw new KeyTooNarrow(permission);
  return 'manager';
}
