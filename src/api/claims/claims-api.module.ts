import { Module } from '@nestjs/common';
import { ClaimsModule } from '../../claims/claims.module.js';
import { ClaimsController } from './claims.controller.js';

/** Claims over HTTP. */
@Module({ imports: [ClaimsModule], controllers: [ClaimsController] })
export class ClaimsApiModule {}
