import type { AuditPayloads } from '../domain/audit/entry-types.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';

/** Injection token of whoever keeps the record. */
export const RECORD_OF_ACCESS = Symbol('RecordOfAccess');

/** The acts of this feature that are recorded. */
export type AccessAct =
  | 'person.created'
  | 'person.recognised'
  | 'api-key.issued'
  | 'api-key.revoked'
  | 'client.created'
  | 'client.revoked'
  | 'organisation.created'
  | 'affiliation.granted'
  | 'affiliation.ended'
  | 'party.named'
  | 'access.reviewed'
  | 'member.added'
  | 'member.ended';

/**
 * Where acts on people and memberships are recorded, in the same transaction. Access comes before the audit trail in the
 * order of features, because the trail's own readers need it; so access says what it needs and the trail provides it.
 */
export interface RecordOfAccess {
  append<Act extends AccessAct>(
    tx: Transaction,
    entry: {
      readonly stream: string;
      readonly type: Act;
      readonly actor: Actor | null;
      readonly duty: string;
      readonly payload: AuditPayloads[Act];
    },
  ): Promise<bigint>;
}
