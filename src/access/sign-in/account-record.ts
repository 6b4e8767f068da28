import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import type { AuditPayloads } from '../../domain/audit/entry-types.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { RECORD_OF_ACCESS, type AccessAct, type RecordOfAccess } from '../record-of-access.js';

/** Records acts on accounts, which belong to no contract. */
@Injectable()
export class AccountRecord {
  constructor(@Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess) {}

  /** `personId` is whose account it is; a null actor is the service itself, or whoever installs it. */
  async append<Act extends AccessAct>(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
    type: Act,
    payload: AuditPayloads[Act],
  ): Promise<void> {
    const duty = dutyOf(actor, personId);
    await this.record.append(tx, { stream: SERVICE_STREAM, type, actor, duty, payload });
  }
}

/** In which capacity somebody acts on an account: their own, as who looks after it, or the service by itself. */
function dutyOf(actor: Actor | null, personId: string): string {
  if (actor === null) return 'service';
  if (actor.personId === personId) return 'account-holder';
  return actor.isAdministrator ? 'administrator' : 'manager';
}
