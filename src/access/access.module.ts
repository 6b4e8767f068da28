import { Module } from '@nestjs/common';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';

/** People, their keys, and what each may do on a contract. */
@Module({ providers: [AccessService, AccessRepository], exports: [AccessService] })
export class AccessModule {}
