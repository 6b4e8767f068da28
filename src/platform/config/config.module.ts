import { Global, Module } from '@nestjs/common';
import { loadConfig } from './config.js';

/** Injection token of the frozen Config. */
export const CONFIG = Symbol('Config');

/** The only place that hands the environment to anybody. */
@Global()
@Module({
  providers: [{ provide: CONFIG, useFactory: () => loadConfig(process.env) }],
  exports: [CONFIG],
})
export class ConfigModule {}
