import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Transaction } from '../database/transaction.js';
import type { Letter, Letters } from './letters.js';
import { messageOf } from './message.js';

/** Whose folder it is. */
export interface PickupFolderSettings {
  readonly folder: string;
  readonly from: string;
  readonly host: string;
}

/**
 * Lays each letter down as one .eml file (RFC 5322) in a folder from which a mail server fetches: the service needs no
 * password of a mail server, and a mail server that is away loses nothing. A file appears under its name when it is whole.
 */
export class PickupFolder implements Letters {
  private readonly writer = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  constructor(
    private readonly settings: PickupFolderSettings,
    private readonly clock: Clock,
  ) {}

  async send(_: Transaction, letter: Letter): Promise<void> {
    const { folder, from, host } = this.settings;
    const id = randomUUID();
    const message = messageOf(letter, { from, id, at: this.clock.now(), host });
    const written = await this.writer.sendMail(message);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unfinished = join(folder, `.${id}.part`);
    // a letter may hold a link that signs somebody in: nobody else on the machine reads it
    await writeFile(unfinished, written.message as Buffer, { mode: 0o600 });
    await rename(unfinished, join(folder, `${id}.eml`));
  }
}
