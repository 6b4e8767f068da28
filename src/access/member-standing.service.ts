import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/auth/actor.js';
import { permits, reaches } from '../platform/auth/key-scope.js';
import type { Transaction } from '../platform/database/transaction.js';
import { KeyTooNarrow } from './access.errors.js';
import { AccessService } from './access.service.js';
import { MembersRepository } from './members.repository.js';
import type { ManagingAs } from './organisations/standing.js';

/** Who may say who acts for a party: administrators, and the managers of the organisation that the party is. */
@Injectable()
export class MemberStandingService {
  constructor(
    private readonly access: AccessService,
    private readonly members: MembersRepository,
  ) {}

  /**
   * The contract, and the capacity in which somebody may manage who acts for a party of it; null for a party that nobody
   * named. Refuses NotVisible, PermissionRefused and KeyTooNarrow.
   */
  async toManage(
    tx: Transaction,
    actor: Actor,
    contractCode: string,
    party: string | null,
  ): Promise<{ readonly contractId: string; readonly duty: ManagingAs }> {
    const managed =
      actor.isAdministrator || party === null
        ? null
        : await this.members.contractManaged(tx, contractCode, party, actor.personId);
    if (managed === null || !reaches(actor.scope, managed)) {
      const asked = await this.access.authoriseByCode(tx, actor, 'member:manage', contractCode);
      return { contractId: asked.contractId, duty: 'administrator' };
    }
    if (!permits(actor.scope, 'member:manage')) throw new KeyTooNarrow('member:manage');
    return { contractId: managed, duty: 'manager' };
  }
}
