import { Injectable } from '@nestjs/common';
import { DeciderNotIndependent, type HandInClaim } from '../domain/claims/four-eyes.js';
import type { LineDecision } from '../domain/claims/decisions.js';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ClaimRow, ComputationRow, LineStateRow, NewClaim } from './claims.mapping.js';

/** Which lines of a computation a claim takes: some by their number, or null for every line that may be claimed. */
export type Selection = readonly number[] | null;

/** The submission of a claim, or one act of decision on it. */
export interface ActOnClaim {
  readonly claimId: string;
  readonly computationId: string;
  /** null for the submission, else the revision of the claim on which the act decided. */
  readonly act: number | null;
}

/** Whoever decides, and when. */
export interface DecisionAct extends ActOnClaim {
  /** The revision of the claim on which the act decides: each has a higher one than those before. */
  readonly act: number;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/**
 * A line may be claimed while it is not nil and every claim that held it returned it. Alias l is the payment line.
 * Served by claim_line_by_line.
 */
export const CLAIMABLE = `l.amount_minor <> 0 and not exists (
  select 1 from claim_line held
    left join claim_decision made using (claim_id, computation_id, line_no)
   where held.computation_id = l.computation_id and held.line_no = l.line_no
     and (made.decision is null or made.decision = 'approved'))`;

const CLAIM = `select c.id, c.contract_id, c.number, c.computation_id, c.lines, c.total_minor, c.revision,
         c.submitted_by, p.name as submitted_by_name, c.submitted_at,
         r.number as computation_number, r.period_id, r.period_from, r.period_to, r.currency, r.digest,
         (select count(*)::int from claim_decision d where d.claim_id = c.id) as decided
    from claim c
    join payment_computation r on r.id = c.computation_id
    join person p on p.id = c.submitted_by`;

/** Claims, the lines in them, and the decisions on those lines. Whoever writes holds the contract's audit stream. */
@Injectable()
export class ClaimsRepository {
  async computation(
    tx: Transaction,
    contractId: string,
    number: number,
  ): Promise<ComputationRow | null> {
    const [row] = await tx.query<ComputationRow>(
      `select id, number, kind, state, period_id, currency
         from payment_computation where contract_id = $1 and number = $2`,
      [contractId, number],
    );
    return row ?? null;
  }

  /** Lines of a computation by number, each with where it stands in claims. Served by the primary keys. */
  lineStates(
    tx: Transaction,
    computationId: string,
    lineNos: readonly number[],
  ): Promise<LineStateRow[]> {
    return tx.query<LineStateRow>(
      `select l.line_no, l.amount_minor, coalesce(s.state, 'unclaimed') as state
         from payment_line l
         left join lateral (
           select case when bool_or(d.decision = 'approved') then 'approved'
                       when bool_or(d.decision is null) then 'awaiting' else 'returned' end as state
             from claim_line cl left join claim_decision d using (claim_id, computation_id, line_no)
            where cl.computation_id = l.computation_id and cl.line_no = l.line_no
           having count(*) > 0) s on true
        where l.computation_id = $1 and l.line_no = any($2::int[])
        order by l.line_no`,
      [computationId, lineNos],
    );
  }

