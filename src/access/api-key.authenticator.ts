import { Injectable } from '@nestjs/common';
import { SERVICE } from '../platform/auth/acting.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Authenticator } from '../platform/auth/authenticator.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { isSameHash, parseApiKey } from './api-key.js';
import { PeopleRepository } from './people.repository.js';

/** Knows people by their API keys. */
@Injectable()
export class ApiKeyAuthenticator implements Authenticator {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly people: PeopleRepository,
  ) {}

  async authenticate(text: string): Promise<Actor | null> {
    const key = parseApiKey(text);
    if (!key) return null;
    const row = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.people.keyByPrefix(tx, key.prefix),
    );
    if (!row || !isSameHash(row.secret_hash, key.secretHash)) return null;
    return {
      personId: row.person_id,
      name: row.name,
      isAdministrator: row.is_administrator,
      via: 'api',
    };
  }
}
