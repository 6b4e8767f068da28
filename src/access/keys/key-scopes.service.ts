import { Injectable } from '@nestjs/common';
import type { KeyScope } from '../../platform/auth/key-scope.js';
import type { Permission } from '../../platform/auth/permission.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { ScopeNotYours } from '../access.errors.js';
import { KeyScopesRepository } from './key-scopes.repository.js';

/** How somebody asks for a key to be narrowed; null leaves it as wide as its person. */
export interface AskedScope {
  readonly contracts: readonly string[] | null;
  readonly permissions: readonly Permission[] | null;
}

/** Turns the contracts that people name into those the scope holds. */
@Injectable()
export class KeyScopesService {
  constructor(private readonly repository: KeyScopesRepository) {}

  /** The scope of a person's new key or client. Refuses ScopeNotYours with the first contract they have no part in. */
  async resolve(tx: Transaction, personId: string, asked: AskedScope): Promise<KeyScope> {
    const { contracts, permissions } = asked;
    if (contracts === null) return { contractIds: null, permissions };
    const known = await this.repository.contractsOf(tx, personId, contracts);
    const contractIds = contracts.map((code) => {
      const id = known.get(code);
      if (id === undefined) throw new ScopeNotYours(code);
      return id;
    });
    return { contractIds, permissions };
  }
}
