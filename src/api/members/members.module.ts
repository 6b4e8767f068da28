import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { MembersController } from './members.controller.js';

@Module({ imports: [AccessModule, ContractsModule], controllers: [MembersController] })
export class MembersApiModule {}
