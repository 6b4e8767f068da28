import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { MeasurementImportRepository } from './import/measurement-import.repository.js';
import { MeasurementImportService } from './import/measurement-import.service.js';
import { MeasurementsRepository } from './measurements.repository.js';
import { MeasurementsService } from './measurements.service.js';
import { ResponsesService } from './responses.service.js';
import { ScoreAuthorsRepository } from './score-authors.repository.js';
import { ScoreAuthorsService } from './score-authors.service.js';

/** Scores and events of participants. */
@Module({
  imports: [AuditModule, ContractsModule, CohortsModule, PrivacyModule],
  providers: [
    MeasurementsService,
    MeasurementsRepository,
    MeasurementImportService,
    MeasurementImportRepository,
    ResponsesService,
    ScoreAuthorsRepository,
    ScoreAuthorsService,
  ],
  exports: [MeasurementsService, MeasurementImportService, ResponsesService, ScoreAuthorsService],
})
export class MeasurementsModule {}
