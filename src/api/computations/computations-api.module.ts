import { Module } from '@nestjs/common';
import { PaymentsModule } from '../../payments/payments.module.js';
import { ComputationsController } from './computations.controller.js';
import { JobEvents } from './job-events.js';
import { JobsController } from './jobs.controller.js';
import { LinesController } from './lines.controller.js';

/** Computations, their jobs and their lines over HTTP. */
@Module({
  imports: [PaymentsModule],
  controllers: [ComputationsController, JobsController, LinesController],
  providers: [JobEvents],
})
export class ComputationsApiModule {}
