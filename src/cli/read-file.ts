import { readFile } from 'node:fs/promises';
import { FileNotReadable } from './cli.errors.js';

/** The text of a file named on the command line. Refuses FileNotReadable. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new FileNotReadable(file, (error as NodeJS.ErrnoException).code ?? 'unreadable');
  }
}
