import { Injectable } from '@nestjs/common';
import type { FileImport, OpenImport } from '../../cohorts/import/file-imports.js';
import type { ImportOutcome } from '../../cohorts/import/import-result.js';
import { figureColumn, type FigureInput } from '../../domain/outcomes/check-figure.js';
import type { ColumnPlan } from '../../platform/csv/csv-header.js';
import { FigureRecording } from '../figure-recording.js';
import { recordedFiguresHash } from '../figures.mapping.js';
import { readSheet, type SheetRow } from './sheet.js';

/** The columns of figures.csv. */
const COLUMNS: ColumnPlan = {
  required: ['metric', 'from', 'to', 'numerator', 'denominator'],
  optional: ['group', 'definition', 'definition_differs', 'status', 'correction_reason'],
};

/** Importing figures.csv: figures, and corrections of figures where a row gives the reason. */
@Injectable()
export class FigureImportService implements FileImport {
  readonly kind = 'figures';
  readonly permission = 'figure:submit';

  constructor(private readonly recording: FigureRecording) {}

  async record(open: OpenImport): Promise<ImportOutcome> {
    const { tx, actor, contract, file, importId, recordedSeq } = open;
    const sheet = await readSheet(file.path, COLUMNS, (read) => open.onProgress(read, file.bytes));
    const act = { contractId: contract.id, personId: actor.personId, recordedSeq, importId };
    const typed = sheet.rows.map((row) => ({ row: row.row, input: inputOf(row) }));
    const recorded = await this.recording.record(tx, act, typed);
    for (const { row, fault } of recorded.faults)
      sheet.faults.add(row, figureColumn(fault.at), fault.code, fault.detail);
    sheet.faults.refuseIfAny();
    const { rowsNew, rowsCorrected, rowsUnchanged } = recorded;
    const recordedHash = recordedFiguresHash(recorded.versions);
    return { rows: sheet.read, rowsNew, rowsCorrected, rowsUnchanged, recordedHash };
  }
}

const inputOf = ({ cell }: SheetRow): FigureInput => ({
  metric: cell('metric'),
  group: cell('group'),
  from: cell('from'),
  to: cell('to'),
  numerator: cell('numerator'),
  denominator: cell('denominator'),
  definition: cell('definition'),
  definitionDiffers: cell('definition_differs'),
  status: cell('status'),
  correctionReason: cell('correction_reason'),
});
