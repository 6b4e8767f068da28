import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/auth/actor.js';
import {
  isNarrowed,
  permits,
  permitsBeyondContracts,
  reaches,
} from '../platform/auth/key-scope.js';
import type { Permission } from '../platform/auth/permission.js';
import type { Transaction } from '../platform/database/transaction.js';
import { KeyTooNarrow, NotVisible, PermissionRefused } from './access.errors.js';
import { AccessRepository } from './access.repository.js';
import {
  PERMISSIONS_OF_ADMINISTRATOR,
  PERMISSIONS_OF_ROLE,
  ROLES,
  type Role,
} from './permissions.js';

/** In which role, and for which party, a person acts on a contract. */
export interface Standing {
  readonly role: Role;
  readonly party: string;
}

/** Decides who may do what. Whatever is not allowed is refused. */
@Injectable()
export class AccessService {
  constructor(private readonly repository: AccessRepository) {}

  /**
   * The standing that allows the act on the contract; null for an administrator, who has none. Refuses NotVisible for
   * whoever has no part in the contract or uses a key that does not reach it, PermissionRefused when none of the person's
   * roles allows the act, and KeyTooNarrow when the key does not.
   */
  async authorise(
    tx: Transaction,
    actor: Actor,
    permission: Permission,
    contractId: string,
  ): Promise<Standing | null> {
    if (!reaches(actor.scope, contractId)) throw new NotVisible();
    if (actor.isAdministrator) {
      if (!(await this.repository.contractExists(tx, contractId))) throw new NotVisible();
      if (!PERMISSIONS_OF_ADMINISTRATOR.includes(permission))
        throw new PermissionRefused(permission);
      if (!permits(actor.scope, permission)) throw new KeyTooNarrow(permission);
      return null;
    }
    const memberships = await this.repository.presentMemberships(tx, contractId, actor.personId);
    if (memberships.length === 0) throw new NotVisible();
    const standing = memberships.find(({ role }) => PERMISSIONS_OF_ROLE[role].includes(permission));
    if (!standing) throw new PermissionRefused(permission);
    if (!permits(actor.scope, permission)) throw new KeyTooNarrow(permission);
    return standing;
  }

  /** Whether a person who asked for something may do so at present: work for them is done with their rights. */
  async mayStill(
    tx: Transaction,
    personId: string,
    permission: Permission,
    contractId: string,
  ): Promise<boolean> {
    const memberships = await this.repository.presentMemberships(tx, contractId, personId);
    return memberships.some(({ role }) => PERMISSIONS_OF_ROLE[role].includes(permission));
  }

  /** The contracts in which the person may do this at present, by id, with their codes; as narrow as their key is. */
  async contractsWhere(
    tx: Transaction,
    actor: Actor,
    permission: Permission,
  ): Promise<ReadonlyMap<string, string>> {
    if (!permits(actor.scope, permission)) return new Map();
    const roles = ROLES.filter((role) => PERMISSIONS_OF_ROLE[role].includes(permission));
    const rows = await this.repository.contractsOf(tx, actor.personId, roles);
    return new Map(
      rows.filter(({ id }) => reaches(actor.scope, id)).map(({ id, code }) => [id, code]),
    );
  }

  /**
   * For an act that is not on one contract, such as adding a person: administrators only. Refuses PermissionRefused, and
   * KeyTooNarrow for a key that is narrowed to contracts or to other acts.
   */
  authoriseService(actor: Actor, permission: Permission): void {
    if (!actor.isAdministrator || !PERMISSIONS_OF_ADMINISTRATOR.includes(permission)) {
      throw new PermissionRefused(permission);
    }
    if (!permitsBeyondContracts(actor.scope, permission)) throw new KeyTooNarrow(permission);
  }

  /**
   * The duty in which a person may open a new contract: an administrator's, or a commissioner's where they act for one in
   * another contract already. Refuses PermissionRefused, and KeyTooNarrow for a key that is narrowed in any way.
   */
  async authoriseToOpenContract(
    tx: Transaction,
    actor: Actor,
  ): Promise<'administrator' | 'commissioner'> {
    const { isAdministrator, personId } = actor;
    if (!isAdministrator && !(await this.repository.holdsRole(tx, personId, 'commissioner')))
      throw new PermissionRefused('contract:draft');
    if (isNarrowed(actor.scope)) throw new KeyTooNarrow('contract:draft');
    return isAdministrator ? 'administrator' : 'commissioner';
  }

  /** As authorise, for a contract named by its code. */
  async authoriseByCode(
    tx: Transaction,
    actor: Actor,
    permission: Permission,
    code: string,
  ): Promise<{ readonly contractId: string; readonly standing: Standing | null }> {
    const contractId = await this.repository.contractIdByCode(tx, code);
    if (contractId === null) throw new NotVisible();
    const standing = await this.authorise(tx, actor, permission, contractId);
    return { contractId, standing };
  }
}
