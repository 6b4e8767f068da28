// The description has its fields only where it was compiled as it is shipped.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildProgram } from '../support/worker-process.js';

it('every field of every answer is written down with the permission by which it is given', () => {
  buildProgram();
  const check = () =>
    execFileSync(process.execPath, ['scripts/fields/write-fields.mjs', '--check'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(check).not.toThrow();
  const page = readFileSync('docs/fields.md', 'utf8');
  expect(page).toMatch(/^\| PersonView +\| id, email, name, isAdministrator +\| /m);
}, 180_000);
