import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { ScoreAuthorsRepository } from './score-authors.repository.js';

/** Tells who enters what payments rest on, in whichever feature they enter it. */
@Injectable()
export class ScoreAuthorsService {
  constructor(private readonly repository: ScoreAuthorsRepository) {}

  /** From now on the person may decide none of the contract's claims. */
  add(tx: Transaction, contractId: string, personId: string): Promise<void> {
    return this.repository.add(tx, contractId, personId);
  }
}
