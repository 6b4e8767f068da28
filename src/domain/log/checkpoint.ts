import { fromBase64, toBase64 } from './base64.js';
import type { TreeHead } from './check-proofs.js';
import { HASH_BYTES } from './hashes.js';
import { LogTextMalformed } from './log.errors.js';
import { isKeyName } from './note-key.js';
import { formatNote, signText, type NoteSigner } from './signed-note.js';

/** What a log says of itself at one moment: whose it is, how many leaves it has, and their root. */
export interface LogCheckpoint extends TreeHead {
  /** Which log, for ever: also the name of its keys. */
  readonly origin: string;
}

/** The text of a C2SP checkpoint: three lines, and never a fourth. */
export function formatCheckpoint({ origin, size, root }: LogCheckpoint): string {
  if (!Number.isSafeInteger(size) || size < 1)
    throw new LogTextMalformed('checkpoint', `${size} is not the size of one`);
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the text of a checkpoint; refuses a size of 0 or above 2^53 - 1, and extension lines. */
export function parseCheckpoint(text: string): LogCheckpoint {
  const refuse = (because: string) => new LogTextMalformed('checkpoint', because);
  const [origin, digits, encoded, ...rest] = text.split('\n');
  if (rest.length !== 1 || rest[0] !== '') throw refuse('its text has not exactly three lines');
  if (!origin || !isKeyName(origin)) throw refuse('its origin names no key');
  const size = /^[1-9][0-9]{0,15}$/.test(digits ?? '') ? Number(digits) : 0;
  if (size < 1 || !Number.isSafeInteger(size))
    throw refuse('its size is not a whole number from 1 to 2^53 - 1 in plain digits');
  const root = fromBase64(encoded ?? '');
  if (root?.length !== HASH_BYTES) throw refuse('its root is not base64 of 32 bytes');
  return { origin, size, root };
}

/** A checkpoint as a note that the log signed. */
export function signCheckpoint(head: TreeHead, signer: NoteSigner): string {
  const text = formatCheckpoint({ ...head, origin: signer.key.name });
  return formatNote({ text, signatures: [signText(text, signer)] });
}
