// Writes what the service is made of: a CycloneDX bill of materials from the lock file, without what only developers use.
//   node scripts/supply-chain/write-sbom.mjs [FILE]    (dist/sbom.cdx.json if none is named)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { forProduction, missingFrom } from './sbom.mjs';

const file = path.resolve(process.argv[2] ?? 'dist/sbom.cdx.json');
const written = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
const sbom = forProduction(JSON.parse(written), lock);
// npm names the project after its folder
const { name } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
sbom.metadata.component.name = name;
const missing = missingFrom(sbom, lock);
if (missing.length > 0) {
  console.error(`The bill of materials does not name: ${missing.join(', ')}`);
  process.exitCode = 1;
} else {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
  console.log(`${path.relative('.', file)}: ${sbom.components.length} components`);
}
