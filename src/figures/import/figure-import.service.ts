import { Injectable } from '@nestjs/common';
import {
  FileImports,
  type CommandOfFile,
  type FileImport,
  type OpenImport,
  type Upload,
} from '../../cohorts/import/file-imports.js';
import type {
  ImportOutcome,
  ImportProgress,
  ImportResult,
} from '../../cohorts/import/import-result.js';
import { figureColumn, type FigureInput } from '../../domain/outcomes/check-figure.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { ColumnPlan } from '../../platform/csv/csv-header.js';
import type { Performed } from '../../platform/database/command-runner.js';
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
export class FigureImportService {
  constructor(
    private readonly files: FileImports,
    private readonly recording: FigureRecording,
  ) {}

  /** Imports an upload. Refuses as FileImports.fromStream does. */
  upload(
    actor: Actor,
    commandOf: CommandOfFile,
    code: string,
    upload: Upload,
  ): Promise<Performed<ImportResult>> {
    return this.files.fromStream(actor, commandOf, code, upload, this.work());
  }

  /** Imports a file on this machine, telling how far it has got. */
  importFile(
    commandOf: CommandOfFile,
    code: string,
    path: string,
    onProgress?: ImportProgress,
  ): Promise<Performed<ImportResult>> {
    return this.files.fromPath(commandOf, code, path, this.work(onProgress));
  }

  private work(onProgress?: ImportProgress): FileImport {
    return {
      kind: 'figures',
      permission: 'figure:submit',
      record: (open) => this.record(open, onProgress),
    };
  }

  private async record(open: OpenImport, onProgress?: ImportProgress): Promise<ImportOutcome> {
    const { tx, actor, contract, file, importId, recordedSeq } = open;
    const sheet = await readSheet(file.path, COLUMNS, (read) => onProgress?.(read, file.bytes));
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
