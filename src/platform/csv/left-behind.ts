import { readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** What the names of our copies of uploads begin with. */
export const UPLOAD_PREFIX = 'outturn-upload-';
/** No upload lasts as long, so none that is under way is touched, whichever process receives it. */
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes copies of uploads that nobody will remove any more, because the process that received them was killed: they
 * hold what was recorded of participants, or refused. How many they were. What belongs to others is left to them.
 */
export async function removeLeftBehind(
  folder: string = os.tmpdir(),
  now: number = Date.now(),
): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(UPLOAD_PREFIX)) continue;
    const file = path.join(folder, name);
    try {
      if (now - (await stat(file)).mtimeMs < DAY_MS) continue;
      await rm(file);
      removed += 1;
    } catch {
      continue; // gone by now, or not ours
    }
  }
  return removed;
}
