import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { CohortsRepository } from './cohorts.repository.js';
import { CohortsService } from './cohorts.service.js';
import { EnrolmentEntity } from './enrolment.entity.js';
import { ParticipantEntity } from './participant.entity.js';

/** Participants and their enrolments. */
@Module({
  imports: [
    AuditModule,
    ContractsModule,
    TypeOrmModule.forFeature([ParticipantEntity, EnrolmentEntity]),
  ],
  providers: [CohortsService, CohortsRepository],
  exports: [CohortsService],
})
export class CohortsModule {}
