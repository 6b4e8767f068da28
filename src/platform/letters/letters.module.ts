import { Global, Module } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { CLOCK } from '../clock/clock.module.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { SecretBox } from '../secrets/secret-box.js';
import { LetterOutbox } from './letter-outbox.js';
import { LETTERS, type Letters } from './letters.js';
import { NoLetters } from './no-letters.js';
import { PickupFolder } from './pickup-folder.js';
import { WaitingLettersRepository } from './waiting-letters.repository.js';

/** How letters leave the service: to the mail server where one is configured, or into the folder that is, or not at all. */
function lettersOf(
  { letters, publicUrl }: Config,
  clock: Clock,
  waiting: WaitingLettersRepository,
  box: SecretBox,
): Letters {
  if (letters === null) return new NoLetters();
  const { from, to } = letters;
  if (to.kind === 'server') return new LetterOutbox(waiting, box, clock);
  return new PickupFolder({ folder: to.folder, from, host: new URL(publicUrl).hostname }, clock);
}

/** Sending letters, for every process; what brings them to a mail server is the worker's. */
@Global()
@Module({
  providers: [
    WaitingLettersRepository,
    {
      provide: LETTERS,
      inject: [CONFIG, CLOCK, WaitingLettersRepository, SecretBox],
      useFactory: lettersOf,
    },
  ],
  exports: [LETTERS, WaitingLettersRepository],
})
export class LettersModule {}
