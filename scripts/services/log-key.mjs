// The key that signs the audit log of a private database: made once, kept beside it, readable by nobody else.
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The name of a log that is only for this machine. */
export const LOCAL_LOG_ORIGIN = 'localhost/outturn-local';

/** The file with the signing key of a folder; made if it is not there. */
export function logKeyFile(dir) {
  fs.mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'log-signing-key.pem');
  const key = generateKeyPairSync('ed25519').privateKey;
  try {
    fs.writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  return file;
}

/** The environment with a log: its own key and name where it has them, else those of the folder. */
export function withLogKey(environment, dir) {
  return {
    ...environment,
    LOG_SIGNING_KEY_FILE: environment.LOG_SIGNING_KEY_FILE || logKeyFile(dir),
    LOG_ORIGIN: environment.LOG_ORIGIN || LOCAL_LOG_ORIGIN,
  };
}
