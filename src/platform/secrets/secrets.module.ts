import { Global, Module } from '@nestjs/common';
import { NamedSecrets } from '../config/named-secrets.js';
import { SecretBox } from './secret-box.js';

/** Sealing secrets that lie in tables, and finding those that must not. */
@Global()
@Module({ providers: [SecretBox, NamedSecrets], exports: [SecretBox, NamedSecrets] })
export class SecretsModule {}
