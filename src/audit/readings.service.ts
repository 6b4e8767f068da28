import { Injectable } from '@nestjs/common';
import type { AuditPayloads } from '../domain/audit/entry-types.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { AuditService } from './audit.service.js';

/** Entries that say that somebody was shown something, where nothing was done. */
export type ReadingType =
  | `personal-data.${'read' | 'listed' | 'exported'}`
  | `lines.${'read' | 'exported'}`
  | 'bundle.taken';

/** The contract whose record was read, and in which capacity. */
export interface ReadIn {
  readonly id: string;
  readonly standing: { readonly role: string; readonly party: string } | null;
}

/**
 * Records that somebody reads about individuals, in a transaction of its own, before they are shown anything: an answer whose
 * entry cannot be written is not given. A page is one entry that names its span.
 */
@Injectable()
export class Readings {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditService,
  ) {}

  async record<Type extends ReadingType>(
    actor: Actor,
    { id, standing }: ReadIn,
    type: Type,
    payload: AuditPayloads[Type],
  ): Promise<void> {
    await this.transactions.run(actor, (tx) =>
      this.audit.append(tx, {
        stream: id,
        actor,
        duty: standing?.role ?? 'administrator',
        party: standing?.party ?? null,
        type,
        payload,
      }),
    );
  }
}
