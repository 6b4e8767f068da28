import { Global, Module } from '@nestjs/common';
import { LETTERS } from './letters.js';
import { PickupFolder } from './pickup-folder.js';

/** How letters leave the service. */
@Global()
@Module({ providers: [{ provide: LETTERS, useClass: PickupFolder }], exports: [LETTERS] })
export class LettersModule {}
