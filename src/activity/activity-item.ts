/** One act as it is read: who did what, and how well it is proved by now. */
export interface ActivityItem {
  /** Code of the contract; null for acts that belong to none. */
  readonly contract: string | null;
  readonly seq: string;
  readonly recordedAt: string;
  /** The civil date from which the act is true, where it has one. */
  readonly effectiveOn: string | null;
  readonly type: string;
  /** null where the service itself acted. */
  readonly personId: string | null;
  /** The name, where the reader may see it. */
  readonly person: string | null;
  readonly duty: string;
  readonly party: string | null;
  readonly sentence: string;
  /** Whether it is in the audit log. */
  readonly sealed: boolean;
  /** Whether it is in a checkpoint that enough witnesses have cosigned. */
  readonly witnessed: boolean;
  /** Hash of the entry in the chain of its trail, in hexadecimal. */
  readonly hash: string;
}
