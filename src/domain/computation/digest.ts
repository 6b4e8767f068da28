import { createHash } from 'node:crypto';
import { encodeLine, type PaymentLine } from './payment-line.js';

/** Which engine wrote a computation's lines; changes whenever the same input could give other bytes. */
export const ENGINE_VERSION = '1';

/** The running digest of a computation: SHA-256 over the canonical bytes of its lines in order, one line feed after each. */
export class LineDigest {
  private readonly hash = createHash('sha256');

  add(line: PaymentLine): void {
    this.hash.update(encodeLine(line)).update('\n');
  }

  finish(): Buffer {
    return this.hash.digest();
  }
}
