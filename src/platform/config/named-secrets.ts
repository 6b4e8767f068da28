import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';

/** Only variables made for it can be named, so that nobody has the password of the database sent to their own server. */
export const SECRET_NAME = /^OIDC_SECRET_[A-Z0-9_]{1,60}$/;

/**
 * Secrets that a row in the database refers to by name: the environment variable of that name, or the file that
 * `<name>_FILE` names. The database itself never holds them.
 */
@Injectable()
export class NamedSecrets {
  /** The secret; null when the name is not allowed, not set, or its file cannot be read. */
  async read(name: string): Promise<string | null> {
    if (!SECRET_NAME.test(name)) return null;
    const file = process.env[`${name}_FILE`];
    const text =
      file === undefined || file === ''
        ? process.env[name]
        : await readFile(file, 'utf8').catch(() => undefined);
    const secret = text?.trim();
    return secret === undefined || secret === '' ? null : secret;
  }
}
