import type { Frontier, HashedSubtree } from '../domain/log/frontier.js';
import type { TreeHash } from '../domain/log/hashes.js';
import type { LeafRow } from './log.repository.js';

/** The tree of the log while leaves are added, with the rows that this makes. */
export class GrowingTree {
  readonly leaves: LeafRow[] = [];
  readonly nodes: HashedSubtree[] = [];

  constructor(private readonly frontier: Frontier) {}

  get size(): number {
    return this.frontier.size;
  }

  root(): TreeHash {
    return this.frontier.root();
  }

  /** Adds the leaf of an entry. */
  add(hash: TreeHash, stream: string, seq: bigint): void {
    this.append(hash, { index: this.size, stream, seq });
  }

  /** Adds the leaf that says how far every stream goes. */
  addHeads(hash: TreeHash): void {
    this.append(hash, { index: this.size, stream: null, seq: null });
  }

  private append(hash: TreeHash, row: LeafRow): void {
    this.leaves.push(row);
    this.nodes.push(...this.frontier.append(hash));
  }
}
