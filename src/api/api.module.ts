import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccessModule } from '../access/access.module.js';
import { FeaturesModule } from '../features.module.js';
import { AccessGuard } from '../platform/auth/access.guard.js';
import { CallLimits } from '../platform/rate-limits/call-limits.js';
import { RoutesCheck } from '../platform/auth/routes-check.js';
import { ProblemFilter } from '../platform/http/problem.filter.js';
import { createValidationPipe } from '../platform/http/validation.pipe.js';
import { ActivityApiModule } from './activity/activity-api.module.js';
import { AuditApiModule } from './audit/audit.module.js';
import { BundlesApiModule } from './bundles/bundles-api.module.js';
import { ContractsApiModule } from './contracts/contracts-api.module.js';
import { ClaimsApiModule } from './claims/claims-api.module.js';
import { ComputationsApiModule } from './computations/computations-api.module.js';
import { FiguresApiModule } from './figures/figures-api.module.js';
import { HealthApiModule } from './health/health.module.js';
import { ImportsApiModule } from './imports/imports-api.module.js';
import { LogApiModule } from './log/log-api.module.js';
import { KeysApiModule } from './keys/keys-api.module.js';
import { MeasurementsApiModule } from './measurements/measurements-api.module.js';
import { MembersApiModule } from './members/members.module.js';
import { OrganisationsApiModule } from './organisations/organisations-api.module.js';
import { ParticipantsApiModule } from './participants/participants-api.module.js';
import { PeopleApiModule } from './people/people.module.js';
import { PrivacyApiModule } from './privacy/privacy-api.module.js';
import { RootModule } from './root/root.module.js';
import { StatementsApiModule } from './statements/statements-api.module.js';

/** The REST interface: one module for each part of it. */
@Module({
  imports: [
    FeaturesModule,
    AccessModule,
    DiscoveryModule,
    RootModule,
    HealthApiModule,
    PeopleApiModule,
    KeysApiModule,
    OrganisationsApiModule,
    MembersApiModule,
    ActivityApiModule,
    AuditApiModule,
    LogApiModule,
    BundlesApiModule,
    ClaimsApiModule,
    StatementsApiModule,
    ContractsApiModule,
    ParticipantsApiModule,
    PrivacyApiModule,
    MeasurementsApiModule,
    FiguresApiModule,
    ImportsApiModule,
    ComputationsApiModule,
  ],
  providers: [
    RoutesCheck,
    CallLimits,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
})
export class ApiModule {}
