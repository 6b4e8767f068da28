import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { AmountsCheckRepository, type AmountsRow } from './amounts-check.repository.js';

/** What came of holding the amounts of a contract against its audit trail. */
export interface AmountsVerification {
  /** How many computations and claims were looked at. */
  readonly checked: number;
  /** One sentence about the first whose amounts are not what its entry recorded; null where all are. */
  readonly firstBad: string | null;
}

/**
 * Whether every computation and every claim still comes to what its entry recorded when it was made: the number of its
 * lines and their total, in its row and added up over its payment lines. Amounts that somebody moves between two lines of one
 * computation leave the total as it was; those of a claim are found by its bundle, which commits to each line.
 */
@Injectable()
export class AmountsCheck {
  constructor(private readonly repository: AmountsCheckRepository) {}

  /** Give a read-only transaction of somebody who may read lines, claims and the trail: to others all would be missing. */
  async verify(tx: Transaction, contractId: string): Promise<AmountsVerification> {
    const rows = await this.repository.amounts(tx, contractId);
    const bad = rows.find((row) => !isAsRecorded(row));
    return { checked: rows.length, firstBad: bad === undefined ? null : sentence(bad) };
  }
}

const isAsRecorded = ({ recorded, kept, held }: AmountsRow): boolean =>
  [kept, held].every(({ lines, minor }) => lines === recorded?.lines && minor === recorded.minor);

function sentence({ kind, number, recorded, kept, held }: AmountsRow): string {
  const words = ({ lines, minor }: AmountsRow['kept']) => `${lines} lines and ${minor}`;
  const entry =
    recorded === null ? 'no entry records it' : `its entry recorded ${words(recorded)} minor units`;
  return `${kind} ${number} does not come to what was recorded: ${entry}, its row says ${words(kept)}, its lines come to ${words(held)}.`;
}
