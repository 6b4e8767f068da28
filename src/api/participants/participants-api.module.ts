import { Module } from '@nestjs/common';
import { CohortsModule } from '../../cohorts/cohorts.module.js';
import { MeasurementsModule } from '../../measurements/measurements.module.js';
import { ParticipantsController } from './participants.controller.js';

/** Participants over HTTP. */
@Module({ imports: [CohortsModule, MeasurementsModule], controllers: [ParticipantsController] })
export class ParticipantsApiModule {}
