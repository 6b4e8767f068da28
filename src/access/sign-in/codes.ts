import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import { stepOfCode } from './authenticator-code.js';
import { FactorsRepository, type AuthenticatorRow } from './factors.repository.js';
import { recoveryCodeHash } from './recovery-code.js';
import { Seeds } from './seeds.js';

/** Accepts codes, each once. */
@Injectable()
export class Codes {
  constructor(
    private readonly factors: FactorsRepository,
    private readonly seeds: Seeds,
  ) {}

  /** Whether it is a code of one of the person's authenticators that was not used before; from here on it was. */
  async spendAuthenticatorCode(
    tx: Transaction,
    personId: string,
    code: string,
    now: Date,
  ): Promise<boolean> {
    for (const row of await this.factors.authenticators(tx, personId)) {
      const step = this.stepOf(row, personId, code, now);
      if (step !== null && (await this.factors.spendStep(tx, row.id, step, now))) return true;
    }
    return false;
  }

  /** Whether it is a recovery code of the person; it is gone from here on. */
  async spendRecoveryCode(tx: Transaction, personId: string, code: string): Promise<boolean> {
    const hash = recoveryCodeHash(code);
    return hash !== null && this.factors.spendRecoveryCode(tx, personId, hash);
  }

  /** The time step of a code of this authenticator; null when it is none of its codes near now. */
  stepOf(row: AuthenticatorRow, personId: string, code: string, now: Date): bigint | null {
    return stepOfCode(this.seeds.open(row.id, personId, row.sealed_seed), code, now);
  }
}
