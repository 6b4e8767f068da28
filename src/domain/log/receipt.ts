import { fromBase64, toBase64 } from './base64.js';
import { HASH_BYTES, type TreeHash } from './hashes.js';
import { LogTextMalformed } from './log.errors.js';
import { formatNote, signText, type NoteSigner } from './signed-note.js';

/** The first line of every receipt. No log may have it as its origin: a receipt could pass for its checkpoint. */
export const RECEIPT_FORMAT = 'outturn-receipt/v1';

/** A promise of the log about one entry. */
export interface Receipt {
  readonly origin: string;
  readonly stream: string;
  readonly seq: bigint;
  /** The hash of the entry's leaf. */
  readonly leaf: TreeHash;
  /** POSIX seconds: every checkpoint that a witness first cosigns after this has the entry. */
  readonly deadline: bigint;
}

export const formatReceipt = (receipt: Receipt): string =>
  [
    RECEIPT_FORMAT,
    receipt.origin,
    receipt.stream,
    receipt.seq,
    toBase64(receipt.leaf),
    receipt.deadline,
    '',
  ].join('\n');

const DIGITS = /^(?:0|[1-9][0-9]{0,18})$/;

/** Reads the text of a receipt. */
export function parseReceipt(text: string): Receipt {
  const refuse = (because: string) => new LogTextMalformed('receipt', because);
  const [format, origin, stream, seq, encoded, deadline, ...rest] = text.split('\n');
  if (rest.length !== 1 || rest[0] !== '') throw refuse('its text has not exactly six lines');
  if (format !== RECEIPT_FORMAT) throw refuse(`its first line is not ${RECEIPT_FORMAT}`);
  if (!origin || !stream) throw refuse('it names no log or no stream');
  if (!DIGITS.test(seq ?? '') || seq === '0') throw refuse('its number is not in plain digits');
  if (!DIGITS.test(deadline ?? '')) throw refuse('its deadline is not in plain digits');
  const leaf = fromBase64(encoded ?? '');
  if (leaf?.length !== HASH_BYTES) throw refuse('its hash is not base64 of 32 bytes');
  return { origin, stream, seq: BigInt(seq!), leaf, deadline: BigInt(deadline!) };
}

/** A receipt as a note that the log signed. */
export function signReceipt(receipt: Omit<Receipt, 'origin'>, signer: NoteSigner): string {
  const text = formatReceipt({ ...receipt, origin: signer.key.name });
  return formatNote({ text, signatures: [signText(text, signer)] });
}
