import { Injectable } from '@nestjs/common';
import { copyRows, readRows, wholeNumber } from '../../platform/csv/copy-reader.js';
import { CopyWriter } from '../../platform/csv/copy-writer.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { LOADED, type RecordedMeasurements } from './recorded-measurements.js';
import { Roster } from './roster.js';
import { IMAGE_COLUMNS } from './row-image.js';

/** Participants of one page of the roster. */
const PAGE = 16_384;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A page of the roster: a line for each participant, the id of the last, and how many they are. */
interface RosterPage {
  readonly lines: string;
  readonly last: string;
  readonly participants: number;
}

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
      const { lines, last, participants }: RosterPage = await next;
      next = participants === PAGE ? this.rosterPage(tx, contractId, last) : null;
      readRows(Buffer.from(lines, 'utf8'), 2, ({ bytes, starts, ends }) =>
        roster.add(wholeNumber(bytes, starts[0]!, ends[0]!), bytes, starts[1]!, ends[1]!),
      );
    }
    return roster;
  }

  /**
   * PostgreSQL puts a page of them into one text, because a message for each, which COPY would send, costs more than all
   * that is done with it here. No reference holds a tab or a line end. Served by participant_in_contract_order.
   */
  private async rosterPage(
    tx: Transaction,
    contractId: string,
    after: string,
  ): Promise<RosterPage> {
    const [page] = await tx.query<RosterPage>(
      `select coalesce(string_agg(id || E'\\t' || reference || E'\\n', '' order by id), '') as lines,
              coalesce(max(id), 0)::text as last, count(*)::int as participants
         from (select id, reference from participant where contract_id = $1 and id > $2 order by id limit $3) p`,
      [contractId, after, PAGE],
    );
    return page!;
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
  writer(tx: Transaction): CopyWriter {
    return new CopyWriter(
      tx.client,
      `copy measurement_recorded (${IMAGE_COLUMNS.join(', ')}) from stdin (format binary)`,
    );
  }
}

function literal(uuid: string): string {
  if (!UUID.test(uuid)) throw new Error(`${uuid} is not the id of a contract`);
  return `'${uuid}'`;
}
