// The key that protects secrets in a private database: made once, kept beside it, readable by nobody else.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The file with the key of a folder; made if it is not there. */
export function secretKeyFile(dir) {
  fs.mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'secret-key');
  try {
    fs.writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  return file;
}

/** The environment with a key: its own where it has one, else that of the folder. */
export function withSecretKey(environment, dir) {
  if (environment.OUTTURN_SECRET_KEY || environment.OUTTURN_SECRET_KEY_FILE) return environment;
  return { ...environment, OUTTURN_SECRET_KEY_FILE: secretKeyFile(dir) };
}
