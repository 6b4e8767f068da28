import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** An entry of a contract in the log, with what opens it. */
export interface EntryInLogRow {
  readonly index: string;
  readonly seq: string;
  readonly type: string;
  readonly salt: Buffer;
  readonly body: string;
}

/** An act on a claim, with the entry that records it. */
export interface ActRow {
  readonly claim_id: string;
  readonly number: number;
  readonly computation_id: string;
  /** null for the submission. */
  readonly act: number | null;
  /** Both null of an act from before lines were a tree. */
  readonly recorded_seq: string | null;
  readonly salt: Buffer | null;
}

export interface IssueRow {
  readonly number: number;
  readonly document: string;
  readonly seq: string;
}

const ACT = `a.claim_id, a.number, a.computation_id, a.act, a.recorded_seq, a.salt
  from (select c.id as claim_id, c.contract_id, c.number, c.computation_id, null::int as act, c.recorded_seq,
               c.lines_salt as salt
          from claim c
        union all
        select c.id, c.contract_id, c.number, c.computation_id, d.act, d.recorded_seq, d.salt
          from claim_decision_act d join claim c on c.id = d.claim_id) a`;

/** What bundles are made from. Everything is read in one view of the data, as whoever asks. */
@Injectable()
export class BundlesRepository {
  /** Entries of a stream that are in the log of that size, after a number, in order. Served by the primary keys. */
  entries(
    tx: Transaction,
    stream: string,
    size: number,
    after: bigint,
    limit: number,
  ): Promise<EntryInLogRow[]> {
    return tx.query<EntryInLogRow>(
      `select l.index, e.seq, e.type, e.salt, e.body
         from log_leaf l join audit_entry e using (stream, seq)
        where l.stream = $1 and l.seq > $3 and l.index < $2 order by l.seq limit $4`,
      [stream, size, after, limit],
    );
  }

  /** The acts on one claim of a contract, in the order of their entries. */
  actsOnClaim(tx: Transaction, contractId: string, number: number): Promise<ActRow[]> {
    return tx.query<ActRow>(
      `select ${ACT} where a.contract_id = $1 and a.number = $2 order by a.recorded_seq`,
      [contractId, number],
    );
  }

  /** The acts on any claim of a contract. */
  acts(tx: Transaction, contractId: string): Promise<ActRow[]> {
    return tx.query<ActRow>(`select ${ACT} where a.contract_id = $1 order by a.recorded_seq`, [
      contractId,
    ]);
  }

  /** The acts on claims that hold one line. Served by claim_line_by_line. */
  actsOnLine(
    tx: Transaction,
    contractId: string,
    computation: number,
    lineNo: number,
  ): Promise<ActRow[]> {
    return tx.query<ActRow>(
      `select ${ACT}
        where a.contract_id = $1 and a.claim_id in (
          select cl.claim_id from claim_line cl join payment_computation r on r.id = cl.computation_id
           where r.contract_id = $1 and r.number = $2 and cl.line_no = $3)
        order by a.recorded_seq`,
      [contractId, computation, lineNo],
    );
  }

  /** The participant with that reference, and the acts on claims with lines of theirs; null where there is nobody. */
  async actsOnParticipant(
    tx: Transaction,
    contractId: string,
    reference: string,
  ): Promise<ActRow[] | null> {
    const [participant] = await tx.query<{ id: string }>(
      'select id from participant where contract_id = $1 and reference = $2',
      [contractId, reference],
    );
    if (participant === undefined) return null;
    return tx.query<ActRow>(
      `select ${ACT}
        where a.contract_id = $1 and a.claim_id in (
          select cl.claim_id from payment_line l join claim_line cl using (computation_id, line_no)
           where l.participant_id = $2)
        order by a.recorded_seq`,
      [contractId, participant.id],
    );
  }

  /** A statement as it was issued, of a period: that with the number, or the latest; and the entry that records it. */
  async issue(
    tx: Transaction,
    contractId: string,
    period: string,
    number: number | null,
  ): Promise<IssueRow | null> {
    const [row] = await tx.query<IssueRow>(
      `select s.number, s.document, e.seq
         from issued_statement s
         join audit_entry e on e.stream = s.contract_id::text and e.type = 'statement.issued'
          and (e.body::jsonb -> 'payload' ->> 'number')::int = s.number
        where s.contract_id = $1 and s.period_id = $2 and ($3::int is null or s.number = $3)
        order by s.number desc limit 1`,
      [contractId, period, number],
    );
    return row ?? null;
  }
}
