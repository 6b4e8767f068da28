import { open } from 'node:fs/promises';
import { CsvScanner } from './csv-scanner.js';
import { MAX_RECORD_BYTES } from './text-inspector.js';

/** Chunks of rows leave between two blocks, so a block makes little more than one of them. */
const BLOCK_BYTES = 1 << 16;

/**
 * Reads a file block by block. `onRecord` is called for each record in turn and must not wait; after each block
 * `afterBlock` is awaited, so that whoever writes the rows elsewhere can hold the reading back.
 */
export async function readRecords(
  path: string,
  onRecord: (record: CsvScanner) => void,
  afterBlock: (bytesRead: number) => Promise<void>,
): Promise<void> {
  const scanner = new CsvScanner(MAX_RECORD_BYTES, BLOCK_BYTES);
  const handle = await open(path, 'r');
  try {
    for (let total = 0; ;) {
      const { bytesRead } = await handle.read(scanner.buffer(), 0, BLOCK_BYTES, null);
      scanner.filled(bytesRead);
      if (total === 0 && startsWithMark(scanner.bytes, bytesRead)) scanner.skip(3);
      total += bytesRead;
      while (scanner.next()) onRecord(scanner);
      await afterBlock(total);
      if (bytesRead === 0 || scanner.hasStopped) return;
    }
  } finally {
    await handle.close();
  }
}

const startsWithMark = (bytes: Buffer, length: number) =>
  length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
