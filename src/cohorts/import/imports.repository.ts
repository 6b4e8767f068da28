import { Injectable } from '@nestjs/common';
import type { RowsCommitted } from '../../domain/log/rows-commitment.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { ImportKind, ImportResult } from './import-result.js';

interface ImportRow {
  readonly id: string;
  readonly file_name: string;
  readonly rows: number;
  readonly rows_new: number;
  readonly rows_corrected: number;
  readonly rows_unchanged: number;
  readonly recorded_seq: string;
}

/** What is kept of an import beside its result. */
interface KeptOfImport {
  readonly fileBytes: number;
  readonly importedBy: string;
  readonly committed: RowsCommitted | undefined;
}

/** The imports of a contract: one row for each file that was taken in. */
@Injectable()
export class ImportsRepository {
  /** The import of this very file, whatever its name was. Served by import_batch_file_once. */
  async ofFile(
    tx: Transaction,
    contractId: string,
    kind: ImportKind,
    sha256: Buffer,
  ): Promise<ImportResult | null> {
    const [row] = await tx.query<ImportRow>(
      `select id, file_name, rows, rows_new, rows_corrected, rows_unchanged, recorded_seq
         from import_batch where contract_id = $1 and kind = $2 and file_sha256 = $3`,
      [contractId, kind, sha256],
    );
    if (row === undefined) return null;
    return {
      importId: row.id,
      kind,
      fileName: row.file_name,
      fileSha256: sha256.toString('hex'),
      rows: row.rows,
      rowsNew: row.rows_new,
      rowsCorrected: row.rows_corrected,
      rowsUnchanged: row.rows_unchanged,
      recordedSeq: row.recorded_seq,
    };
  }

  async insert(
    tx: Transaction,
    contractId: string,
    result: ImportResult,
    { fileBytes, importedBy, committed }: KeptOfImport,
  ): Promise<void> {
    await tx.query(
      `insert into import_batch (id, contract_id, kind, file_name, file_sha256, file_bytes, rows, rows_new,
         rows_corrected, rows_unchanged, recorded_seq, imported_by, rows_salt, rows_blocks)
       values ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        result.importId,
        contractId,
        result.kind,
        result.fileName,
        result.fileSha256,
        fileBytes,
        result.rows,
        result.rowsNew,
        result.rowsCorrected,
        result.rowsUnchanged,
        result.recordedSeq,
        importedBy,
        committed?.salt ?? null,
        committed?.blocks ?? null,
      ],
    );
  }
}
