import { Module } from '@nestjs/common';
import { ApiModule } from './api/api.module.js';
import { WebModule } from './web/web.module.js';

/** What the HTTP service serves: the JSON interface for programs and the pages for people. */
@Module({ imports: [ApiModule, WebModule] })
export class ServiceModule {}
