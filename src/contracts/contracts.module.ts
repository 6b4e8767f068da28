import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ActivationService } from './activation.service.js';
import { ContractMembersService } from './contract-members.service.js';
import { ContractEntity } from './contract.entity.js';
import { ContractsRepository } from './contracts.repository.js';
import { ContractsService } from './contracts.service.js';
import { DraftingService } from './drafting.service.js';
import { TrialsService } from './trials.service.js';
import { TermsVersionEntity } from './terms-version.entity.js';

/** Contracts and the editions of their terms. */
@Module({
  imports: [
    AccessModule,
    AuditModule,
    TypeOrmModule.forFeature([ContractEntity, TermsVersionEntity]),
  ],
  providers: [
    ContractsService,
    DraftingService,
    ActivationService,
    ContractMembersService,
    ContractsRepository,
    TrialsService,
  ],
  exports: [
    ContractsService,
    DraftingService,
    ActivationService,
    ContractMembersService,
    TrialsService,
  ],
})
export class ContractsModule {}
