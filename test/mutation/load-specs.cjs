/**
 * Loads spec files into this process, compiled as under Jest, with Jest's own `expect` and `each`. Nothing is isolated
 * between files: the domain is pure, so a test leaves nothing behind for the next.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const swc = require('@swc/core');
const each = require('jest-each').bind;
const { expect } = require('expect');
const fc = require('fast-check');
const { typescript } = require('../support/swc-transform.cjs');

// One seed, so that a score can be had twice; no shrinking, because only the fact that a test failed counts here.
fc.configureGlobal({ seed: 20260401, endOnFailure: true });

const inProject = (file) => !file.includes('node_modules');
const compiled = new Map();

Module._extensions['.ts'] = (module, file) => {
  if (!compiled.has(file)) {
    const source = fs.readFileSync(file, 'utf8');
    compiled.set(file, swc.transformSync(source, { ...typescript, filename: file }).code);
  }
  module._compile(compiled.get(file), file);
};
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (request.startsWith('.') && request.endsWith('.js') && inProject(parent?.filename ?? '')) {
    const file = path.resolve(path.dirname(parent.filename), request.slice(0, -3) + '.ts');
    if (fs.existsSync(file)) return file;
  }
  return resolve.call(this, request, parent, ...rest);
};

let tests = [];
let titles = [];
let spec = '';

function it(name, run) {
  const title = [spec, ...titles, name].join(' > ');
  const same = tests.filter((test) => test.title === title).length;
  tests.push({ title, id: same > 0 ? `${title} (${same + 1})` : title, spec, run });
}
function describe(name, body) {
  titles.push(name);
  body();
  titles.pop();
}
it.each = each(it, false);
describe.each = each(describe, false);
Object.assign(globalThis, { it, test: it, describe, expect });

/** The tests of these files, from a fresh copy of every module of the project. */
module.exports.loadSpecs = (root, files) => {
  for (const file of Object.keys(require.cache))
    if (file.endsWith('.ts') && inProject(file)) delete require.cache[file];
  tests = [];
  for (const file of files) {
    spec = path.relative(root, file);
    require(file);
  }
  return tests;
};
