import { Module } from '@nestjs/common';
import { MeasurementsModule } from '../../measurements/measurements.module.js';
import { MeasurementsController } from './measurements.controller.js';
import { ResponsesController } from './responses.controller.js';

/** Measurements over HTTP. */
@Module({
  imports: [MeasurementsModule],
  controllers: [MeasurementsController, ResponsesController],
})
export class MeasurementsApiModule {}
