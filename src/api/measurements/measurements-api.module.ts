import { Module } from '@nestjs/common';
import { MeasurementsModule } from '../../measurements/measurements.module.js';
import { MeasurementsController } from './measurements.controller.js';

/** Measurements over HTTP. */
@Module({ imports: [MeasurementsModule], controllers: [MeasurementsController] })
export class MeasurementsApiModule {}
