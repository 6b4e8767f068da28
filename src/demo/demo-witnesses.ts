import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { formatVkey, type NoteKey } from '../domain/log/note-key.js';
import { startChild } from './child-service.js';
import { projectFile } from './expected-totals.js';
import type { DemoDatabase } from './local-database.js';
import { ProcessEnded } from './process-ended.js';
import { freePort } from './serving.js';
import type { Stops } from './stops.js';

/** The parties who each run a witness in the demonstration, as they would on machines of their own. */
const PARTIES = ['commissioner', 'investor'] as const;
const PROGRAM = 'verifier/outturn-witness.mjs';
const LOOK_AGAIN_MS = 50;

/** A witness that runs, and what others have to know of it. */
export interface DemoWitness {
  readonly name: string;
  readonly vkey: string;
  readonly url: string;
  /** Resolves with a sentence if it ends without having been asked to. */
  readonly died: Promise<string>;
}

/**
 * Starts a witness for each party, with a key and a memory that outlive the demo in the folder of its private database. A
 * database that was given may be emptied without them, and they would then rightly contradict it: it gets none. Refuses
 * ProcessEnded.
 */
export async function startWitnesses(
  database: DemoDatabase,
  log: NoteKey,
  stops: Stops,
): Promise<readonly DemoWitness[]> {
  if (!database.isPrivate) return [];
  return Promise.all(PARTIES.map((name) => startWitness(name, database.folder, log, stops)));
}

/** LOG_WITNESSES for these: all of them have to cosign. */
export const settingOf = (witnesses: readonly DemoWitness[]): string =>
  witnesses.map(({ name, vkey, url }) => `${name}=${vkey}=${url}`).join(',');

async function startWitness(
  name: string,
  folder: string,
  log: NoteKey,
  stops: Stops,
): Promise<DemoWitness> {
  const own = join(folder, 'witnesses', name);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const vkey = vkeyOf(name, own);
  const port = await freePort();
  const witnessed = ['--log', formatVkey(log), '--state', own];
  const options = ['--key', join(own, 'key'), ...witnessed, '--port', `${port}`];
  const program = `../../${PROGRAM}`;
  const logFile = join(folder, 'logs', `witness-${name}.log`);
  const child = startChild(`witness ${name}`, program, {}, logFile, options);
  void stops.keep(() => child.stop());
  const url = `http://127.0.0.1:${port}`;
  const answers = async () => {
    // one that never answers, because another has failed and all are being stopped, is not asked for ever
    while (!(await fetch(url).catch(() => null)))
      await pause(LOOK_AGAIN_MS, undefined, { signal: stops.stopping });
  };
  const why = await Promise.race([answers(), child.died]);
  if (why !== undefined) throw new ProcessEnded(why);
  return { name, vkey, url, died: child.died };
}

/** The verifier key of a witness; its key is made where there is none, or where a kill left it without. */
function vkeyOf(name: string, own: string): string {
  const [key, vkeyFile] = [join(own, 'key'), join(own, 'vkey')];
  if (existsSync(key) && existsSync(vkeyFile)) return readFileSync(vkeyFile, 'utf8').trim();
  rmSync(key, { force: true });
  const words = ['--new-key', `${name}.example/outturn`, '--key', key];
  const program = fileURLToPath(projectFile(PROGRAM));
  const vkey = execFileSync(process.execPath, [program, ...words], { encoding: 'utf8' });
  writeFileSync(vkeyFile, vkey);
  return vkey.trim();
}
