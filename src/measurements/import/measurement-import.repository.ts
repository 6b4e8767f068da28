import { Injectable } from '@nestjs/common';
import { copyRows, readRows } from '../../platform/csv/copy-reader.js';
import { CopyWriter } from '../../platform/csv/copy-writer.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { LOADED, type RecordedMeasurements } from './recorded-measurements.js';
import { Roster } from './roster.js';
import type { ImageColumn } from './row-image.js';

/** Participants of one page of the roster. */
const PAGE = 16_384;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A page of the roster: the references, a line for each, and their ids. */
interface RosterPage {
  readonly participants: number;
  readonly lines: string;
  readonly first: string;
  readonly last: string;
  /** Null where they follow one another without a gap, as those of participants enrolled at one time do. */
  readonly ids: readonly string[] | null;
}

/** Served by participant_in_contract_order. */
const PARTICIPANTS =
  'select id, reference from participant where contract_id = $1 and id > $2 order by id limit $3';

/** Loads what an import is set against, and opens the stream into the table. COPY takes no parameters. */
@Injectable()
export class MeasurementImportRepository {
  /**
   * Every participant of the contract, in the order of their ids. While one page is taken in here, PostgreSQL is at the
   * next already.
   */
  async roster(tx: Transaction, contractId: string): Promise<Roster> {
    const roster = new Roster();
    let next: Promise<RosterPage> | null = this.rosterPage(tx, contractId, '0');
    while (next !== null) {
      const page: RosterPage = await next;
      next = page.participants === PAGE ? this.rosterPage(tx, contractId, page.last) : null;
      addPage(roster, page);
    }
    return roster;
  }

  /**
   * PostgreSQL puts a page of them into one text, because a message for each, which COPY would send, costs more than all
   * that is done with it here; and ids are asked for only where they do not follow one another, which takes as long as the
   * rest. No reference holds a line end.
   */
  private async rosterPage(
    tx: Transaction,
    contractId: string,
    after: string,
  ): Promise<RosterPage> {
    const parameters = [contractId, after, PAGE];
    const [page] = await tx.query<Omit<RosterPage, 'ids'>>(
      `select count(*)::int as participants, coalesce(string_agg(reference, E'\\n' order by id) || E'\\n', '') as lines,
              coalesce(min(id), 0)::text as first, coalesce(max(id), 0)::text as last
         from (${PARTICIPANTS}) p`,
      parameters,
    );
    const { participants, first, last } = page!;
    if (participants === 0 || Number(last) - Number(first) + 1 === participants)
      return { ...page!, ids: null };
    const [gaps] = await tx.query<{ ids: string[] }>(
      `select array_agg(id order by id)::text[] as ids from (${PARTICIPANTS}) p`,
      parameters,
    );
    return { ...page!, ids: gaps!.ids };
  }

  /**
   * Every measurement of the contract in all its versions: whoever loads them keeps the highest. A spell has no value,
   * so its end comes in the value's place.
   */
  async loadMeasurements(
    tx: Transaction,
    contractId: string,
    recorded: RecordedMeasurements,
  ): Promise<void> {
    const { roster } = recorded;
    if (!(await this.mayHaveMeasurements(tx, roster))) return;
    await copyRows(
      tx.client,
      `copy (select m.participant_id, m.metric, m.occurrence, m.version, m.measured_on - date '2000-01-01', m.status,
               coalesce(m.value, m.ended_on - date '2000-01-01'), m.items, m.mode, m.note
          from contract_measurement m where m.contract_id = ${literal(contractId)}) to stdout`,
      Object.keys(LOADED).length,
      (row) => recorded.load(row),
    );
    roster.loaded();
  }

  /**
   * False for a first import into a contract enrolled at one time, which then does not read the measurements of all
   * contracts to find none of its own: one look into the primary key, from the roster's lowest id to its highest.
   */
  private async mayHaveMeasurements(tx: Transaction, roster: Roster): Promise<boolean> {
    const [row] = await tx.query<{ measured: boolean }>(
      'select is_measured_between($1, $2) as measured',
      [roster.firstId, roster.lastId],
    );
    return row?.measured ?? false;
  }

  /** Into the rows themselves: COPY refuses the table that carries the policies. */
  writer(tx: Transaction, columns: readonly ImageColumn[]): CopyWriter {
    return new CopyWriter(
      tx,
      `copy measurement_recorded (${columns.join(', ')}) from stdin (format binary)`,
    );
  }
}

function addPage(roster: Roster, { lines, first, ids }: RosterPage): void {
  const firstId = Number(first);
  let place = 0;
  readRows(Buffer.from(lines, 'utf8'), 1, ({ bytes, starts, ends }) => {
    const id = ids === null ? firstId + place : Number(ids[place]);
    roster.add(id, bytes, starts[0]!, ends[0]!);
    place += 1;
  });
}

function literal(uuid: string): string {
  if (!UUID.test(uuid)) throw new Error(`${uuid} is not the id of a contract`);
  return `'${uuid}'`;
}
