import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { EntryProofController } from './entry-proof.controller.js';
import { LogController } from './log.controller.js';

@Module({ imports: [AccessModule], controllers: [LogController, EntryProofController] })
export class LogApiModule {}
