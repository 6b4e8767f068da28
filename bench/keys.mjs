// The keys of every process that the bench starts: one database has one audit log, and all of them seal into it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withLogKey, withSecretKey } from '../scripts/local-services.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'outturn-bench-keys-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The environment with them: no worker starts without. */
export const withKeys = (environment) => withLogKey(withSecretKey(environment, folder), folder);
