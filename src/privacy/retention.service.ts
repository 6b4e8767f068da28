import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { civilDate, londonDateOf, type CivilDate } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import type { TermsDocument } from '../domain/contract-terms/terms.schema.js';
import { eraseOn } from '../domain/privacy/retention.js';
import { SERVICE } from '../platform/auth/acting.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ErasureReceipts } from './erasure-receipts.js';
import { IdentifiersRepository, type HeldRow } from './identifiers.repository.js';

/** What one round found. */
export interface Swept {
  /** Participants whose identifiers were looked at. */
  readonly held: number;
  /** Those whose identifiers were erased. */
  readonly erased: number;
}

const PAGE = 500;

/** Erases direct identifiers whose retention period is over. Each erasure is the service's own act, and an audit entry. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly keys: ParticipantKeys,
    private readonly repository: IdentifiersRepository,
    private readonly audit: AuditService,
    private readonly receipts: ErasureReceipts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One round over every contract. Running it twice changes nothing. */
  async sweep(): Promise<Swept> {
    const today = londonDateOf(this.clock.now());
    let [held, erased, after] = [0, 0, '0'];
    for (let isFull = true; isFull;) {
      const rows = await this.transactions.readOnly(SERVICE.eraser, (tx) =>
        this.repository.held(tx, after, PAGE),
      );
      for (const row of rows) {
        if (!(await this.eraseIfOver(row, today))) continue;
        erased += 1;
        const { contract, reference } = row;
        await this.receipts.add([{ contract, reference, what: 'identity' }]);
      }
      held += rows.length;
      after = rows.at(-1)?.participant_id ?? after;
      isFull = rows.length === PAGE;
    }
    return { held, erased };
  }

  private eraseIfOver(row: HeldRow, today: CivilDate): Promise<boolean> {
    return this.transactions.run(SERVICE.eraser, async (tx) => {
      if (!(await this.isOver(tx, row, today))) return false;
      const recordedSeq = await this.audit.lock(tx, row.contract_id);
      const { contract_id: contractId, participant_id: id, reference } = row;
      // another worker may have been here first
      if (!(await this.keys.destroy(tx, { id }, 'identity', recordedSeq))) return false;
      await this.audit.append(tx, {
        stream: contractId,
        actor: null,
        duty: 'service',
        type: 'identifiers.erased',
        payload: { reference, because: 'retention-over' },
      });
      return true;
    });
  }

  private async isOver(tx: Transaction, row: HeldRow, today: CivilDate): Promise<boolean> {
    const { terms } = (await this.contracts.activeTerms(tx, row.contract_id)).at(-1)!;
    return eraseOn(involvementOf(row, terms), monthsOf(terms), terms.rounding.months) <= today;
  }
}

const involvementOf = (row: HeldRow, terms: TermsDocument) => ({
  exitedOn: row.exited_on === null ? null : civilDate(row.exited_on),
  contractEndsOn: civilDate(terms.effective.to),
});

/** Terms that no longer allow identifiers keep none beyond the end of involvement. */
const monthsOf = ({ privacy }: TermsDocument): number => privacy?.retentionMonths ?? 0;
