// Rebuilds dist only when something that dist is made of has changed, so that a second start is quick.
//   node scripts/build-when-changed.mjs           build if needed
//   node scripts/build-when-changed.mjs --stamp   note that dist was built from the sources as they are (npm run build)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from './services/binaries.mjs';
import { exclusively } from './services/register.mjs';

const FOLDERS = ['src', 'migrations'];
const FILES = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
const dist = path.join(projectRoot, 'dist');
const stamp = path.join(dist, '.built-from');

/** One digest over the names and contents of everything that dist is made of. */
function sourcesDigest() {
  const hash = createHash('sha256');
  const inFolders = FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
      .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name))),
  );
  for (const file of [...inFolders, ...FILES].sort()) {
    const content = fs.readFileSync(path.join(projectRoot, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

const isBuilt = () =>
  fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8').trim() === sourcesDigest();

function build() {
  const nest = path.join(projectRoot, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const digest = sourcesDigest(); // of what is built, whatever is saved while the compiler runs
  const { status } = spawnSync(process.execPath, [nest, 'build'], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  if (status !== 0) return status ?? 1;
  fs.writeFileSync(stamp, `${digest}\n`);
  return 0;
}

await import('./web/build-assets.mjs'); // looks for itself whether there is anything to do
if (process.argv.includes('--stamp')) fs.writeFileSync(stamp, `${sourcesDigest()}\n`);
else if (!isBuilt()) {
  const local = path.join(projectRoot, '.local');
  fs.mkdirSync(local, { recursive: true });
  // two commands started at once in one clone build once
  process.exitCode = await exclusively(local, () => (isBuilt() ? 0 : build()));
}
