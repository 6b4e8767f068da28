import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { MembersController } from './members.controller.js';

@Module({ imports: [AccessModule], controllers: [MembersController] })
export class MembersApiModule {}
