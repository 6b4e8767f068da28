import { Module } from '@nestjs/common';
import { PrivacyModule } from '../../privacy/privacy.module.js';
import { ReplayBeforeServing } from '../../privacy/replay-before-serving.js';
import { PrivacyController } from './privacy.controller.js';

/** Identifiers, consent, erasure and subject access over HTTP. */
@Module({
  imports: [PrivacyModule],
  controllers: [PrivacyController],
  providers: [ReplayBeforeServing],
})
export class PrivacyApiModule {}
