import { assertNever } from '../shared/assert.js';
import { chainHash, NO_HASH, noteHash } from './entry.js';

/** An entry as it is stored: the hashed text, the hashes, and the columns that repeat part of the text for searching. */
export interface StoredEntry {
  readonly stream: string;
  readonly seq: bigint;
  readonly type: string;
  readonly personId: string | null;
  readonly duty: string;
  readonly recordedAt: string;
  readonly body: string;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

/** With what hides it from whoever holds a note of it. */
export interface SaltedEntry extends StoredEntry {
  readonly salt: Uint8Array;
}

/** The number of a stream's entry, and its hash as the service keeps it or, of one noted by somebody outside, its noteHash. */
export interface Checkpoint {
  readonly seq: bigint;
  readonly hash: Uint8Array;
}

/** What was done to an entry. */
export type AuditFault =
  | 'edited' // its text, columns or hash do not agree with each other
  | 'replaced' // it agrees with itself, and the next entry was written after another one
  | 'out-of-order' // its text says that it stands elsewhere
  | 'missing' // there is none with this number, and there are later ones
  | 'cut-off' // the stream is known to go on from here, and ends
  | 'surplus' // it stands after the end that is known
  | 'rewritten'; // it differs from what was noted of it earlier

export interface FirstBadEntry {
  readonly seq: bigint;
  readonly fault: AuditFault;
  /** One sentence that a person can read. */
  readonly detail: string;
}

export interface Verification {
  readonly stream: string;
  /** How many entries were read and found good before the first bad one. */
  readonly good: bigint;
  /** The last good entry, by its noteHash: worth noting down, and giving as what was noted next time. */
  readonly last: Checkpoint | null;
  /** null when the whole stream is as it was written. */
  readonly firstBad: FirstBadEntry | null;
}

/** What a stream is held against. */
export interface Expectations {
  /** The end of the stream as the service keeps it, apart from the entries; null when it keeps none. */
  readonly head: Checkpoint | null;
  /**
   * Noted by somebody outside. Without one, a history rewritten from some entry to the end, with its head, cannot be
   * told from a true one; with one, it can, up to that entry.
   */
  readonly noted?: Checkpoint;
}

/**
 * Reads a stream once, in order of number, in constant memory, and stops at the first bad entry. Detects edits,
 * replacements, reordering, gaps and a cut-off end.
 */
export async function verifyStream(
  stream: string,
  entries: AsyncIterable<SaltedEntry> | Iterable<SaltedEntry>,
  expected: Expectations,
): Promise<Verification> {
  let last: Checkpoint | null = null;
  let note: Checkpoint | null = null;
  const report = (firstBad: FirstBadEntry | null): Verification => {
    const isLastBad = last !== null && firstBad !== null && firstBad.seq <= last.seq;
    const good = isLastBad ? firstBad.seq - 1n : (last?.seq ?? 0n);
    return { stream, good, last: isLastBad ? null : note, firstBad };
  };
  for await (const entry of entries) {
    const bad = badEntry(stream, entry, last) ?? notAsNoted(entry, expected.noted);
    if (bad) return report(bad);
    last = { seq: entry.seq, hash: entry.hash };
    note = { seq: entry.seq, hash: noteHash(entry.salt, entry.hash) };
  }
  return report(badEnd(last, expected.head) ?? badEnd(last, expected.noted ?? null, 'noted'));
}

/** What is wrong with an entry that stands right after `last`; null for the first one. A whole trail is verifyStream's. */
export function badEntry(
  stream: string,
  entry: StoredEntry,
  last: Checkpoint | null,
): FirstBadEntry | null {
  const seq = (last?.seq ?? 0n) + 1n;
  if (entry.stream !== stream || entry.seq < seq) return bad(entry.seq, 'out-of-order');
  const body = readBody(entry.body);
  const isWhole = isSame(chainHash(entry.previousHash, entry.body), entry.hash) && body !== null;
  if (entry.seq > seq) return bad(seq, 'missing');
  if (!isWhole) return bad(seq, 'edited');
  if (body.stream !== stream || body.seq !== String(seq)) return bad(seq, 'out-of-order');
  if (!agrees(entry, body)) return bad(seq, 'edited');
  if (isSame(entry.previousHash, last?.hash ?? NO_HASH)) return null;
  return last === null ? bad(seq, 'edited') : bad(last.seq, 'replaced');
}

function notAsNoted(entry: SaltedEntry, noted: Checkpoint | undefined): FirstBadEntry | null {
  if (noted?.seq !== entry.seq || isSame(noted.hash, noteHash(entry.salt, entry.hash))) return null;
  return bad(entry.seq, 'rewritten');
}

function badEnd(
  last: Checkpoint | null,
  end: Checkpoint | null,
  kind: 'kept' | 'noted' = 'kept',
): FirstBadEntry | null {
  const seq = last?.seq ?? 0n;
  const endSeq = end?.seq ?? 0n;
  if (endSeq > seq) return bad(seq + 1n, 'cut-off');
  if (kind === 'noted') return null;
  if (endSeq < seq) return bad(endSeq + 1n, 'surplus');
  return end === null || isSame(end.hash, last?.hash ?? NO_HASH) ? null : bad(seq, 'rewritten');
}

/** The columns repeat what the hashed text says; whoever edits one and not the other is found here. */
const agrees = (entry: StoredEntry, body: Body): boolean =>
  body.type === entry.type &&
  body.personId === entry.personId &&
  body.duty === entry.duty &&
  body.recordedAt === entry.recordedAt;

interface Body {
  readonly stream?: unknown;
  readonly seq?: unknown;
  readonly type?: unknown;
  readonly personId?: unknown;
  readonly duty?: unknown;
  readonly recordedAt?: unknown;
}

function readBody(text: string): Body | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : null;
  } catch {
    return null;
  }
}

const bad = (seq: bigint, fault: AuditFault): FirstBadEntry => ({
  seq,
  fault,
  detail: sentence(seq, fault),
});

function sentence(seq: bigint, fault: AuditFault): string {
  switch (fault) {
    case 'edited':
      return `Entry ${seq} was changed after it was written: its content does not give its hash.`;
    case 'replaced':
      return `Entry ${seq} was replaced: the entry after it was written after another one.`;
    case 'out-of-order':
      return `Entry ${seq} does not stand where it was written.`;
    case 'missing':
      return `Entry ${seq} is missing, although later ones are there.`;
    case 'cut-off':
      return `The trail ends before entry ${seq}, although that entry is known to have been written.`;
    case 'surplus':
      return `Entry ${seq} stands after the known end of the trail.`;
    case 'rewritten':
      return `Entry ${seq} is not the one that was noted.`;
    default:
      return assertNever(fault);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
