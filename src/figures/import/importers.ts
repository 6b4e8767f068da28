import type { Type } from '@nestjs/common';
import type { CommandOfFile } from '../../cohorts/import/file-imports.js';
import type {
  ImportKind,
  ImportProgress,
  ImportResult,
} from '../../cohorts/import/import-result.js';
import { ParticipantImportService } from '../../cohorts/import/participant-import.service.js';
import { MeasurementImportService } from '../../measurements/import/measurement-import.service.js';
import type { Performed } from '../../platform/database/command-runner.js';
import { EffectImportService } from './effect-import.service.js';
import { FigureImportService } from './figure-import.service.js';

/** Whatever takes in files that lie on this machine. */
export interface FileImporter {
  importFile(
    commandOf: CommandOfFile,
    code: string,
    path: string,
    onProgress?: ImportProgress,
  ): Promise<Performed<ImportResult>>;
}

/** Which service takes in each kind of file. */
export const IMPORTERS: Readonly<Record<ImportKind, Type<FileImporter>>> = {
  participants: ParticipantImportService,
  measurements: MeasurementImportService,
  figures: FigureImportService,
  effects: EffectImportService,
};
