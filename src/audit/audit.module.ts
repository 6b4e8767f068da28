import { Global, Module } from '@nestjs/common';
import { RECORD_OF_ACCESS } from '../access/record-of-access.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

/** The append-only record of every act, and its verification. Global, because every feature records its acts. */
@Global()
@Module({
  providers: [
    AuditService,
    AuditRepository,
    { provide: RECORD_OF_ACCESS, useExisting: AuditService },
  ],
  exports: [AuditService, RECORD_OF_ACCESS],
})
export class AuditModule {}
