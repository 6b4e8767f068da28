import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { CohortsRepository } from './cohorts.repository.js';
import { CohortsService } from './cohorts.service.js';
import { EnrolmentEntity } from './enrolment.entity.js';
import { EnrolmentTexts } from './enrolment-texts.js';
import { ParticipantKeysRepository } from './keys/participant-keys.repository.js';
import { ParticipantKeys } from './keys/participant-keys.service.js';
import { FileImports } from './import/file-imports.js';
import { ImportsRepository } from './import/imports.repository.js';
import { ParticipantImportRepository } from './import/participant-import.repository.js';
import { ParticipantImportService } from './import/participant-import.service.js';
import { ParticipantEntity } from './participant.entity.js';

/** Participants and their enrolments. */
@Module({
  imports: [
    AuditModule,
    ContractsModule,
    TypeOrmModule.forFeature([ParticipantEntity, EnrolmentEntity]),
  ],
  providers: [
    CohortsService,
    CohortsRepository,
    EnrolmentTexts,
    ParticipantKeys,
    ParticipantKeysRepository,
    ParticipantImportService,
    ParticipantImportRepository,
    FileImports,
    ImportsRepository,
  ],
  exports: [CohortsService, ParticipantImportService, FileImports, ParticipantKeys],
})
export class CohortsModule {}
