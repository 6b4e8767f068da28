import type { SealContext, SecretBox } from './secret-box.js';

/** A row that holds something sealed. */
export interface SealedRow {
  readonly id: string;
  readonly sealed: Buffer;
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Seals again, under the first configured key, what rows hold under an older one; gives how many those were. `pageAfter`
 * gives rows in the order of their ids, and none after the last. Refuses SecretKeyMissing, SecretNotOpened.
 */
export async function sealAnew<Row extends SealedRow>(
  box: SecretBox,
  pageAfter: (id: string) => Promise<readonly Row[]>,
  contextOf: (row: Row) => SealContext,
  write: (id: string, sealed: Buffer) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (let rows = await pageAfter(BEFORE_ALL); rows.length > 0;) {
    for (const row of rows) {
      if (box.isCurrent(row.sealed)) continue;
      const context = contextOf(row);
      await write(row.id, box.seal(context, box.open(context, row.sealed)));
      count += 1;
    }
    rows = await pageAfter(rows.at(-1)!.id);
  }
  return count;
}
