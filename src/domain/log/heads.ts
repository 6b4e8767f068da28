import { canonical } from '../shared/canonical.js';
import { rootOf } from './frontier.js';
import { leafHash, type TreeHash } from './hashes.js';
import { inclusionPlan, proofOf } from './proofs.js';
import { widthOf } from './subtrees.js';

/** A stream and the number of its latest entry in the log. */
export interface StreamHead {
  readonly stream: string;
  readonly seq: bigint;
}

/** The leaf of one stream in the tree of heads. */
export const streamHeadLeaf = ({ seq, stream }: StreamHead): string => canonical({ seq, stream });

/**
 * The tree that says how far every stream goes, so that nobody can be shown a stream without its latest entries: one leaf
 * for each stream, in the order of their names by their bytes.
 */
export class TreeOfHeads {
  private readonly streams: readonly string[];
  private readonly hashes: readonly TreeHash[];

  constructor(heads: readonly StreamHead[]) {
    const ordered = heads.toSorted((a, b) =>
      Buffer.compare(Buffer.from(a.stream), Buffer.from(b.stream)),
    );
    this.streams = ordered.map(({ stream }) => stream);
    if (new Set(this.streams).size !== this.streams.length)
      throw new Error('A stream has one head only');
    this.hashes = ordered.map((head) => leafHash(streamHeadLeaf(head)));
  }

  /** How many streams there are. */
  get size(): number {
    return this.streams.length;
  }

  root(): TreeHash {
    return rootOf(this.hashes);
  }

  /** Where a stream stands in the tree, and the proof of it. Null for a stream without an entry in the log. */
  proof(stream: string): { readonly position: number; readonly hashes: TreeHash[] } | null {
    const position = this.streams.indexOf(stream);
    if (position < 0) return null;
    const hashes = proofOf(inclusionPlan(position, this.size), ({ level, index }) =>
      rootOf(this.hashes.slice(index * widthOf(level), (index + 1) * widthOf(level))),
    );
    return { position, hashes };
  }
}
