import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FileImport, OpenImport } from '../../cohorts/import/file-imports.js';
import type { ImportOutcome } from '../../cohorts/import/import-result.js';
import { ParticipantKeys } from '../../cohorts/keys/participant-keys.service.js';
import { londonDateOf } from '../../domain/calendar/civil-date.js';
import type { Clock } from '../../domain/calendar/clock.js';
import { openMeasurementCheck } from '../../domain/outcomes/check-measurement.js';
import { instrumentsOf } from '../../domain/contract-terms/instruments-of.js';
import { metricsOf } from '../../domain/contract-terms/metrics-of.js';
import { SALT_BYTES } from '../../domain/log/leaf-text.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { readRecords } from '../../platform/csv/read-records.js';
import { ConsentsService } from '../../privacy/consents.service.js';
import { ScoreAuthorsRepository } from '../score-authors.repository.js';
import { ClosedRecords } from './closed-records.js';
import { MeasurementImportRepository } from './measurement-import.repository.js';
import { MeasurementRows } from './measurement-rows.js';
import { RecordedMeasurements } from './recorded-measurements.js';
import { RecordedRows } from './recorded-rows.js';
import { COPY_TRAILER, type ImageColumn } from './row-image.js';

/** Importing measurements.csv: in one pass and one transaction, with memory bounded by the number of participants. */
@Injectable()
export class MeasurementImportService implements FileImport {
  readonly kind = 'measurements';
  readonly permission = 'measurement:write';

  constructor(
    private readonly repository: MeasurementImportRepository,
    private readonly authors: ScoreAuthorsRepository,
    private readonly keys: ParticipantKeys,
    private readonly consents: ConsentsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(opened: OpenImport): Promise<ImportOutcome> {
    const { tx, actor, contract, terms, file, recordedSeq } = opened;
    const metrics = metricsOf(terms);
    const today = londonDateOf(this.clock.now());
    const check = openMeasurementCheck(metrics, instrumentsOf(terms), today);
    const keys = await this.keys.ofContract(tx, contract.id);
    const roster = await this.repository.roster(tx, contract.id);
    const recorded = new RecordedMeasurements(roster, metrics, keys);
    await this.repository.loadMeasurements(tx, contract.id, recorded);
    const closed = new ClosedRecords(
      roster,
      await this.consents.limitsOf(tx, contract.id),
      keys.erasedReferences(),
    );
    await this.authors.add(tx, contract.id, actor.personId);
    const open = (columns: readonly ImageColumn[]) => this.repository.writer(tx, columns);
    const written = new RecordedRows(roster, randomBytes(SALT_BYTES));
    const context = { open, written, keys, closed, metrics };
    const rows = new MeasurementRows(check, recorded, recordedSeq, context);
    await readRecords(
      file.path,
      (record) => rows.take(record),
      async (bytesRead) => {
        written.advance();
        await rows.writer?.drained();
        opened.onProgress(bytesRead, file.bytes);
      },
    );
    rows.finish();
    rows.writer?.append(COPY_TRAILER);
    const ended = rows.writer?.end(); // even when there are faults: the transaction is rolled back with what was sent
    ended?.catch(() => undefined); // awaited in its turn, unless what comes between fails
    // PostgreSQL still takes in what it was sent last
    const committed = rows.faults.count > 0 ? null : written.commit();
    await ended;
    rows.faults.refuseIfAny();
    await this.keys.record(tx, contract.id, keys);
    return { ...rows.counts, committed: committed! };
  }
}
