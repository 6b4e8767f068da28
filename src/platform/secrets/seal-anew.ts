import type { SealContext, SecretBox } from './secret-box.js';

/** A row that holds something sealed. */
export interface SealedRow {
  readonly sealed: Buffer;
}

/** Where sealed rows are, and how they are written. */
export interface SealedRows<Row extends SealedRow> {
  /** Some that come after a row in their order, or the first; none after the last. */
  pageAfter(row: Row | null): Promise<readonly Row[]>;
  contextOf(row: Row): SealContext;
  write(row: Row, sealed: Buffer): Promise<void>;
}

/**
 * Seals again, under the first configured key, what rows hold under an older one; gives how many those were. Refuses
 * SecretKeyMissing, SecretNotOpened.
 */
export async function sealAnew<Row extends SealedRow>(
  box: SecretBox,
  rows: SealedRows<Row>,
): Promise<number> {
  let count = 0;
  for (let page = await rows.pageAfter(null); page.length > 0;) {
    for (const row of page) {
      if (box.isCurrent(row.sealed)) continue;
      const context = rows.contextOf(row);
      await rows.write(row, box.seal(context, box.open(context, row.sealed)));
      count += 1;
    }
    page = await rows.pageAfter(page.at(-1)!);
  }
  return count;
}
