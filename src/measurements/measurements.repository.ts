import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import { MeasurementUnchanged } from './measurements.errors.js';
import {
  toRecordedMeasurement,
  type MeasurementRow,
  type RecordedMeasurement,
} from './measurements.mapping.js';

/** The measurements of single participants. */
@Injectable()
export class MeasurementsRepository {
  /** Every version of every measurement of a participant, oldest version first. Served by the primary key. */
  async ofParticipant(tx: Transaction, participantId: string): Promise<RecordedMeasurement[]> {
    const rows = await tx.query<MeasurementRow>(
      `select metric, occurrence, version, measured_on, ended_on, status, value, items, mode, note,
              correction_reason
         from measurement where participant_id = $1
        order by metric, occurrence, version`,
      [participantId],
    );
    return rows.map(toRecordedMeasurement);
  }

  async insert(
    tx: Transaction,
    participantId: string,
    measurement: RecordedMeasurement,
    recordedSeq: bigint,
  ): Promise<void> {
    const m = measurement;
    await tx
      .query(
        `insert into measurement (participant_id, metric, occurrence, version, measured_on, ended_on, status, value, items,
           mode, note, recorded_seq, correction_reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          participantId,
          m.metric,
          m.occurrence,
          m.version,
          m.measuredOn,
          m.endedOn,
          m.status,
          m.value,
          m.items === null ? null : JSON.stringify(m.items),
          m.mode,
          m.note,
          recordedSeq,
          m.correctionReason,
        ],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { measurement_pkey: () => new MeasurementUnchanged() }),
      );
  }
}
