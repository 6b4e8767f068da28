import { Module } from '@nestjs/common';
import { CohortsModule } from '../../cohorts/cohorts.module.js';
import { FiguresModule } from '../../figures/figures.module.js';
import { MeasurementsModule } from '../../measurements/measurements.module.js';
import { ImportsController } from './imports.controller.js';

/** Uploads over HTTP. */
@Module({
  imports: [CohortsModule, MeasurementsModule, FiguresModule],
  controllers: [ImportsController],
})
export class ImportsApiModule {}
