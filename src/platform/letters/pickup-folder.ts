import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { CLOCK } from '../clock/clock.module.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { Letter, Letters } from './letters.js';
import { LetterRefused, LettersNotConfigured } from './letters.errors.js';

const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Lays each letter down as one .eml file (RFC 5322) in a folder from which a mail server fetches: the service needs no
 * password of a mail server, and a mail server that is away loses nothing. A file appears under its name when it is whole.
 */
@Injectable()
export class PickupFolder implements Letters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(letter: Letter): Promise<void> {
    const { letters } = this.config;
    if (letters === null) throw new LettersNotConfigured();
    if (CONTROL.test(letter.to) || CONTROL.test(letter.subject)) throw new LetterRefused();
    await mkdir(letters.folder, { recursive: true, mode: 0o700 });
    const id = randomUUID();
    const unfinished = join(letters.folder, `.${id}.part`);
    // a letter may hold a link that signs somebody in: nobody else on the machine reads it
    await writeFile(unfinished, this.written(letter, letters.from, id), { mode: 0o600 });
    await rename(unfinished, join(letters.folder, `${id}.eml`));
  }

  private written({ to, subject, text }: Letter, from: string, id: string): string {
    return [
      `Date: ${this.clock.now().toUTCString().replace('GMT', '+0000')}`,
      `From: ${from}`,
      `To: ${to}`,
      `Subject: ${encodedWord(subject)}`,
      `Message-ID: <${id}@${new URL(this.config.publicUrl).hostname}>`,
      'Auto-Submitted: auto-generated',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      ...(Buffer.from(text, 'utf8')
        .toString('base64')
        .match(/.{1,76}/g) ?? []),
      '',
    ].join('\r\n');
  }
}

/** A subject with letters beyond ASCII is written as RFC 2047 says. */
const encodedWord = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? text
    : `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
