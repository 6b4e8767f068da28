// Jest reads and compiles every module anew for each test file: four thousand where a test starts the whole service.
// Here a worker compiles a source once; each test file still runs every module itself, in a context of its own, and what
// Jest resolves, mocks and isolates is untouched.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { default: Runtime } = require('jest-runtime');
const { isAsInstalled } = require('./swc-transform.cjs');

const INSTALLED = `${path.sep}node_modules${path.sep}`;
const NAME = 'Object.<anonymous>'; // as Jest and Node have it in a stack
const HEAD = `({"${NAME}":function(module,exports,require,__dirname,__filename,jest){`;

/** What was compiled, by its file; with its source, which changes while somebody watches. */
const compiled = new Map();
/** Source of packages, ready to be compiled; these do not change while tests run. */
const packages = new Map();

function compile(source, filename) {
  const before = compiled.get(filename);
  if (before?.source === source) return before.script;
  const script = new vm.Script(`${HEAD}${source}\n}})`, { filename, columnOffset: -HEAD.length });
  compiled.set(filename, { source, script });
  return script;
}

module.exports = class CompilingOnce extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, ...rest) {
    super(config, environment, resolver, transformer, cacheFS, coverage, ...rest);
    if (coverage.collectCoverage) return; // it counts by offsets in what Jest compiles
    const { executor, transformCache } = this;
    const compileAnew = executor.compile.bind(executor);
    executor.compile = (source, filename) => {
      const context = environment.getVmContext();
      if (context == null) return null;
      try {
        return compile(source, filename).runInContext(context)[NAME];
      } catch {
        return compileAnew(source, filename); // Jest says what is wrong with it
      }
    };
    const transform = transformCache.transform.bind(transformCache);
    transformCache.transform = (filename, options) => {
      if (options?.isInternalModule || !filename.includes(INSTALLED))
        return transform(filename, options);
      if (!packages.has(filename)) {
        const source = fs.readFileSync(filename, 'utf8');
        packages.set(
          filename,
          isAsInstalled(source, filename) ? source : transform(filename, options),
        );
      }
      return packages.get(filename);
    };
  }
};
