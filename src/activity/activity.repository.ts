import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { ActivityFilter } from './activity-filter.js';

export interface ActivityRow {
  readonly stream: string;
  readonly seq: string;
  readonly type: string;
  readonly person_id: string | null;
  readonly duty: string;
  readonly recorded_at: Date;
  readonly body: string;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
  /** Where the entry stands in the log; null while it is not sealed. */
  readonly index: string | null;
}

/** Whom and what a narrowed reading is about, as the database knows them. */
export interface About {
  readonly participant: { readonly id: string; readonly reference: string } | null;
  readonly claim: { readonly number: number; readonly computationId: string } | null;
}

/** Where a page begins: below or above a number, and how many rows it may have. */
export interface Span {
  readonly order: 'newest-first' | 'oldest-first';
  /** The number of the last entry of the page before; null on the first page. */
  readonly after: bigint | null;
  readonly limit: number;
}

/** A place in the acts of one person over several trails. */
export interface PersonPlace {
  readonly recordedAt: string;
  readonly stream: string;
  readonly seq: string;
}

const ENTRY = `e.stream, e.seq, e.type, e.person_id, e.duty, e.recorded_at, e.body, e.previous_hash, e.hash, l.index
  from audit_entry e left join log_leaf l on l.stream = e.stream and l.seq = e.seq`;

const SAYS = `e.body::jsonb -> 'payload'`;

/** A statement that grows: values are numbered as they are named. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly all: string[] = [];

  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  add(condition: string): void {
    this.all.push(condition);
  }

  get text(): string {
    return this.all.join(' and ');
  }
}

/** Entries as they are read by people. Who may see which is the row policies', as for every reading of the trail. */
@Injectable()
export class ActivityRepository {
  /** Entries of one trail that fit, in order. Served by the primary key; a filter looks at each entry that it passes. */
  page(
    tx: Transaction,
    stream: string,
    filter: ActivityFilter,
    about: About,
    { order, after, limit }: Span,
  ): Promise<ActivityRow[]> {
    const where = new Conditions();
    where.add(`e.stream = ${where.value(stream)}`);
    if (after !== null)
      where.add(`e.seq ${order === 'newest-first' ? '<' : '>'} ${where.value(String(after))}`);
    if (filter.fromSeq !== null) where.add(`e.seq >= ${where.value(String(filter.fromSeq))}`);
    if (filter.throughSeq !== null) where.add(`e.seq <= ${where.value(String(filter.throughSeq))}`);
    if (filter.personId !== null) where.add(`e.person_id = ${where.value(filter.personId)}`);
    addTypeAndTime(where, filter);
    if (about.participant !== null) addParticipant(where, stream, about.participant);
    if (about.claim !== null) addClaim(where, about.claim);
    return tx.query<ActivityRow>(
      `select ${ENTRY} where ${where.text}
        order by e.seq ${order === 'newest-first' ? 'desc' : 'asc'} limit ${where.value(limit)}`,
      where.values,
    );
  }

  /** What one person did on any of these trails, latest first. Served by audit_entry_by_person. */
  ofPerson(
    tx: Transaction,
    streams: readonly string[],
    personId: string,
    filter: ActivityFilter,
    before: PersonPlace | null,
    limit: number,
  ): Promise<ActivityRow[]> {
    const where = new Conditions();
    where.add(`e.person_id = ${where.value(personId)}`);
    where.add(`e.stream = any(${where.value(streams)}::text[])`);
    if (before !== null) {
      const [at, stream] = [where.value(before.recordedAt), where.value(before.stream)];
      where.add(
        `(e.recorded_at, e.stream, e.seq) < (${at}::timestamptz, ${stream}, ${where.value(before.seq)}::bigint)`,
      );
    }
    addTypeAndTime(where, filter);
    return tx.query<ActivityRow>(
      `select ${ENTRY} where ${where.text}
        order by e.recorded_at desc, e.stream desc, e.seq desc limit ${where.value(limit)}`,
      where.values,
    );
  }

