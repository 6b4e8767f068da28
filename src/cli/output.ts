import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { FileNotWritable } from './cli.errors.js';
import type { Terminal } from './terminal.js';

/** Where an export goes: a file named with --out, or the output of the command. */
export interface Output {
  write(text: string): void;
  end(): Promise<void>;
}

export function openOutput(terminal: Terminal, file: string | undefined): Output {
  if (file === undefined) return { write: terminal.out, end: async () => undefined };
  const stream = createWriteStream(file);
  const done = finished(stream).catch((error: NodeJS.ErrnoException) => {
    throw new FileNotWritable(file, error.code ?? error.message);
  });
  done.catch(() => undefined); // reported by end
  return {
    write: (text) => void stream.write(text),
    end: async () => {
      stream.end();
      await done;
    },
  };
}
