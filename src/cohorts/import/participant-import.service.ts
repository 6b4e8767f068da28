import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { londonDateOf } from '../../domain/calendar/civil-date.js';
import type { Clock } from '../../domain/calendar/clock.js';
import { SALT_BYTES } from '../../domain/log/leaf-text.js';
import { ParticipantKeys } from '../keys/participant-keys.service.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { readRecords } from '../../platform/csv/read-records.js';
import type { FileImport, OpenImport } from './file-imports.js';
import type { ImportOutcome } from './import-result.js';
import { ParticipantImportRepository } from './participant-import.repository.js';
import { ParticipantRows } from './participant-rows.js';
import { RecordedEnrolments } from './recorded-enrolments.js';

/** Importing participants.csv: enrolments, and corrections of enrolments where a row gives the reason. */
@Injectable()
export class ParticipantImportService implements FileImport {
  readonly kind = 'participants';
  readonly permission = 'participant:write';

  constructor(
    private readonly repository: ParticipantImportRepository,
    private readonly keys: ParticipantKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(open: OpenImport): Promise<ImportOutcome> {
    const { tx, contract, terms, file, importId, recordedSeq } = open;
    const keys = await this.keys.ofContract(tx, contract.id);
    const roster = await this.repository.roster(tx, contract.id, keys);
    const writer = await this.repository.writer(tx);
    const circumstances = { today: londonDateOf(this.clock.now()), mayApproveException: false };
    const written = new RecordedEnrolments(randomBytes(SALT_BYTES));
    const context = { roster, keys, writer, written };
    const rows = new ParticipantRows(terms, circumstances, context);
    await readRecords(
      file.path,
      (record) => rows.take(record),
      async (bytesRead) => {
        await writer.drained();
        open.onProgress(bytesRead, file.bytes);
      },
    );
    rows.finish();
    await writer.end(); // even when there are faults: the transaction is rolled back with what was sent
    rows.faults.refuseIfAny();
    await this.repository.record(tx, contract.id, recordedSeq, importId);
    await this.keys.record(tx, contract.id, keys);
    return { ...rows.counts, committed: written.finish() };
  }
}
