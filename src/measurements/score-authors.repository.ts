import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** Who has entered a score in a contract: they may not decide its claims. */
@Injectable()
export class ScoreAuthorsRepository {
  async add(tx: Transaction, contractId: string, personId: string): Promise<void> {
    await tx.query(
      'insert into score_author (contract_id, person_id) values ($1, $2) on conflict do nothing',
      [contractId, personId],
    );
  }
}
