// The migrations as classes, compiled one by one: a source file elsewhere that does not type-check at the moment must
// not stop a test of another part.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../migrations');

/** Every migration class of the migrations folder, in order. */
export function migrationClasses() {
  return fs
    .readdirSync(folder)
    .filter((name) => /^\d+-.*\.ts$/.test(name))
    .sort()
    .flatMap((name) => Object.values(load(path.join(folder, name))))
    .filter((exported) => typeof exported === 'function');
}

function load(file) {
  const { code } = transformSync(fs.readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
    module: { type: 'commonjs' },
  });
  const exports = {};
  new Function('exports', 'require', code)(exports, createRequire(file));
  return exports;
}
