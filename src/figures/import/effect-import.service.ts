import { Injectable } from '@nestjs/common';
import type { FileImport, OpenImport } from '../../cohorts/import/file-imports.js';
import type { ImportOutcome } from '../../cohorts/import/import-result.js';
import { effectColumn, type EffectInput } from '../../domain/outcomes/check-effect.js';
import type { ColumnPlan } from '../../platform/csv/csv-header.js';
import { EffectRecording } from '../effect-recording.js';
import { signerOf } from '../effects.service.js';
import { recordedEffectsHash } from '../effects.mapping.js';
import { readSheet, type SheetRow } from './sheet.js';

/** The columns of effects.csv. */
const COLUMNS: ColumnPlan = {
  required: ['metric', 'value', 'n', 'signed_on', 'document_sha256'],
  optional: ['cohort', 'low', 'high', 'status', 'correction_reason'],
};

/** Importing effects.csv: results that one verifier signs, and those that supersede others with a reason. */
@Injectable()
export class EffectImportService implements FileImport {
  readonly kind = 'effects';
  readonly permission = 'effect:sign';

  constructor(private readonly recording: EffectRecording) {}

  async record(open: OpenImport): Promise<ImportOutcome> {
    const { tx, actor, contract, file, importId, recordedSeq } = open;
    const sheet = await readSheet(file.path, COLUMNS, (read) => open.onProgress(read, file.bytes));
    const signature = { ...signerOf(actor, contract), recordedSeq, importId };
    const typed = sheet.rows.map((row) => ({ row: row.row, input: inputOf(row) }));
    const recorded = await this.recording.record(tx, contract.id, signature, typed);
    for (const { row, fault } of recorded.faults)
      sheet.faults.add(row, effectColumn(fault.at), fault.code, fault.detail);
    sheet.faults.refuseIfAny();
    const { rowsNew, rowsCorrected, rowsUnchanged } = recorded;
    const recordedHash = recordedEffectsHash(recorded.versions);
    return { rows: sheet.read, rowsNew, rowsCorrected, rowsUnchanged, recordedHash };
  }
}

const inputOf = ({ cell }: SheetRow): EffectInput => ({
  metric: cell('metric'),
  cohort: cell('cohort'),
  value: cell('value'),
  low: cell('low'),
  high: cell('high'),
  n: cell('n'),
  signedOn: cell('signed_on'),
  documentHash: cell('document_sha256'),
  status: cell('status'),
  correctionReason: cell('correction_reason'),
});
