import { Module } from '@nestjs/common';
import { FeaturesModule } from '../features.module.js';

/** The REST interface: one module for each part of it. */
@Module({ imports: [FeaturesModule] })
export class ApiModule {}
