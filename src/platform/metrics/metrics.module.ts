import { Global, Module } from '@nestjs/common';
import { WaitingWorkRepository } from '../health/waiting-work.repository.js';
import { Metrics } from './metrics.js';

@Global()
@Module({ providers: [Metrics, WaitingWorkRepository], exports: [Metrics, WaitingWorkRepository] })
export class MetricsModule {}
