import { Inject, Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { PersonUnknown } from '../access.errors.js';
import { AccessService } from '../access.service.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository } from './accounts.repository.js';
import { SessionsService } from './sessions.service.js';
import { OwnAccount } from './sign-in.errors.js';

/** Whether people can sign in at all. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly access: AccessService,
    private readonly sessions: SessionsService,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * From here on nothing of the person works: no password, passkey, provider, link or API key, and every session has
   * ended. What they did stays. Refuses PermissionRefused, PersonUnknown and OwnAccount.
   */
  async disable(tx: Transaction, actor: Actor, personId: string): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    if (actor.personId === personId) throw new OwnAccount();
    await this.require(tx, personId);
    if (!(await this.accounts.disable(tx, personId, this.clock.now()))) return;
    await this.accounts.removeLinks(tx, personId);
    await this.record.append(tx, actor, personId, 'person.disabled', { personId });
    await this.sessions.endAllOf(tx, actor, personId, 'person-disabled');
  }

  /** The person can sign in again, with the factors they had. Refuses PermissionRefused and PersonUnknown. */
  async enable(tx: Transaction, actor: Actor, personId: string): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    await this.require(tx, personId);
    if (!(await this.accounts.enable(tx, personId))) return;
    await this.record.append(tx, actor, personId, 'person.enabled', { personId });
  }

  private async require(tx: Transaction, personId: string): Promise<void> {
    if (!validate(personId) || !(await this.accounts.byId(tx, personId))) throw new PersonUnknown();
  }
}
