import { Global, Module } from '@nestjs/common';
import { OldestWork } from '../health/oldest-work.js';
import { Metrics } from './metrics.js';

@Global()
@Module({ providers: [Metrics, OldestWork], exports: [Metrics, OldestWork] })
export class MetricsModule {}
