import type { ActedLine } from '../domain/claims/claim-line.js';
import type { BundleSubject } from '../domain/log/bundle/subject.js';
import type { ActRow, EntryInLogRow } from './bundles.repository.js';

/** What a bundle shows, and what of it stays closed. */
export interface BundlePlan {
  readonly subject: BundleSubject;
  /** The latest entry that the checkpoint must have for this to be proved; 0 where any will do. */
  readonly needs: bigint;
  readonly opens: (entry: EntryInLogRow) => boolean;
  /** The statement, where the subject is one. */
  readonly statement: string | null;
  /** Acts on claims whose lines are shown, all or some. */
  readonly acts: readonly ActRow[];
  readonly shows: (line: ActedLine) => boolean;
}

/** Whose terms hold, in every bundle: neither says anything that a reader of the contract does not see anyway. */
export const isOfTerms = ({ type }: EntryInLogRow): boolean =>
  type === 'contract.drafted' || type === 'terms.activated';

/** What an entry says, as plain data. */
export const payloadOf = ({ body }: EntryInLogRow): Readonly<Record<string, unknown>> =>
  (JSON.parse(body) as { payload: Record<string, unknown> }).payload;
