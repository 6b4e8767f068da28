import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit entry of an import commits to every row that it recorded, and not to its file alone. The salt that hides the
 * rows from whoever is shown the entry, and the hashes of their blocks, by which a difference is narrowed down, stand
 * beside the import. Imports of earlier days have neither.
 */
export class WhatImportsCommitTo1790000015000 implements MigrationInterface {
  name = 'WhatImportsCommitTo1790000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table import_batch
        add column rows_salt bytea,
        add column rows_blocks bytea,
        add constraint import_batch_rows_hidden check (
          (rows_salt is null) = (rows_blocks is null) and length(rows_salt) = 32 and length(rows_blocks) % 32 = 0);
      comment on column import_batch.rows_salt is
        'hides the rows to which the audit entry commits; see src/domain/log/rows-commitment.ts';
      comment on column import_batch.rows_blocks is 'the hash of each block of those rows, 32 bytes each';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table import_batch drop constraint import_batch_rows_hidden, drop column rows_salt, drop column rows_blocks',
    );
  }
}
