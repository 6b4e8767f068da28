import { Module } from '@nestjs/common';
import { StatementsModule } from '../../statements/statements.module.js';
import { StatementsController } from './statements.controller.js';

/** Statements over HTTP. */
@Module({ imports: [StatementsModule], controllers: [StatementsController] })
export class StatementsApiModule {}
