import { Global, Module } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';

/** Injection token of the domain's Clock. */
export const CLOCK = Symbol('Clock');

const SYSTEM_CLOCK: Clock = { now: () => new Date() };

/** Time is handed out, so that a test can hand out another. */
@Global()
@Module({ providers: [{ provide: CLOCK, useValue: SYSTEM_CLOCK }], exports: [CLOCK] })
export class ClockModule {}
