import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../domain/calendar/clock.js';
import { SERVICE } from '../platform/auth/acting.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Authenticator } from '../platform/auth/authenticator.js';
import type { Permission } from '../platform/auth/permission.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { isSameHash, parseApiKey } from './api-key.js';
import { KeysRepository, type KeyInUse } from './keys/keys.repository.js';
import { hashOf, isToken } from './keys/machine-client.js';
import { MachineClientsRepository } from './keys/machine-clients.repository.js';

/** A key in constant use is marked as used once in this time, so that reading does not write at every request. */
const MARK_EVERY_MS = 60_000;

/** Knows people by their API keys, and by the tokens of clients that act for them. */
@Injectable()
export class ApiKeyAuthenticator implements Authenticator {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keys: KeysRepository,
    private readonly clients: MachineClientsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  authenticate(text: string): Promise<Actor | null> {
    return isToken(text) ? this.byToken(text) : this.byKey(text);
  }

  private async byKey(text: string): Promise<Actor | null> {
    const key = parseApiKey(text);
    if (!key) return null;
    const now = this.clock.now();
    const row = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.keys.inForce(tx, key.prefix, now),
    );
    if (!row || !isSameHash(row.secret_hash, key.secretHash)) return null;
    await this.markUsed(row, now);
    return actorOf(row);
  }

  private async byToken(text: string): Promise<Actor | null> {
    const now = this.clock.now();
    const row = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.clients.byToken(tx, hashOf(text), now),
    );
    return row === null ? null : actorOf(row);
  }

  private async markUsed(row: KeyInUse, now: Date): Promise<void> {
    const since = now.getTime() - (row.last_used_at?.getTime() ?? 0);
    if (since < MARK_EVERY_MS) return;
    await this.transactions.run(SERVICE.authenticator, (tx) => this.keys.used(tx, row.id, now));
  }
}

interface Owner {
  readonly person_id: string;
  readonly name: string;
  readonly is_administrator: boolean;
  readonly contract_ids: readonly string[] | null;
  readonly permissions: readonly Permission[] | null;
}

const actorOf = (row: Owner): Actor => ({
  personId: row.person_id,
  name: row.name,
  isAdministrator: row.is_administrator,
  via: 'api',
  scope: { contractIds: row.contract_ids, permissions: row.permissions },
});
