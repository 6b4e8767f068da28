import { Module } from '@nestjs/common';
import { QueueProbe } from '../queue/queue-probe.js';
import { Readiness } from './readiness.js';

@Module({ providers: [Readiness, QueueProbe], exports: [Readiness] })
export class HealthModule {}
