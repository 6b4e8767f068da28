import { Global, Module } from '@nestjs/common';
import { RECORD_OF_ACCESS } from '../access/record-of-access.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { Readings } from './readings.service.js';

/** The append-only record of every act, and its verification. Global, because every feature records its acts. */
@Global()
@Module({
  providers: [
    AuditService,
    Readings,
    AuditRepository,
    { provide: RECORD_OF_ACCESS, useExisting: AuditService },
  ],
  exports: [AuditService, Readings, RECORD_OF_ACCESS],
})
export class AuditModule {}
