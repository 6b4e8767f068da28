import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { ActivityExportService } from './activity-export.service.js';
import { ActivityRepository } from './activity.repository.js';
import { ActivityService } from './activity.service.js';
import { RecordCheckService } from './record-check.service.js';

/** Activity: the audit trail as people read it, one plain sentence for each act. */
@Module({
  imports: [AccessModule, ContractsModule],
  providers: [ActivityService, ActivityExportService, RecordCheckService, ActivityRepository],
  exports: [ActivityService, ActivityExportService, RecordCheckService],
})
export class ActivityModule {}
