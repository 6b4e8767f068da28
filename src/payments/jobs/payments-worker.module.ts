import { Module } from '@nestjs/common';
import { PaymentsModule } from '../payments.module.js';
import { PaymentComputationProcessor } from './payment-computation.processor.js';
import { PaymentSweeper } from './payment-sweeper.js';

/** What the worker process adds to the feature; the web process never runs a job. */
@Module({
  imports: [PaymentsModule],
  providers: [PaymentComputationProcessor, PaymentSweeper],
})
export class PaymentsWorkerModule {}
