import type { HashedSubtree } from '../frontier.js';
import { leafHash, nodeHash, type TreeHash } from '../hashes.js';
import { subtreesOf, widthOf } from '../subtrees.js';
import { gapLine, paymentLine, type Opening } from './bundle-lines.js';

/** A leaf of the lines of an act: its text, and what opens it where it is shown. */
export interface LineLeaf {
  readonly leaf: string;
  readonly shown: Opening | null;
}

/**
 * Writes the lines of an act one after the other: those that are shown as they are, and what lies between them as gaps.
 * Of a gap it keeps only the hashes of the subtrees into which it falls, however long it is.
 */
export class TreeLines {
  private size = 0;
  private gap: Gap | null = null;

  /** The texts that this leaf makes: none while a gap grows. */
  add({ leaf, shown }: LineLeaf): string[] {
    const index = this.size;
    this.size += 1;
    if (shown === null) {
      this.gap ??= new Gap(index);
      this.gap.add(leafHash(leaf));
      return [];
    }
    return [...this.end(), paymentLine(index, shown)];
  }

  /** The text of the gap at the end, if there is one. */
  end(): string[] {
    const { gap } = this;
    this.gap = null;
    return gap === null ? [] : [gap.line()];
  }
}

/** A growing gap: the full, aligned subtrees from its first leaf to its latest. */
class Gap {
  private readonly edge: HashedSubtree[] = [];
  private to: number;

  constructor(private readonly from: number) {
    this.to = from;
  }

  add(hash: TreeHash): void {
    let last: HashedSubtree = { level: 0, index: this.to, hash };
    this.to += 1;
    for (;;) {
      const left = this.edge.at(-1);
      if (left?.level !== last.level || left.index % 2 !== 0) break;
      this.edge.pop();
      const joined = nodeHash(left.hash, last.hash);
      last = { level: last.level + 1, index: left.index / widthOf(1), hash: joined };
    }
    this.edge.push(last);
  }

  line(): string {
    const range = { from: this.from, to: this.to };
    if (subtreesOf(range).length !== this.edge.length)
      throw new Error('a gap falls into exactly one list of subtrees');
    return gapLine(
      range,
      this.edge.map(({ hash }) => hash),
    );
  }
}
