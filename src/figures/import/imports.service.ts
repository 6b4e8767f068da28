import { Injectable } from '@nestjs/common';
import {
  FileImports,
  type CommandOfFile,
  type FileImport,
  type Upload,
} from '../../cohorts/import/file-imports.js';
import type {
  ImportKind,
  ImportProgress,
  ImportResult,
} from '../../cohorts/import/import-result.js';
import { ParticipantImportService } from '../../cohorts/import/participant-import.service.js';
import { MeasurementImportService } from '../../measurements/import/measurement-import.service.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Performed } from '../../platform/database/command-runner.js';
import { EffectImportService } from './effect-import.service.js';
import { FigureImportService } from './figure-import.service.js';

/** Takes in files of every kind: by upload, or from this machine. */
@Injectable()
export class ImportsService {
  private readonly works: Readonly<Record<ImportKind, FileImport>>;

  constructor(
    private readonly files: FileImports,
    participants: ParticipantImportService,
    measurements: MeasurementImportService,
    figures: FigureImportService,
    effects: EffectImportService,
  ) {
    this.works = { participants, measurements, figures, effects };
  }

  /** Imports an upload. Refuses as FileImports.fromStream does. */
  upload(
    kind: ImportKind,
    actor: Actor,
    commandOf: CommandOfFile,
    code: string,
    upload: Upload,
  ): Promise<Performed<ImportResult>> {
    return this.files.fromStream(actor, commandOf, code, upload, this.works[kind]);
  }

  /** Imports a file on this machine, telling how far it has got. */
  importFile(
    kind: ImportKind,
    commandOf: CommandOfFile,
    code: string,
    path: string,
    onProgress?: ImportProgress,
  ): Promise<Performed<ImportResult>> {
    return this.files.fromPath(commandOf, code, path, this.works[kind], onProgress);
  }
}
