import type { AuditType } from '../domain/audit/entry-types.js';

/** What of a trail somebody wants to read. Empty and null narrow nothing. */
export interface ActivityFilter {
  readonly types: readonly AuditType[];
  /** Who acted. */
  readonly personId: string | null;
  /** Reference of a participant whom entries name, or who was among those that somebody read about. */
  readonly participant: string | null;
  /** Number of a claim. */
  readonly claim: number | null;
  /** Civil date in London: recorded on it or later. */
  readonly recordedFrom: string | null;
  /** Civil date in London: recorded before it. */
  readonly recordedBefore: string | null;
  readonly fromSeq: bigint | null;
  readonly throughSeq: bigint | null;
}

export const EVERYTHING: ActivityFilter = {
  types: [],
  personId: null,
  participant: null,
  claim: null,
  recordedFrom: null,
  recordedBefore: null,
  fromSeq: null,
  throughSeq: null,
};

/** What it is narrowed to, as an export's own entry says it. */
export function narrowedTo(filter: ActivityFilter): string[] {
  const said: readonly (readonly [string, string | number | bigint | null])[] = [
    ...filter.types.map((type) => ['type', type] as const),
    ['person', filter.personId],
    ['participant', filter.participant],
    ['claim', filter.claim],
    ['recorded from', filter.recordedFrom],
    ['recorded before', filter.recordedBefore],
    ['entries from', filter.fromSeq],
    ['entries through', filter.throughSeq],
  ];
  return said.flatMap(([what, value]) => (value === null ? [] : [`${what} ${value}`]));
}
