import { mkdirSync } from 'node:fs';
import type * as Launcher from '../../scripts/local-services.mjs';
import { DomainError } from '../domain/shared/domain-error.js';
import type { DemoDatabase } from './local-database.js';

/** Thrown when a demo is asked for beside another one on the same folder and database: they would share keys and witnesses. */
export class DemoAlreadyRunning extends DomainError {
  constructor(folder: string, pid: number) {
    super({
      code: 'DEMO_ALREADY_RUNNING',
      kind: 'conflict',
      detail: `Another demo is already running in this folder (process ${pid}, data in ${folder}). Use that one, or end it and start again. LOCAL_SERVICES_DIR=<another folder> starts one beside it.`,
    });
  }
}

/** Takes the folder for this demo; gives how to let go of it. A demo that was killed holds nothing. Refuses DemoAlreadyRunning. */
export function takeFolder(
  launcher: typeof Launcher,
  { folder, lockFile }: Pick<DemoDatabase, 'folder' | 'lockFile'>,
): () => void {
  mkdirSync(folder, { recursive: true });
  const taken = launcher.takePlace(lockFile);
  if (typeof taken === 'number') throw new DemoAlreadyRunning(folder, taken);
  return taken;
}
