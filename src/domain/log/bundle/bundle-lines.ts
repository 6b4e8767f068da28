import { canonical } from '../../shared/canonical.js';
import { toBase64 } from '../base64.js';
import type { TreeHead } from '../check-proofs.js';
import type { TreeHash } from '../hashes.js';
import { typeInLeaf, type EntryLeaf } from '../leaf-text.js';
import type { Range } from '../subtrees.js';
import type { BundleSubject } from './subject.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const digits = (number: number): bigint => BigInt(number);

/** The first line: of which log and contract, and what is to be proved. */
export const bundleLine = (of: {
  readonly origin: string;
  readonly contract: string;
  readonly stream: string;
  readonly subject: BundleSubject;
}): string => canonical({ ...of, format: 'outturn-bundle/v2', kind: 'bundle' });

/** The checkpoint that everything is proved against, with its signatures. */
export const checkpointLine = (note: string): string => canonical({ kind: 'checkpoint', note });

/** That the checkpoint continues an earlier one which the reader kept. */
export const consistencyLine = (earlier: TreeHead, hashes: readonly TreeHash[]): string =>
  canonical({
    fromRoot: toBase64(earlier.root),
    fromSize: digits(earlier.size),
    hashes: hashes.map(toBase64),
    kind: 'consistency',
  });

/** What opens the commitment of an entry. */
export interface Opening {
  readonly salt: Uint8Array;
  readonly body: string;
}

/** An entry of the contract, opened or closed. */
export const entryLine = (index: number, leaf: EntryLeaf, opening: Opening | null): string =>
  canonical({
    commitment: hex(leaf.commitment),
    index: digits(index),
    kind: 'entry',
    seq: leaf.seq,
    type: typeInLeaf(leaf.type),
    ...(opening === null ? {} : { body: opening.body, salt: hex(opening.salt) }),
  });

/** Leaves that are not shown, by the hashes of the subtrees into which they fall. */
export const gapLine = ({ from, to }: Range, hashes: readonly TreeHash[]): string =>
  canonical({
    from: digits(from),
    hashes: hashes.map(toBase64),
    kind: 'gap',
    to: digits(to),
  });

/** How far the stream goes: the last leaf of the checkpoint, and where the stream stands in its tree of heads. */
export const headLine = (
  index: number,
  leaf: string,
  { position, hashes }: { readonly position: number; readonly hashes: readonly TreeHash[] },
): string =>
  canonical({
    hashes: hashes.map(toBase64),
    index: digits(index),
    kind: 'head',
    leaf,
    position: digits(position),
  });

/** An edition of the terms: exactly the bytes that its hash is over. */
export const termsLine = (number: number, document: string): string =>
  canonical({ document, kind: 'terms', number: digits(number) });

/** The statement as it was issued: exactly the bytes that its hash is over. */
export const statementLine = (document: string): string =>
  canonical({ document, kind: 'statement' });

/** What follows are lines of the claim or decision that this entry records. */
export const linesLine = (entry: bigint, size: number): string =>
  canonical({ entry, kind: 'lines', size: digits(size) });

/** A payment line in an act on a claim. */
export const paymentLine = (index: number, { salt, body }: Opening): string =>
  canonical({ body, index: digits(index), kind: 'line', salt: hex(salt) });
