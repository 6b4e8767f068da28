import { Module } from '@nestjs/common';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { ContractsController } from './contracts.controller.js';
import { DraftsController } from './drafts.controller.js';
import { TermsController } from './terms.controller.js';

/** Contracts and their terms over HTTP. */
@Module({
  imports: [ContractsModule],
  controllers: [ContractsController, DraftsController, TermsController],
})
export class ContractsApiModule {}
