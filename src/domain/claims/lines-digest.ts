import { createHash } from 'node:crypto';
import type { Decision } from './line-states.js';

/**
 * The digest by which an audit entry commits to the lines of an act without listing them: SHA-256 over one text a line,
 * in the order of the line numbers: its reference, a space, what happened to it, a line feed. Anybody who holds the
 * claim's lines can reckon it again.
 */
export class LinesDigest {
  private readonly hash = createHash('sha256');
  private last = 0;

  add(lineNo: number, reference: string, what: Decision | 'submitted'): void {
    if (lineNo <= this.last)
      throw new Error('the lines of a digest come in the order of their numbers');
    this.last = lineNo;
    this.hash.update(`${reference} ${what}\n`);
  }

  finish(): string {
    return this.hash.digest('hex');
  }
}
