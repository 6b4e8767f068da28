import { Injectable } from '@nestjs/common';
import { copyRows, wholeNumber } from '../../platform/csv/copy-reader.js';
import { CopyWriter } from '../../platform/csv/copy-writer.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { LOADED, type RecordedMeasurements } from './recorded-measurements.js';
import { Roster } from './roster.js';
import { IMAGE_COLUMNS } from './row-image.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Loads what an import is set against, and opens the stream into the table. COPY takes no parameters. */
@Injectable()
export class MeasurementImportRepository {
  /** Every participant of the contract. */
  async roster(tx: Transaction, contractId: string): Promise<Roster> {
    const roster = new Roster();
    await copyRows(
      tx.client,
      `copy (select id, reference from participant where contract_id = ${literal(contractId)}) to stdout`,
      2,
      ({ bytes, starts, ends }) =>
        roster.add(wholeNumber(bytes, starts[0]!, ends[0]!), bytes, starts[1]!, ends[1]!),
    );
    return roster;
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
    await copyRows(
      tx.client,
      `copy (select m.participant_id, m.metric, m.occurrence, m.version, m.measured_on - date '2000-01-01', m.status,
               coalesce(m.value, m.ended_on - date '2000-01-01'), m.items, m.mode, m.note
          from participant p join measurement m on m.participant_id = p.id
         where p.contract_id = ${literal(contractId)}) to stdout`,
      Object.keys(LOADED).length,
      (row) => recorded.load(row),
    );
    recorded.roster.loaded();
  }

  writer(tx: Transaction): CopyWriter {
    return new CopyWriter(
      tx.client,
      `copy measurement (${IMAGE_COLUMNS.join(', ')}) from stdin (format binary)`,
    );
  }
}

function literal(uuid: string): string {
  if (!UUID.test(uuid)) throw new Error(`${uuid} is not the id of a contract`);
  return `'${uuid}'`;
}
