import type { AuditPayloads, AuditType } from '../domain/audit/entry-types.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';

/** Injection token of whoever keeps the record. */
export const RECORD_OF_ACCESS = Symbol('RecordOfAccess');

/** The acts of this feature that are recorded. */
export type AccessAct = Extract<
  AuditType,
  | `person.${string}`
  | `api-key.${string}`
  | `client.${string}`
  | `organisation.${string}`
  | `affiliation.${string}`
  | `party.${string}`
  | `access.${string}`
  | `member.${string}`
  | `sign-in.${string}`
  | `sessions.${string}`
  | `password.${string}`
  | `second-factor${string}`
  | `recovery-codes.${string}`
  | `identity.${string}`
  | `sign-in-provider.${string}`
>;

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
