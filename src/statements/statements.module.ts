import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { ExactStatements } from './exact-statements.js';
import { IssueMaking } from './issue-making.service.js';
import { IssuedRepository } from './issued.repository.js';
import { IssuingService } from './issuing.service.js';
import { StatementsRepository } from './statements.repository.js';
import { StatementsService } from './statements.service.js';

/** Statements: the account of a period, exact for those who keep the record and issued for everybody else. */
@Module({
  imports: [AuditModule, ContractsModule],
  providers: [
    StatementsService,
    IssuingService,
    ExactStatements,
    IssueMaking,
    StatementsRepository,
    IssuedRepository,
  ],
  exports: [StatementsService, IssuingService, IssueMaking],
})
export class StatementsModule {}
