import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../domain/calendar/civil-date.js';
import type { CapUse } from '../domain/computation/caps.js';
import type { PostedLine } from '../domain/computation/payment-line.js';
import type { ParticipantFacts } from '../domain/outcomes/participant-facts.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  factsFromColumns,
  postedFromTuples,
  type FactsRow,
  type PostedTuple,
} from './computation-facts.mapping.js';
import type { ClaimedRun } from './payment-computation.mapping.js';

/** Participants in the order of their ids, what earlier computations posted for them, and where the next batch starts. */
export interface FactsBatch {
  readonly participants: Iterable<{ readonly id: number; readonly facts: ParticipantFacts }>;
  readonly postedFor: (id: number) => readonly PostedLine[];
  /** Participants looked at, also those who were not enrolled yet. */
  readonly seen: number;
  /** null after the last. */
  readonly next: number | null;
}

const NOBODY: readonly PostedLine[] = [];

/**
 * What a run reads. Facts are append-only and numbered, so "as known at entry N" needs no snapshot: rows with a higher
 * number do not count, and of those that do the highest version counts. Reading goes batch by batch along the
 * participants; each column of a batch arrives as one JSON array, because a million small rows cost the driver more than
 * the computation itself.
 */
@Injectable()
export class ComputationFactsRepository {
  /** How many participants the contract has. Served by participant_in_contract_order. */
  async participants(tx: Transaction, contractId: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      'select count(*) as count from participant where contract_id = $1',
      [contractId],
    );
    return Number(row!.count);
  }

  /** Whether anything was posted before, so that a first computation need not look participant by participant. */
  async hasPosted(tx: Transaction, run: ClaimedRun): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from payment_computation where contract_id = $1 and number < $2 and lines > 0 limit 1`,
      [run.contractId, run.postsAfter],
    );
    return rows.length > 0;
  }

  /** The end of the latest period that was computed before; null before the first. Served by payment_computation_number_once. */
  async reckonedUntil(tx: Transaction, run: ClaimedRun): Promise<CivilDate | null> {
    const [row] = await tx.query<{ until: CivilDate | null }>(
      `select max(period_to) as until from payment_computation
        where contract_id = $1 and number < $2 and kind = 'payable' and state = 'computed'`,
      [run.contractId, run.postsAfter],
    );
    return row!.until;
  }

  /** The next participants. Served by participant_in_contract_order and the primary keys of the facts. */
  async batch(
    tx: Transaction,
    run: ClaimedRun,
    after: number,
    limit: number,
    withPosted: boolean,
  ): Promise<FactsBatch> {
    const [row] = await tx.query<FactsRow>(FACTS, [run.contractId, after, limit, run.knownThrough]);
    const people = row?.people ?? [];
    if (people.length === 0)
      return { participants: [], postedFor: () => NOBODY, seen: 0, next: null };
    const last = people.at(-1)![0];
    const posted = withPosted ? await this.posted(tx, run, after, last) : null;
    return {
      participants: factsFromColumns(row!),
      postedFor: (id) => posted?.get(id) ?? NOBODY,
      seen: people.length,
      next: people.length < limit ? null : last,
    };
  }

  /** Served by payment_line_participant_once. */
  private async posted(
    tx: Transaction,
    run: ClaimedRun,
    after: number,
    last: number,
  ): Promise<Map<number, PostedLine[]>> {
    const [row] = await tx.query<{ lines: PostedTuple[] | null }>(POSTED, [
      run.contractId,
      after,
      last,
      run.postsAfter,
    ]);
    return postedFromTuples(row?.lines ?? [], run.contractCode);
  }

  /** What earlier computations posted for whole cohorts. Served by the primary key of payment_line. */
  async postedForCohorts(
    tx: Transaction,
    run: ClaimedRun,
  ): Promise<(PostedLine & { readonly cohort: string })[]> {
    const [row] = await tx.query<{ lines: PostedTuple[] | null; cohorts: string[] | null }>(
      POSTED_FOR_COHORTS,
      [run.contractId, run.postsAfter],
    );
    const lines = postedFromTuples(row?.lines ?? [], run.contractCode).get(0) ?? [];
    return lines.map((line, index) => ({ ...line, cohort: row!.cohorts![index]! }));
  }

  /** What caps have been used by earlier computations, under the headings of CapUse; loaded once for a run. */
  async capUse(tx: Transaction, run: ClaimedRun): Promise<CapUse> {
    const rows = await tx.query<{ heading: string; minor: string }>(CAP_USE, [
      run.contractId,
      run.postsAfter,
    ]);
    return new Map(rows.map(({ heading, minor }) => [heading, BigInt(minor)]));
  }
}

const FACTS = `
  with batch as materialized (
    select id, reference from participant where contract_id = $1 and id > $2 order by id limit $3
  )
  select p.people, m.ids, m.metrics, m.occurrences, m.versions, m.days, m.ends, m.statuses, m.scores
    from (select json_agg(json_build_array(b.id, b.reference, e.cohort, e.started_on, e.exited_on, e.attributes,
                                           e.exception_by is not null) order by b.id) as people
            from batch b
            left join lateral (select cohort, started_on, exited_on, attributes, exception_by from enrolment
                                where participant_id = b.id and recorded_seq <= $4
                                order by version desc limit 1) e on true) p,
         (select json_agg(participant_id) as ids, json_agg(metric) as metrics, json_agg(occurrence) as occurrences,
                 json_agg(version) as versions, json_agg(measured_on) as days,
                 case when count(ended_on) > 0 then json_agg(ended_on) end as ends, json_agg(status) as statuses,
                 json_agg(score) as scores
            from (select f.participant_id, f.metric, f.occurrence, f.version, f.measured_on, f.ended_on, f.status,
                         f.value::text as score
                    from contract_measurement f
                   where f.participant_id = any(array(select id from batch)) and f.recorded_seq <= $4
                   order by f.participant_id, f.metric, f.occurrence, f.version) as facts) m`;

const POSTED_TUPLE = `json_build_array(coalesce(l.participant_id, 0), l.computation_number, l.line_no, l.clause, l.metric,
  l.occurrence, l.revision, l.kind, l.outcome_on, l.quantity, l.unit, l.rate_minor::text, l.uncapped_minor::text,
  l.amount_minor::text, l.parts, l.reason, l.terms_number)`;

const POSTED = `
  select json_agg(${POSTED_TUPLE} order by l.participant_id, l.computation_number, l.line_no) as lines
    from participant p join payment_line l on l.participant_id = p.id
   where p.contract_id = $1 and p.id > $2 and p.id <= $3 and l.computation_number < $4`;

const POSTED_FOR_COHORTS = `
  select json_agg(${POSTED_TUPLE} order by l.computation_number, l.line_no) as lines,
         json_agg(l.cohort order by l.computation_number, l.line_no) as cohorts
    from payment_computation c join payment_line l on l.computation_id = c.id
   where c.contract_id = $1 and c.number < $2 and l.participant_id is null`;

const CAP_USE = `
  with posted as (
    select c.period_id, l.clause, l.metric, l.amount_minor, l.parts
      from payment_computation c join payment_line l on l.computation_id = c.id
     where c.contract_id = $1 and c.number < $2 and l.amount_minor <> 0
  )
  select case grouping(clause, metric, period_id)
           when 3 then 'clause:' || clause
           when 5 then 'metric:' || metric
           when 6 then 'period:' || period_id
           else 'contract' end as heading,
         sum(amount_minor) as minor
    from posted group by grouping sets ((clause), (metric), (period_id), ())
  having count(*) > 0
  union all
  select 'payer:' || part.key, sum(part.value::bigint)
    from posted cross join lateral jsonb_each_text(parts) as part group by part.key`;
