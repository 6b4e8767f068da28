import { Injectable } from '@nestjs/common';
import type { CheckedEnrolment } from '../../domain/outcomes/check-enrolment.js';
import { copyRows, copyText } from '../../platform/csv/copy-reader.js';
import { CopyWriter } from '../../platform/csv/copy-writer.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { contentOf } from '../cohorts.mapping.js';
import { openWords } from '../enrolment-texts.js';
import type { ContractKeys } from '../keys/contract-keys.js';
import { EnrolledRoster } from './enrolled-roster.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Loads who is enrolled, and takes the rows of a file through a table of this transaction. */
@Injectable()
export class ParticipantImportRepository {
  /** Everybody enrolled in the contract, as enrolled now. */
  async roster(tx: Transaction, contractId: string, keys: ContractKeys): Promise<EnrolledRoster> {
    const roster = new EnrolledRoster();
    await copyRows(
      tx.client,
      `copy (select distinct on (p.id) p.id, p.reference, e.version, e.cohort, e.started_on, e.exited_on, e.exit_reason,
               e.attributes, e.exception_reason, e.exception_by
          from participant p join enrolment e on e.participant_id = p.id
         where p.contract_id = ${literal(contractId)} order by p.id, e.version desc) to stdout`,
      10,
      (row) => {
        const cell = (column: number) => copyText(row, column);
        const reference = cell(1)!;
        const sealed = { exitReason: cell(6), exceptionReason: cell(8), correctionReason: null };
        const hasWords = sealed.exitReason !== null || sealed.exceptionReason !== null;
        const words = openWords(sealed, hasWords ? keys.find(reference) : null);
        const enrolment = {
          reference,
          cohort: cell(3)!,
          startedOn: cell(4)! as CheckedEnrolment['startedOn'],
          exitedOn: cell(5) as CheckedEnrolment['exitedOn'],
          exitReason: words.exitReason,
          attributes: JSON.parse(cell(7)!) as CheckedEnrolment['attributes'],
          exceptionReason: words.exceptionReason,
        };
        roster.load({
          id: cell(0)!,
          reference: enrolment.reference,
          version: Number(cell(2)),
          content: contentOf(enrolment),
          exceptionReason: enrolment.exceptionReason,
          exceptionBy: cell(9),
        });
      },
    );
    return roster;
  }

  /** Opens the stream of rows into the table that record() takes them from. */
  async writer(tx: Transaction): Promise<CopyWriter> {
    await tx.query(`create temporary table enrolment_import (row integer not null, participant_id bigint,
      reference text not null, version integer not null, cohort text not null, started_on date not null, exited_on date,
      exit_reason text, attributes jsonb not null, exception_by uuid, exception_reason text, correction_reason text)
      on commit drop`);
    return new CopyWriter(tx, 'copy enrolment_import from stdin');
  }

  /** Records what was streamed: new participants in the order of the file, then every enrolment. */
  async record(
    tx: Transaction,
    contractId: string,
    recordedSeq: bigint,
    importId: string,
  ): Promise<void> {
    await tx.query(
      `insert into participant (contract_id, reference)
       select $1, reference from enrolment_import where participant_id is null order by row`,
      [contractId],
    );
    await tx.query(
      `insert into enrolment (participant_id, version, cohort, started_on, exited_on, exit_reason, attributes,
         exception_by, exception_reason, recorded_seq, import_id, correction_reason)
       select p.id, i.version, i.cohort, i.started_on, i.exited_on, i.exit_reason, i.attributes,
         i.exception_by, i.exception_reason, $2, $3, i.correction_reason
         from enrolment_import i join participant p on p.contract_id = $1 and p.reference = i.reference
        order by p.id`,
      [contractId, recordedSeq, importId],
    );
  }
}

function literal(uuid: string): string {
  if (!UUID.test(uuid)) throw new Error(`${uuid} is not the id of a contract`);
  return `'${uuid}'`;
}