  async nextNumber(tx: Transaction, contractId: string): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      'select coalesce(max(number), 0) + 1 as next from claim where contract_id = $1',
      [contractId],
    );
    return row?.next ?? 1;
  }

  async insertClaim(tx: Transaction, claim: NewClaim): Promise<void> {
    await tx.query(
      `insert into claim (id, contract_id, number, computation_id, lines, total_minor, submitted_by, submitted_at,
         recorded_seq, lines_salt)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        claim.id,
        claim.contractId,
        claim.number,
        claim.computationId,
        claim.lines,
        claim.totalMinor,
        claim.submittedBy,
        claim.submittedAt,
        claim.recordedSeq,
        claim.linesSalt,
      ],
    );
  }

  /** Puts lines into a claim by their numbers. */
  async insertLines(
    tx: Transaction,
    { claimId, computationId }: ActOnClaim,
    lineNos: readonly number[],
  ): Promise<void> {
    await tx.query(
      `insert into claim_line (claim_id, computation_id, line_no)
       select $1, $2, line_no from unnest($3::int[]) as line_no`,
      [claimId, computationId, lineNos],
    );
  }

  async byNumber(tx: Transaction, contractId: string, number: number): Promise<ClaimRow | null> {
    const [row] = await tx.query<ClaimRow>(`${CLAIM} where c.contract_id = $1 and c.number = $2`, [
      contractId,
      number,
    ]);
    return row ?? null;
  }

  /** The contract's claims, latest first, below a number. Served by claim_number_once. */
  page(tx: Transaction, contractId: string, below: bigint, limit: number): Promise<ClaimRow[]> {
    return tx.query<ClaimRow>(
      `${CLAIM} where c.contract_id = $1 and c.number < $2::bigint order by c.number desc limit $3`,
      [contractId, below, limit],
    );
  }

  /** What the human behind an account had to do with a claim, under any account, as the database's own rule asks it. */
  async handIn(tx: Transaction, claimId: string, personId: string): Promise<HandInClaim> {
    const [row] = await tx.query<{ submitted: boolean; entered_scores: boolean }>(
      `select exists (select 1 from person s where s.id = c.submitted_by and s.human_id = p.human_id) as submitted,
              exists (select 1 from score_author a join person s on s.id = a.person_id
                       where a.contract_id = c.contract_id and s.human_id = p.human_id) as entered_scores
         from claim c, person p where c.id = $1 and p.id = $2`,
      [claimId, personId],
    );
    return { submittedIt: row!.submitted, enteredScores: row!.entered_scores };
  }

  /** The states, within one claim, of some of its lines; a line that is not in the claim is left out. */
  statesInClaim(
    tx: Transaction,
    claimId: string,
    lineNos: readonly number[],
  ): Promise<LineStateRow[]> {
    return tx.query<LineStateRow>(
      `select cl.line_no, l.amount_minor, coalesce(d.decision, 'awaiting') as state
         from claim_line cl
         join payment_line l using (computation_id, line_no)
         left join claim_decision d using (claim_id, computation_id, line_no)
        where cl.claim_id = $1 and cl.line_no = any($2::int[]) order by cl.line_no`,
      [claimId, lineNos],
    );
  }

  /** Records that an act of decision begins; its decisions name it. */
  async insertAct(
    tx: Transaction,
    { claimId, act }: Pick<DecisionAct, 'claimId' | 'act'>,
    { recordedSeq, salt }: { readonly recordedSeq: bigint; readonly salt: Uint8Array },
  ): Promise<void> {
    await tx.query(
      'insert into claim_decision_act (claim_id, act, recorded_seq, salt) values ($1, $2, $3, $4)',
      [claimId, act, recordedSeq, salt],
    );
  }

  /** Records decisions line by line. Refuses DeciderNotIndependent where the database finds the rule broken. */
  async insertDecisions(
    tx: Transaction,
    act: DecisionAct,
    decisions: readonly LineDecision[],
  ): Promise<void> {
    await tx
      .query(
        `insert into claim_decision (claim_id, computation_id, act, line_no, decision, reason, decided_by, decided_at)
         select $1, $2, $3, v.line_no, v.decision, v.reason, $4, $5
           from unnest($6::int[], $7::text[], $8::text[]) as v (line_no, decision, reason)`,
        [
          act.claimId,
          act.computationId,
          act.act,
          act.decidedBy,
          act.decidedAt,
          decisions.map(({ lineNo }) => lineNo),
          decisions.map(({ decision }) => decision),
          decisions.map(({ reason }) => reason),
        ],
      )
      .catch(refuseOwnDecision);
  }

  /** Approves lines by their numbers. Refuses DeciderNotIndependent as insertDecisions does. */
  async approve(tx: Transaction, act: DecisionAct, lineNos: readonly number[]): Promise<void> {
    await tx
      .query(
        `insert into claim_decision (claim_id, computation_id, act, line_no, decision, decided_by, decided_at)
         select $1, $2, $3, line_no, 'approved', $4, $5 from unnest($6::int[]) as line_no`,
        [act.claimId, act.computationId, act.act, act.decidedBy, act.decidedAt, lineNos],
      )
      .catch(refuseOwnDecision);
  }

  async raiseRevision(tx: Transaction, claimId: string): Promise<number> {
    const [row] = await tx.query<{ revision: number }>(
      'update claim set revision = revision + 1 where id = $1 returning revision',
      [claimId],
    );
    if (!row) throw new Error(`Claim ${claimId} vanished`);
    return row.revision;
  }
}

const refuseOwnDecision = (error: unknown): never =>
  refuseOnConstraint(error, {
    claim_decision_four_eyes: () => new DeciderNotIndependent(null),
  });
