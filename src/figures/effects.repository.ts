import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  toKnownEffect,
  type EffectRow,
  type KnownEffect,
  type KnownEffectRow,
  type NamedEffect,
  type RecordedEffect,
} from './effects.mapping.js';
import { EffectsUnchanged } from './figures.errors.js';

/** Which results of a list, and from where. */
export interface EffectsWanted {
  readonly knownThrough: bigint;
  /** Metric, cohort and version of the last one before. */
  readonly after: readonly string[] | null;
}

/** Who signs, and in which act. */
export interface Signature {
  readonly personId: string;
  readonly party: string;
  readonly recordedSeq: bigint;
  readonly importId: string | null;
}

const COLUMNS = `metric, cohort, version, status, signed_on, value, low, high, n, document_sha256, party,
  correction_reason, recorded_seq`;

/** The signed results of a contract. */
@Injectable()
export class EffectsRepository {
  /**
   * The latest version of each result as known, with the day on which it was first signed since it was last taken back;
   * the order does not depend on the database's language. Primary key.
   */
  async latest(tx: Transaction, contractId: string, knownThrough: bigint): Promise<KnownEffect[]> {
    const rows = await tx.query<KnownEffectRow>(
      `with known as materialized (
         select ${COLUMNS}, max(version) filter (where status = 'void') over (partition by metric, cohort) as taken_back
           from effect_result where contract_id = $1 and recorded_seq <= $2
       )
       select distinct on (metric collate "C", cohort collate "C") ${COLUMNS},
              min(signed_on) filter (where version > coalesce(taken_back, 0))
                over (partition by metric, cohort) as first_signed_on
         from known
        order by metric collate "C", cohort collate "C", version desc`,
      [contractId, knownThrough],
    );
    return rows.map(toKnownEffect);
  }

  /** Every version as known, a page of them. Served by the primary key. */
  page(
    tx: Transaction,
    contractId: string,
    { knownThrough, after }: EffectsWanted,
    limit: number,
  ): Promise<(EffectRow & { readonly superseded: boolean })[]> {
    return tx.query(
      `select ${COLUMNS}, exists (select 1 from effect_result later
           where (later.contract_id, later.metric, later.cohort) = (e.contract_id, e.metric, e.cohort)
             and later.version > e.version and later.recorded_seq <= $2) as superseded
         from effect_result e
        where contract_id = $1 and recorded_seq <= $2
          and ($3::text is null or (metric, cohort, version) > ($3, $4::text, $5::integer))
        order by metric, cohort, version limit $6`,
      [contractId, knownThrough, ...(after ?? [null, null, null]), limit],
    );
  }

  /** The versions that a line names, in its order. Served by the primary key. */
  named(
    tx: Transaction,
    contractId: string,
    versions: readonly NamedEffect[],
  ): Promise<(EffectRow & { readonly superseded: boolean })[]> {
    return tx.query(
      `select e.*, exists (select 1 from effect_result later
           where (later.contract_id, later.metric, later.cohort) = ($1, e.metric, e.cohort)
             and later.version > e.version) as superseded
         from (select ${COLUMNS}, named.place
                 from unnest($2::text[], $3::text[], $4::integer[]) with ordinality
                        as named (named_metric, named_cohort, named_version, place)
                 join effect_result on contract_id = $1 and metric = named_metric and cohort = named_cohort
                  and version = named_version) e
        order by e.place`,
      [
        contractId,
        versions.map(({ metric }) => metric),
        versions.map(({ cohort }) => cohort),
        versions.map(({ version }) => version),
      ],
    );
  }

  /** Records versions of results, all signed by one person. */
  async insert(
    tx: Transaction,
    contractId: string,
    effects: readonly RecordedEffect[],
    { personId, party, recordedSeq, importId }: Signature,
  ): Promise<void> {
    await tx
      .query(
        `insert into effect_result (contract_id, metric, cohort, version, status, signed_on, value, low, high, n,
           document_sha256, signed_by, party, recorded_seq, import_id, correction_reason)
         select $1, e.metric, e.cohort, e.version, e.status, e."signedOn", e.value, e.low, e.high, e.n,
           decode(e."documentHash", 'hex'), $3, $4, $5, $6, e."correctionReason"
           from jsonb_to_recordset($2) as e (metric text, cohort text, version integer, status text, "signedOn" date,
             value numeric, low numeric, high numeric, n bigint, "documentHash" text, "correctionReason" text)`,
        [contractId, JSON.stringify(effects), personId, party, recordedSeq, importId],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { effect_result_pkey: () => new EffectsUnchanged() }),
      );
  }
}
