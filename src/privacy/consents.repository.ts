import { Injectable } from '@nestjs/common';
import { civilDate } from '../domain/calendar/civil-date.js';
import type { ConsentFact } from '../domain/privacy/consent.js';
import type { Transaction } from '../platform/database/transaction.js';

interface ConsentRow {
  readonly scope: ConsentFact['scope'];
  readonly act: ConsentFact['act'];
  readonly effective_on: string;
}

const toFact = (row: ConsentRow): ConsentFact => ({
  scope: row.scope,
  act: row.act,
  on: civilDate(row.effective_on),
});

/** What participants consented to and withdrew. */
@Injectable()
export class ConsentsRepository {
  /** Every fact as recorded, oldest first. Served by the primary key. */
  async ofParticipant(tx: Transaction, participantId: string): Promise<ConsentFact[]> {
    const rows = await tx.query<ConsentRow>(
      `select scope, act, effective_on from participant_consent
        where participant_id = $1 order by recorded_seq, scope, version`,
      [participantId],
    );
    return rows.map(toFact);
  }

  /** The facts of everybody in a contract who ever withdrew anything, by reference. */
  async ofWhoWithdrew(tx: Transaction, contractId: string): Promise<Map<string, ConsentFact[]>> {
    const rows = await tx.query<ConsentRow & { readonly reference: string }>(
      `select p.reference, c.scope, c.act, c.effective_on
         from participant_consent c join participant p on p.id = c.participant_id
        where p.contract_id = $1 and exists (
          select from participant_consent w where w.participant_id = p.id and w.act = 'withdrawn')
        order by p.id, c.recorded_seq, c.scope, c.version`,
      [contractId],
    );
    const facts = new Map<string, ConsentFact[]>();
    for (const row of rows)
      facts.set(row.reference, [...(facts.get(row.reference) ?? []), toFact(row)]);
    return facts;
  }

  async insert(
    tx: Transaction,
    participantId: string,
    { scope, act, on }: ConsentFact,
    recordedSeq: bigint,
  ): Promise<void> {
    await tx.query(
      `insert into participant_consent (participant_id, scope, version, act, effective_on, recorded_seq)
       select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
         from participant_consent where participant_id = $1 and scope = $2`,
      [participantId, scope, act, on, recordedSeq],
    );
  }
}
