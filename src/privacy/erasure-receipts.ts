import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { ErasureNotNoted, ReceiptsUnreadable, ReceiptsUnwritable } from './privacy.errors.js';

/** That somebody was erased. It says who by their contract and pseudonym, because ids of a restored database may differ. */
export interface Receipt {
  readonly contract: string;
  readonly reference: string;
  /** The words of their record, or who they are. */
  readonly what: 'record' | 'identity';
}

/**
 * A file outside the database, one line of JSON for each erasure, to which lines are only ever added: a database that is
 * restored from before an erasure knows nothing of it, and the file does. Several processes may share it; the same
 * receipt may stand in it twice.
 */
@Injectable()
export class ErasureReceipts {
  private readonly file: string | null;

  constructor(@Inject(CONFIG) config: Pick<Config, 'erasuresFile'>) {
    this.file = config.erasuresFile;
  }

  get areKept(): boolean {
    return this.file !== null;
  }

  /** Every receipt, once. Refuses ReceiptsUnreadable. A line that was cut off as it was written was never answered for. */
  async all(): Promise<Receipt[]> {
    const receipts = new Map<string, Receipt>();
    const lines = this.file === null ? [] : (await contentOf(this.file)).split('\n');
    for (const [index, line] of lines.entries()) {
      if (!line.endsWith('}')) continue;
      const receipt = receiptIn(line);
      if (receipt === null) throw new ReceiptsUnreadable(index + 1);
      receipts.set(lineOf(receipt), receipt);
    }
    return [...receipts.values()];
  }

  /** Resolves when the receipts are on the disk; at once where none are kept. Refuses ErasureNotNoted. */
  async add(receipts: readonly Receipt[]): Promise<void> {
    if (this.file === null || receipts.length === 0) return;
    // a line break comes first as well, so that a line that was cut off before spoils none of these
    const lines = receipts.map((receipt) => `\n${lineOf(receipt)}`).join('');
    try {
      await append(this.file, `${lines}\n`);
    } catch (error) {
      throw new ErasureNotNoted(error);
    }
  }

  /** Refuses ReceiptsUnwritable now, and not when somebody is to be erased. */
  async refuseUnwritable(): Promise<void> {
    if (this.file === null) return;
    try {
      await append(this.file, '');
    } catch (error) {
      throw new ReceiptsUnwritable(error);
    }
  }
}

async function append(path: string, lines: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  try {
    await file.appendFile(lines);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new ReceiptsUnreadable(null, error);
  }
}

const lineOf = ({ contract, reference, what }: Receipt): string =>
  JSON.stringify({ contract, reference, what });

function receiptIn(line: string): Receipt | null {
  try {
    const { contract, reference, what } = JSON.parse(line) as Partial<Record<string, unknown>>;
    const isReceipt =
      typeof contract === 'string' &&
      typeof reference === 'string' &&
      (what === 'record' || what === 'identity');
    return isReceipt ? { contract, reference, what } : null;
  } catch {
    return null;
  }
}
