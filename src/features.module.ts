import { Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AuditModule } from './audit/audit.module.js';
import { ClaimsModule } from './claims/claims.module.js';
import { BundlesModule } from './bundles/bundles.module.js';
import { CohortsModule } from './cohorts/cohorts.module.js';
import { ActivityModule } from './activity/activity.module.js';
import { ContractsModule } from './contracts/contracts.module.js';
import { LogModule } from './log/log.module.js';
import { MeasurementsModule } from './measurements/measurements.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ReplayModule } from './replay/replay.module.js';
import { StatementsModule } from './statements/statements.module.js';

/** Every feature, from left to right: a feature knows only those before it. */
@Module({
  imports: [
    PlatformModule,
    AccessModule,
    AuditModule,
    LogModule,
    ContractsModule,
    CohortsModule,
    PrivacyModule,
    MeasurementsModule,
    FiguresModule,
    PaymentsModule,
    ClaimsModule,
    StatementsModule,
    BundlesModule,
    ActivityModule,
    ReplayModule,
  ],
})
export class FeaturesModule {}
