import { Module } from '@nestjs/common';
import { BundlesModule } from '../../bundles/bundles.module.js';
import { BundlesController } from './bundles.controller.js';

@Module({ imports: [BundlesModule], controllers: [BundlesController] })
export class BundlesApiModule {}
