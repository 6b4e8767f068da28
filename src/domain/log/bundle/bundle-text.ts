import { createHash } from 'node:crypto';
import { canonical } from '../../shared/canonical.js';

/**
 * The text of a bundle as it is written, line by line: whatever is added comes back with its line feed, and the last line
 * counts and digests all before it. A bundle that breaks off has no last line, and no reader takes it for whole.
 */
export class BundleText {
  private readonly digest = createHash('sha256');
  private lines = 0;

  add(line: string): string {
    const text = `${line}\n`;
    this.digest.update(text);
    this.lines += 1;
    return text;
  }

  /** The last line. */
  end(): string {
    const sha256 = this.digest.digest('hex');
    return `${canonical({ kind: 'end', lines: BigInt(this.lines), sha256 })}\n`;
  }
}
