import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ErasureReceipts, type Receipt } from './erasure-receipts.js';
import { ErasuresRepository, type UnerasedRow } from './erasures.repository.js';

/** What was found between receipts and database. */
export interface Replayed {
  /** Erasures that receipts know of and the database did not: they are made again. */
  readonly replayed: number;
  /** Erasures that the database knows of and receipts did not: they are written down. */
  readonly noted: number;
}

/** Makes erasures again that a restored database has forgotten. */
@Injectable()
export class ErasureReplayService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly receipts: ErasureReceipts,
    private readonly repository: ErasuresRepository,
    private readonly keys: ParticipantKeys,
    private readonly audit: AuditService,
  ) {}

  /** Done twice it changes nothing. Where no receipts are kept, it does nothing. Refuses ReceiptsUnreadable, ReceiptsUnwritable. */
  async replay(): Promise<Replayed> {
    if (!this.receipts.areKept) return { replayed: 0, noted: 0 };
    const receipts = await this.receipts.all();
    await this.receipts.refuseUnwritable();
    const { recorded, unerased } = await this.transactions.readOnly(
      SERVICE.replayer,
      async (tx) => ({
        recorded: await this.repository.recorded(tx),
        unerased: await this.repository.unerased(tx, receipts),
      }),
    );
    let replayed = 0;
    for (const row of unerased) if (await this.eraseAgain(row)) replayed += 1;
    const known = new Set(receipts.map(nameOf));
    const noted = recorded.filter((receipt) => !known.has(nameOf(receipt)));
    await this.receipts.add(noted);
    return { replayed, noted: noted.length };
  }

  private eraseAgain(row: UnerasedRow): Promise<boolean> {
    const { contract_id: stream, participant_id: id, reference, what } = row;
    return this.transactions.run(SERVICE.replayer, async (tx) => {
      const recordedSeq = await this.audit.lock(tx, stream);
      // another process may have been here first
      if (!(await this.keys.destroy(tx, { id }, what, recordedSeq))) return false;
      await this.audit.append(tx, {
        stream,
        actor: null,
        duty: 'service',
        type: 'participant.erased-again',
        payload: { reference, erased: [what] },
      });
      return true;
    });
  }
}

const nameOf = ({ contract, reference, what }: Receipt): string =>
  `${contract}/${reference}/${what}`;
