import { createHmac } from 'node:crypto';
import { commitmentOf } from '../log/leaf-text.js';
import type { Decision } from './line-states.js';

/** A line of a claim, as an act on it commits to it: enough to add the act up again and to see what was paid for whom. */
export interface ActedLine {
  /** Line number within the computation. */
  readonly lineNo: number;
  /** The public name of the payment line. */
  readonly reference: string;
  readonly clause: string;
  /** What the line comes to; below nothing where money goes back. */
  readonly amountMinor: bigint;
  /** Whose line it is; null where it is about a whole cohort. */
  readonly participant: string | null;
  readonly cohort: string;
  readonly what: Decision | 'submitted';
}

/** Whose line it is, in the words of docs/audit-log.md: a participant's reference, or a cohort and that it is one. */
export const subjectOf = ({
  participant,
  cohort,
}: Pick<ActedLine, 'participant' | 'cohort'>): string => participant ?? `cohort ${cohort}`;

/**
 * The body of a line: exactly these bytes are committed to. It is the canonical form of its five members, written out
 * because a claim may have a hundred thousand of them.
 */
export const lineBody = (line: ActedLine): string =>
  `{"amountMinor":"${line.amountMinor}","clause":${text(line.clause)},"line":${text(line.reference)},` +
  `"subject":${text(subjectOf(line))},"what":"${line.what}"}`;

const text = (value: string): string => JSON.stringify(value);

/**
 * What hides one line of an act from whoever is shown the others: 32 bytes out of the act's own salt, so that the act
 * keeps one secret however many lines it has, and whoever is shown a line learns nothing about the salt of the next.
 */
export const lineSalt = (actSalt: Uint8Array, lineNo: number): Uint8Array =>
  createHmac('sha256', actSalt).update(`line ${lineNo}`).digest();

/** The leaf of a line in the tree of its act, from its commitment. */
export const lineLeaf = (commitment: Uint8Array): string =>
  `{"commitment":"${Buffer.from(commitment).toString('hex')}"}`;

/** The leaf of a line under its act's salt. */
export const leafOfLine = (actSalt: Uint8Array, line: ActedLine): string =>
  lineLeaf(commitmentOf(lineSalt(actSalt, line.lineNo), lineBody(line)));
