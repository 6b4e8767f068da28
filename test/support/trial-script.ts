import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The thread that tries clauses, compiled as it is shipped. */
export const TRIAL_SCRIPT = pathToFileURL(
  path.resolve(__dirname, '../../dist/src/contracts/trial.thread.js'),
);