  /** One entry; null where there is none. */
  async one(tx: Transaction, stream: string, seq: bigint): Promise<ActivityRow | null> {
    const [row] = await tx.query<ActivityRow>(
      `select ${ENTRY} where e.stream = $1 and e.seq = $2`,
      [stream, String(seq)],
    );
    return row ?? null;
  }

  /** The names that the reader may see, by person. */
  async names(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<{ id: string; name: string }>(
      'select id, name from person where id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async participant(tx: Transaction, contractId: string, reference: string) {
    const [row] = await tx.query<{ id: string; reference: string }>(
      'select id, reference from participant where contract_id = $1 and reference = $2',
      [contractId, reference],
    );
    return row ?? null;
  }

  async claim(tx: Transaction, contractId: string, number: number) {
    const [row] = await tx.query<{ number: number; computationId: string }>(
      `select number, computation_id as "computationId" from claim where contract_id = $1 and number = $2`,
      [contractId, number],
    );
    return row ?? null;
  }
}

/** Days are London's: the record of a day ends at its midnight. */
function addTypeAndTime(where: Conditions, filter: ActivityFilter): void {
  const midnight = (day: string): string =>
    `(${where.value(day)}::date)::timestamp at time zone 'Europe/London'`;
  if (filter.types.length > 0) where.add(`e.type = any(${where.value(filter.types)}::text[])`);
  if (filter.recordedFrom !== null) where.add(`e.recorded_at >= ${midnight(filter.recordedFrom)}`);
  if (filter.recordedBefore !== null)
    where.add(`e.recorded_at < ${midnight(filter.recordedBefore)}`);
}

/**
 * Entries that name the participant, and those of readings that went over them: lists by the order of enrolment, lines by
 * their numbers, exports of everybody. A body is canonical, so a member of it stands in it in just one spelling.
 */
function addParticipant(
  where: Conditions,
  contractId: string,
  { id, reference }: { readonly id: string; readonly reference: string },
): void {
  const named = where.value(`"reference":${JSON.stringify(reference)}`);
  const [contract, its, which] = [where.value(contractId), where.value(id), where.value(reference)];
  where.add(`(position(${named} in e.body) > 0 or case e.type
    when 'bundle.taken' then ${SAYS} ->> 'subject' = 'contract'
      or ${SAYS} ->> 'subject' = 'participant' and ${SAYS} ->> 'which' = ${which}
    when 'personal-data.exported' then ${SAYS} ->> 'reference' is null
    when 'lines.exported' then true
    when 'personal-data.listed' then ${its}::bigint between
      (select p.id from participant p where p.contract_id = ${contract}::uuid and p.reference = ${SAYS} ->> 'first') and
      (select p.id from participant p where p.contract_id = ${contract}::uuid and p.reference = ${SAYS} ->> 'last')
    when 'lines.read' then exists (
      select 1 from payment_line pl join payment_computation c on c.id = pl.computation_id
       where c.contract_id = ${contract}::uuid and pl.participant_id = ${its}::bigint
         and c.number = split_part(${SAYS} ->> 'first', '.', 2)::int
         and pl.line_no between split_part(${SAYS} ->> 'first', '.', 3)::int and split_part(${SAYS} ->> 'last', '.', 3)::int)
    else false end)`);
}

/** What was done and looked at of a claim, and the computation that its lines come from. */
function addClaim(
  where: Conditions,
  { number, computationId }: { readonly number: number; readonly computationId: string },
): void {
  const [its, computation] = [where.value(String(number)), where.value(computationId)];
  where.add(`case
    when e.type in ('claim.submitted', 'claim.decided') then ${SAYS} ->> 'number' = ${its}
    when e.type = 'lines.read' then ${SAYS} ->> 'claim' = ${its}
    when e.type = 'bundle.taken' then ${SAYS} ->> 'subject' = 'claim' and ${SAYS} ->> 'which' = ${its}
    when e.type like 'computation.%'
      then ${computation} in (${SAYS} ->> 'computationId', ${SAYS} ->> 'rechecks')
    else false end`);
}
