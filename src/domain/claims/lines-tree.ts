import { Frontier } from '../log/frontier.js';
import { leafHash } from '../log/hashes.js';
import { SALT_BYTES } from '../log/leaf-text.js';
import type { StateTotals } from './claim-account.js';
import { leafOfLine, type ActedLine } from './claim-line.js';

const NONE: StateTotals = { lines: 0, amountMinor: 0n };

/**
 * The tree by which an audit entry commits to the lines of an act without listing them: a leaf for each line, in the order
 * of their numbers, each hidden by a salt of its own. Its root stands in the entry; a bundle can open one line, those of one
 * participant, or all. However many lines there are, only the right edge of the tree is held.
 */
export class LinesTree {
  private readonly totals = new Map<ActedLine['what'], StateTotals>();
  private readonly frontier = new Frontier();
  private last = 0;

  constructor(private readonly actSalt: Uint8Array) {
    if (actSalt.length !== SALT_BYTES)
      throw new Error(`The salt of an act has ${SALT_BYTES} bytes and not ${actSalt.length}`);
  }

  /** How many lines there are so far. */
  get size(): number {
    return this.frontier.size;
  }

  add(line: ActedLine): void {
    if (line.lineNo <= this.last)
      throw new Error('the lines of an act come in the order of their numbers');
    this.last = line.lineNo;
    const { lines, amountMinor } = this.of(line.what);
    this.totals.set(line.what, {
      lines: lines + 1,
      amountMinor: amountMinor + line.amountMinor,
    });
    this.frontier.append(leafHash(leafOfLine(this.actSalt, line)));
  }

  /** How many of the lines were submitted, approved or returned, and what they come to. */
  of(what: ActedLine['what']): StateTotals {
    return this.totals.get(what) ?? NONE;
  }

  /** The root in hex, as linesHash and decisionsHash. */
  root(): string {
    return Buffer.from(this.frontier.root()).toString('hex');
  }
}
