import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ClaimsModule } from '../claims/claims.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { StatementsModule } from '../statements/statements.module.js';
import { ClaimsReplay } from './claims-replay.js';
import { ComputationsReplay } from './computations-replay.js';
import { EnrolmentsReplay } from './enrolments-replay.js';
import { GroupsReplay } from './groups-replay.js';
import { MeasurementsReplay } from './measurements-replay.js';
import { ReplayRepository } from './replay.repository.js';
import { ReplayService } from './replay.service.js';
import { StatementsReplay } from './statements-replay.js';
import { TermsReplay } from './terms-replay.js';

/** Rebuilding what a contract pays from its trail and its terms, to hold what is stored against it. */
@Module({
  imports: [
    AccessModule,
    AuditModule,
    ContractsModule,
    CohortsModule,
    PaymentsModule,
    ClaimsModule,
    StatementsModule,
  ],
  providers: [
    ReplayService,
    ReplayRepository,
    TermsReplay,
    EnrolmentsReplay,
    MeasurementsReplay,
    GroupsReplay,
    ComputationsReplay,
    ClaimsReplay,
    StatementsReplay,
  ],
  exports: [ReplayService],
})
export class ReplayModule {}
