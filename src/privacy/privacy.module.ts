import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { ConsentsRepository } from './consents.repository.js';
import { ConsentsService } from './consents.service.js';
import { ErasureReceipts } from './erasure-receipts.js';
import { ErasureReplayService } from './erasure-replay.service.js';
import { ErasureService } from './erasure.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { IdentifiersRepository } from './identifiers.repository.js';
import { IdentitiesService } from './identities.service.js';
import { KeyRotationService } from './key-rotation.service.js';
import { MatchTokensRepository } from './match-tokens.repository.js';
import { MatchTokensService } from './match-tokens.service.js';
import { RetentionService } from './retention.service.js';
import { SubjectAccessRepository } from './subject-access.repository.js';
import { SubjectAccessService } from './subject-access.service.js';

/** Who participants are, what they consented to, and how all of it is erased. */
@Module({
  imports: [AccessModule, AuditModule, ContractsModule, CohortsModule],
  providers: [
    IdentitiesService,
    IdentifiersRepository,
    ConsentsService,
    ConsentsRepository,
    MatchTokensService,
    MatchTokensRepository,
    RetentionService,
    KeyRotationService,
    ErasureService,
    ErasureReceipts,
    ErasureReplayService,
    ErasuresRepository,
    SubjectAccessService,
    SubjectAccessRepository,
  ],
  exports: [
    IdentitiesService,
    ConsentsService,
    MatchTokensService,
    RetentionService,
    KeyRotationService,
    ErasureService,
    ErasureReplayService,
    SubjectAccessService,
  ],
})
export class PrivacyModule {}
