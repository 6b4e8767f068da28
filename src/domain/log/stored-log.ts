import { assertNever } from '../shared/assert.js';
import type { TreeHead } from './check-proofs.js';
import { Frontier, type HashedSubtree } from './frontier.js';
import { isSameHash, leafHash, type TreeHash } from './hashes.js';
import { TreeOfHeads, type StreamHead } from './heads.js';

/** A leaf of the log as it is stored: whose it is, and the text that its entry, or its checkpoint, gives today. */
export interface StoredLeaf {
  readonly index: number;
  /** Both null of a leaf of heads. */
  readonly stream: string | null;
  readonly seq: bigint | null;
  /** null where what the leaf was made of is not there any more. */
  readonly text: string | null;
}

/** What was done to the log, or to what was sealed into it. */
export type LogFault =
  | 'missing-leaf' // there is none with this index, and there are later ones
  | 'missing-entry' // what the leaf was made of is gone
  | 'other-leaf' // its entry gives another leaf than the one that was sealed
  | 'other-number' // it is not the next entry of its stream
  | 'other-hash' // the hash of a subtree is not what its leaves give
  | 'other-heads' // the leaf of heads does not say how far the streams go
  | 'other-checkpoint'; // what was signed is not what the leaves give

/** The first place at which the stored log is not what was sealed. */
export interface LogFirstBad {
  readonly index: number;
  readonly stream: string | null;
  readonly seq: bigint | null;
  readonly fault: LogFault;
  /** One sentence that a person can read. */
  readonly detail: string;
}

type Found = LogFirstBad | null;

const NOBODY = { stream: null, seq: null };

/**
 * Builds the tree of the log again from what the entries give today, leaf by leaf, and holds every stored hash and every
 * checkpoint against it. It stops at the first that differs. An entry that was changed together with all hashes of its
 * chain is found here, because the tree has the leaf that was sealed.
 */
export class StoredLog {
  private readonly tree = new Frontier();
  private readonly heads = new Map<string, bigint>();

  get size(): number {
    return this.tree.size;
  }

  root(): TreeHash {
    return this.tree.root();
  }

  /** Adds the next leaf. Gives what is wrong, or the subtrees that it completes, to be held against the stored ones. */
  add(leaf: StoredLeaf): { readonly bad: LogFirstBad } | { readonly made: HashedSubtree[] } {
    const { index, stream, seq, text } = leaf;
    if (index !== this.size) return { bad: bad({ index: this.size, ...NOBODY }, 'missing-leaf') };
    if (text === null) return { bad: bad(leaf, 'missing-entry') };
    if (stream === null) {
      if (!this.isOfHeads(text)) return { bad: bad(leaf, 'other-heads') };
    } else {
      if (seq !== (this.heads.get(stream) ?? 0n) + 1n) return { bad: bad(leaf, 'other-number') };
      this.heads.set(stream, seq);
    }
    return { made: this.tree.append(leafHash(text)) };
  }

  /** Holds the stored hash of a subtree that a leaf completed; null where none is stored. */
  hold(leaf: StoredLeaf, { level, hash }: HashedSubtree, stored: TreeHash | null): Found {
    if (stored !== null && isSameHash(hash, stored)) return null;
    return bad(leaf, level === 0 ? 'other-leaf' : 'other-hash');
  }

  /** Holds what the log says of its own end: the size of its latest checkpoint, and how far each stream goes. */
  holdEnd(size: number, streams: readonly StreamHead[]): Found {
    if (size > this.size) return bad({ index: this.size, ...NOBODY }, 'missing-leaf');
    const isAll = streams.length === this.heads.size;
    const isSame = isAll && streams.every(({ stream, seq }) => this.heads.get(stream) === seq);
    if (size === this.size && isSame) return null;
    return bad({ index: size, ...NOBODY }, size === this.size ? 'other-heads' : 'other-checkpoint');
  }

  /** Holds a checkpoint that ends with the leaf added last; null stands for one that nobody signed or that is gone. */
  holdCheckpoint(leaf: StoredLeaf, signed: TreeHead | null): Found {
    const isOurs = signed?.size === this.size && isSameHash(signed.root, this.root());
    return isOurs ? null : bad(leaf, 'other-checkpoint');
  }

  private isOfHeads(text: string): boolean {
    const streams = [...this.heads].map(([stream, seq]) => ({ stream, seq }));
    const root = Buffer.from(new TreeOfHeads(streams).root()).toString('base64');
    return text.startsWith(`{"heads":"${root}",`);
  }
}

function bad(leaf: Pick<StoredLeaf, 'index' | 'stream' | 'seq'>, fault: LogFault): LogFirstBad {
  const { index, stream, seq } = leaf;
  return { index, stream, seq, fault, detail: sentence(leaf, fault) };
}

function sentence(
  { index, stream, seq }: Pick<StoredLeaf, 'index' | 'stream' | 'seq'>,
  fault: LogFault,
): string {
  const whose = stream === null ? 'the heads' : `entry ${seq} of ${stream}`;
  switch (fault) {
    case 'missing-leaf':
      return `Leaf ${index} is missing, although later ones or a checkpoint say that it was there.`;
    case 'missing-entry':
      return `Leaf ${index} was made of ${whose}, which is gone.`;
    case 'other-leaf':
      return `Leaf ${index}, of ${whose}, was sealed otherwise than it reads now.`;
    case 'other-number':
      return `Leaf ${index}, of ${whose}, does not follow the entry before it in the log.`;
    case 'other-hash':
      return `A stored hash above leaf ${index} is not what the leaves give.`;
    case 'other-heads':
      return `Leaf ${index} does not say how far the streams go.`;
    case 'other-checkpoint':
      return `The checkpoint that ends with leaf ${index} is not what the leaves give, or is not signed by a key of the log.`;
    default:
      return assertNever(fault);
  }
}
