import { Module } from '@nestjs/common';
import { PrivacyModule } from '../../privacy/privacy.module.js';
import { PrivacyController } from './privacy.controller.js';

/** Identifiers, consent, erasure and subject access over HTTP. */
@Module({ imports: [PrivacyModule], controllers: [PrivacyController] })
export class PrivacyApiModule {}
