import { createHash, hash } from 'node:crypto';
import { SALT_BYTES } from './leaf-text.js';

/** What one row says, apart from whom it is about and its day: a text that very many rows share. */
export interface RowText {
  readonly text: string;
  /** Where the text was last written: the block, and its number there. */
  block: number;
  number: number;
}

export const rowText = (text: string): RowText => ({ text, block: -1, number: -1 });

/** By what an entry commits to all rows that its act recorded, and what narrows a difference down. */
export interface RowsCommitted {
  /** In hexadecimal; it stands in the entry. */
  readonly rowsHash: string;
  /** 32 random bytes, kept beside the rows: whoever is shown the entry alone cannot try out what the rows may say. */
  readonly salt: Uint8Array;
  /** The hashes of the blocks, 32 bytes each. */
  readonly blocks: Uint8Array;
}

/** Once a block has so many rows it ends with the rows of whoever it is about. */
export const ROWS_IN_BLOCK = 256;
const HASH_BYTES = 32;
const REFERENCE = 0x50;
const TEXT = 0x54;
const ROW = 0x52;
const ROW_BYTES = 9;

/**
 * Commits to the rows of one act, in blocks. Rows come one subject after the other, and those of one subject in the order
 * of their texts (see inOrder). A block is SHA-256 over a zero byte, the salt, and what follows here; the whole is SHA-256
 * over a byte 0x01 and all blocks. Numbers are big-endian.
 *
 * - "P", length (4 bytes) and UTF-8 bytes of a subject's reference, before its first row;
 * - "T", length and bytes of a text, before the first row of the block that says it; such texts are numbered 0, 1, 2 ...;
 * - "R", number of the text (4 bytes), days since 1 January 2000 (4 bytes, two's complement), for each row.
 *
 * So a row costs nine bytes and no hash of its own: an import has millions of them.
 */
export class RowsCommitment {
  private bytes = Buffer.allocUnsafeSlow(64 * 1024);
  private used: number;
  private readonly start: number;
  private block = 0;
  private rows = 0;
  private texts = 0;
  private readonly all = createHash('sha256').update(Buffer.of(1));
  private readonly hashes: Buffer[] = [];
  /** The texts of the block that were given as such. */
  private readonly ofBlock = new Map<string, RowText>();

  constructor(
    private readonly salt: Uint8Array,
    private readonly onBlock: (block: number, hash: Buffer) => void = () => undefined,
  ) {
    if (salt.length !== SALT_BYTES) throw new Error(`A salt has ${SALT_BYTES} bytes`);
    this.bytes[0] = 0;
    this.bytes.set(salt, 1);
    this.start = 1 + SALT_BYTES;
    this.used = this.start;
  }

  /** The number of the block in which the next row stands, once its subject has been told. */
  get current(): number {
    return this.block;
  }

  /** Whose rows follow. */
  subject(reference: string): void {
    if (this.rows >= ROWS_IN_BLOCK) this.endBlock();
    this.put(REFERENCE, reference);
  }

  /** The same, where the reference lies in bytes of the caller's. */
  readonly subjectIn = (source: Uint8Array, start: number, end: number): void => {
    if (this.rows >= ROWS_IN_BLOCK) this.endBlock();
    const length = end - start;
    if (this.used + 5 + length > this.bytes.length) this.widen(5 + length);
    const { bytes } = this;
    let at = this.used;
    bytes[at++] = REFERENCE;
    at = putInteger(bytes, at, length);
    for (let from = start; from < end; from += 1) bytes[at++] = source[from]!;
    this.used = at;
  };

  /** A row by its text; for callers who do not know which of their rows say the same. */
  say(text: string, day: number): void {
    let what = this.ofBlock.get(text);
    if (what === undefined) this.ofBlock.set(text, (what = rowText(text)));
    this.row(what, day);
  }

  row(what: RowText, day: number): void {
    if (what.block !== this.block) {
      what.block = this.block;
      what.number = this.texts;
      this.texts += 1;
      this.put(TEXT, what.text);
    }
    if (this.used + ROW_BYTES > this.bytes.length) this.widen(ROW_BYTES);
    const { bytes } = this;
    let at = this.used;
    bytes[at++] = ROW;
    at = putInteger(bytes, at, what.number);
    this.used = putInteger(bytes, at, day);
    this.rows += 1;
  }

  finish(): RowsCommitted {
    if (this.used > this.start) this.endBlock();
    return {
      rowsHash: this.all.digest('hex'),
      salt: this.salt,
      blocks: Buffer.concat(this.hashes, this.hashes.length * HASH_BYTES),
    };
  }

  private endBlock(): void {
    const digest = hash('sha256', this.bytes.subarray(0, this.used), 'buffer');
    this.all.update(digest);
    this.hashes.push(digest);
    this.onBlock(this.block, digest);
    this.block += 1;
    this.used = this.start;
    this.rows = 0;
    this.texts = 0;
    this.ofBlock.clear();
  }

  private put(kind: number, text: string): void {
    const bytesMax = text.length * 3 + 5;
    if (this.used + bytesMax > this.bytes.length) this.widen(bytesMax);
    const at = this.used;
    const length = this.bytes.write(text, at + 5, 'utf8');
    this.bytes[at] = kind;
    this.used = putInteger(this.bytes, at + 1, length) + length;
  }

  private widen(by: number): void {
    const wider = Buffer.allocUnsafeSlow((this.used + by) * 2);
    wider.set(this.bytes.subarray(0, this.used));
    this.bytes = wider;
  }
}

function putInteger(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value >> 24;
  bytes[at + 1] = value >> 16;
  bytes[at + 2] = value >> 8;
  bytes[at + 3] = value;
  return at + 4;
}

/** What a reader of an act's own rows is told: the first block that is not as it was recorded, or that all are. */
export function firstOtherBlock(recorded: Uint8Array, rowsHash: string, now: Uint8Array): number {
  const root = createHash('sha256').update(Buffer.of(1)).update(recorded).digest('hex');
  if (root !== rowsHash) return -1; // what would tell has been altered too
  const length = Math.max(recorded.length, now.length) / HASH_BYTES;
  for (let block = 0; block < length; block += 1) {
    const at = block * HASH_BYTES;
    const [was, is] = [recorded, now].map((all) => all.subarray(at, at + HASH_BYTES));
    if (Buffer.compare(was!, is!) !== 0) return block;
  }
  return -1;
}
