import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileNotReadable } from './cli.errors.js';

/**
 * Lends the path of a file that can be read more than once: the file itself, or a copy of what comes through a pipe, such as
 * /dev/stdin, which is removed after use. Refuses FileNotReadable.
 */
export async function readableAgain<T>(
  file: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  if (!(await isPipe(file))) return use(file);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'outturn-piped-'));
  const copy = path.join(folder, path.basename(file));
  try {
    await pipeline(createReadStream(file), createWriteStream(copy, { mode: 0o600 }));
    return await use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isPipe(file: string): Promise<boolean> {
  try {
    const found = await stat(file);
    return !found.isFile() && !found.isDirectory();
  } catch (error) {
    throw new FileNotReadable(file, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}
