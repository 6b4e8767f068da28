import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { FiguresModule } from '../figures/figures.module.js';
import { ComputationFactsRepository } from './computation-facts.repository.js';
import { ComputationPerformer } from './computation-performer.js';
import { ComputationReplay } from './computation-replay.service.js';
import { ComputationRun } from './computation-run.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { PaymentComputationEntity } from './payment-computation.entity.js';
import { PaymentLinesRepository } from './payment-lines.repository.js';
import { PaymentLinesService } from './payment-lines.service.js';
import { PaymentsRepository } from './payments.repository.js';
import { PaymentsService } from './payments.service.js';
import { StoredComputationsRepository } from './stored-computations.repository.js';

/** Payment computations: asked for by people, performed by workers, explained line by line. */
@Module({
  imports: [
    TypeOrmModule.forFeature([PaymentComputationEntity]),
    AccessModule,
    AuditModule,
    ContractsModule,
    CohortsModule,
    PrivacyModule,
    FiguresModule,
  ],
  providers: [
    PaymentsService,
    PaymentLinesService,
    ComputationPerformer,
    ComputationRun,
    PaymentsRepository,
    PaymentLinesRepository,
    ComputationFactsRepository,
    ComputationReplay,
    StoredComputationsRepository,
  ],
  exports: [PaymentsService, PaymentLinesService, ComputationPerformer, ComputationReplay],
})
export class PaymentsModule {}
