import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { MeasurementsModule } from '../measurements/measurements.module.js';
import { ContractRecordService } from './contract-record.service.js';
import { EffectRecording } from './effect-recording.js';
import { EffectsRepository } from './effects.repository.js';
import { EffectsService } from './effects.service.js';
import { FigureRecording } from './figure-recording.js';
import { FiguresRepository } from './figures.repository.js';
import { FiguresService } from './figures.service.js';
import { EffectImportService } from './import/effect-import.service.js';
import { FigureImportService } from './import/figure-import.service.js';
import { ImportsService } from './import/imports.service.js';

/** Figures and signed results about a contract as a whole. */
@Module({
  imports: [AuditModule, ContractsModule, CohortsModule, MeasurementsModule],
  providers: [
    FiguresService,
    EffectsService,
    ContractRecordService,
    FigureRecording,
    EffectRecording,
    FiguresRepository,
    EffectsRepository,
    FigureImportService,
    EffectImportService,
    ImportsService,
  ],
  exports: [FiguresService, EffectsService, ContractRecordService, ImportsService],
})
export class FiguresModule {}
