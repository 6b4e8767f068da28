import type { RowsCommitted } from '../../domain/log/rows-commitment.js';

/** The kinds of file that are imported. */
export const IMPORT_KINDS = ['participants', 'measurements', 'figures', 'effects'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What an import did; the same again for whoever sends the same file again. Counts are rows of the file. */
export interface ImportResult {
  readonly importId: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  /** SHA-256 of the file in hexadecimal. */
  readonly fileSha256: string;
  readonly rows: number;
  readonly rowsNew: number;
  readonly rowsCorrected: number;
  readonly rowsUnchanged: number;
  /** The audit entry of the import, in the contract's sequence. */
  readonly recordedSeq: string;
}

export type ImportCounts = Pick<
  ImportResult,
  'rows' | 'rowsNew' | 'rowsCorrected' | 'rowsUnchanged'
>;

/** What an import recorded, and by what its entry commits to it. */
export interface ImportOutcome extends ImportCounts {
  /** To rows about participants, which are hidden by a salt. */
  readonly committed?: RowsCommitted;
  /** Digest of what was recorded about groups, in an order that depends on nothing else. */
  readonly recordedHash?: string;
}

/** Told how much of the file has been read, in bytes. */
export type ImportProgress = (bytesRead: number, bytesTotal: number) => void;
