import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { Receipt } from './erasure-receipts.js';

/** Somebody who is in the database, and was erased by a receipt that it knows nothing of. */
export interface UnerasedRow extends Receipt {
  readonly participant_id: string;
  readonly contract_id: string;
}

/** What the database knows of erasures, beside what receipts say. Only for the replayer. */
@Injectable()
export class ErasuresRepository {
  recorded(tx: Transaction): Promise<Receipt[]> {
    return tx.query<Receipt>('select contract, reference, what from erasures_recorded()');
  }

  unerased(tx: Transaction, receipts: readonly Receipt[]): Promise<UnerasedRow[]> {
    return tx.query<UnerasedRow>(
      'select participant_id, contract_id, contract, reference, what from erasures_missing($1, $2, $3)',
      [
        receipts.map(({ contract }) => contract),
        receipts.map(({ reference }) => reference),
        receipts.map(({ what }) => what),
      ],
    );
  }
}
