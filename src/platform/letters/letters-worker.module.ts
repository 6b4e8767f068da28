import { Module } from '@nestjs/common';
import { LetterCarrier } from './letter-carrier.js';
import { LetterRounds } from './letter-rounds.js';

/** What the worker process adds: only it speaks to the mail server. */
@Module({ providers: [LetterCarrier, LetterRounds] })
export class LettersWorkerModule {}
