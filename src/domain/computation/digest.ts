import { createHash } from 'node:crypto';
import { encodeLine, type PaymentLine } from './payment-line.js';

/** Which engine wrote a computation's lines; changes whenever the same input could give other bytes. */
export const ENGINE_VERSION = '4';

const BUFFER_BYTES = 64 * 1024;
const BYTES_PER_CHARACTER_MAX = 3;

/**
 * The running digest of a computation: SHA-256 over the canonical bytes of its lines in order, one line feed after each.
 * Lines are gathered before they are hashed, because a call for each would cost more than the hashing.
 */
export class LineDigest {
  private readonly hash = createHash('sha256');
  private readonly buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  private used = 0;

  add(line: PaymentLine): void {
    const text = `${encodeLine(line)}\n`;
    const bytesMax = text.length * BYTES_PER_CHARACTER_MAX;
    if (bytesMax > BUFFER_BYTES - this.used) this.flush();
    if (bytesMax > BUFFER_BYTES) this.hash.update(text, 'utf8');
    else this.used += this.buffer.write(text, this.used, 'utf8');
  }

  finish(): Buffer {
    this.flush();
    return this.hash.digest();
  }

  private flush(): void {
    this.hash.update(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}
