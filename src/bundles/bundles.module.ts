import { Module } from '@nestjs/common';
import { ClaimsModule } from '../claims/claims.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { BundlePlans } from './bundle-plans.js';
import { BundlesRepository } from './bundles.repository.js';
import { BundlesService } from './bundles.service.js';
import { ClaimsSection } from './claims-section.js';
import { LogSection } from './log-section.js';

/** Bundles: files that prove one thing to whoever trusts neither the provider nor whoever runs this service. */
@Module({
  imports: [ClaimsModule, ContractsModule],
  providers: [BundlesService, BundlePlans, LogSection, ClaimsSection, BundlesRepository],
  exports: [BundlesService],
})
export class BundlesModule {}
