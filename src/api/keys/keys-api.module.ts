import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { OwnClientsController } from './own-clients.controller.js';
import { OwnKeysController } from './own-keys.controller.js';
import { TokenController } from './token.controller.js';

@Module({
  imports: [AccessModule],
  controllers: [OwnKeysController, OwnClientsController, TokenController],
})
export class KeysApiModule {}
