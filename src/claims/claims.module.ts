import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { ActedLinesRepository } from './acted-lines.repository.js';
import { AmountsCheckRepository } from './amounts-check.repository.js';
import { AmountsCheck } from './amounts-check.service.js';
import { ClaimReviewRepository } from './claim-review.repository.js';
import { ClaimsRepository } from './claims.repository.js';
import { ClaimsService } from './claims.service.js';
import { DependentDecisionsRepository } from './dependent-decisions.repository.js';
import { DependentDecisionsService } from './dependent-decisions.service.js';
import { DecisionService } from './decision.service.js';
import { LinesOfActs } from './lines-of-acts.js';
import { SubmissionService } from './submission.service.js';

/** Claims: lines submitted by the provider, and their decision by a commissioner. */
@Module({
  imports: [AuditModule, ContractsModule, PrivacyModule],
  providers: [
    ClaimsService,
    SubmissionService,
    DecisionService,
    DependentDecisionsService,
    LinesOfActs,
    ClaimsRepository,
    ActedLinesRepository,
    ClaimReviewRepository,
    DependentDecisionsRepository,
    AmountsCheck,
    AmountsCheckRepository,
  ],
  exports: [
    ClaimsService,
    SubmissionService,
    DecisionService,
    DependentDecisionsService,
    LinesOfActs,
    AmountsCheck,
  ],
})
export class ClaimsModule {}
