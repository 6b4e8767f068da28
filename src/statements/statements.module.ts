import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { StatementsRepository } from './statements.repository.js';
import { StatementsService } from './statements.service.js';

/** Statements: the account of a period for those who put up the money. */
@Module({
  imports: [AuditModule, ContractsModule],
  providers: [StatementsService, StatementsRepository],
  exports: [StatementsService],
})
export class StatementsModule {}
