import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

const require = createRequire(import.meta.url);
const DOMAIN = path.join('src', 'domain');

/**
 * Runs the specs of the domain inside Stryker's process. Jest opens every spec file again for every mutant (two
 * seconds each, twelve thousand mutants); a pure domain needs no such isolation and runs a few hundred times as fast.
 *
 * A mutant is tried by every spec of its own folder, and by every worked example of the other folders that reaches it;
 * never by the property tests of other folders, which are slow and were not written to watch over it, nor by a fuzz
 * test, which reaches everything and asks only that nothing crashes.
 */
export class SpecRunner {
  #root = process.cwd();
  #files = [];
  #tests = new Map();
  #durations = new Map();
  #stale = false;

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    require('reflect-metadata');
    this.#files = readdirSync(path.join(this.#root, DOMAIN), { recursive: true })
      .filter((file) => file.endsWith('.spec.ts') && !path.basename(file).startsWith('fuzz.'))
      .sort()
      .map((file) => path.join(this.#root, DOMAIN, file));
  }

  async dryRun({ files }) {
    const folders = new Set((files ?? []).map(folderOf));
    this.#load(this.#files.filter((file) => folders.has(folderOf(file)) || !isProperty(file)));
    const results = [];
    for (const test of this.#tests.values()) {
      context().currentTestId = test.id;
      results.push(await this.#run(test));
    }
    context().currentTestId = undefined;
    return {
      status: DryRunStatus.Complete,
      tests: results,
      mutantCoverage: context().mutantCoverage,
    };
  }

  async mutantRun(options) {
    const { activeMutant, testFilter, hitLimit, mutantActivation } = options;
    const folder = folderOf(options.sandboxFileName);
    context().hitCount = hitLimit === undefined ? undefined : 0;
    context().hitLimit = hitLimit;
    // Only a mutant that acts while modules are read asks for them to be read again; the next one wants them clean.
    const isStatic = mutantActivation === 'static';
    if (isStatic || this.#stale || this.#tests.size === 0) {
      context().activeMutant = isStatic ? activeMutant.id : undefined;
      this.#stale = isStatic;
      try {
        this.#load(
          isStatic ? this.#files.filter((file) => folderOf(file) === folder) : this.#files,
        );
      } catch (error) {
        return toMutantRunResult(failedToLoad(error));
      }
    }
    context().activeMutant = activeMutant.id;
    const results = [];
    for (const test of this.#toTry(testFilter, folder)) {
      const result = await this.#run(test);
      const limit = determineHitLimitReached(context().hitCount, hitLimit);
      if (limit) return toMutantRunResult(limit);
      results.push(result);
      if (result.status === TestStatus.Failed && !options.disableBail) break;
    }
    context().activeMutant = undefined;
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
  }

  #load(files) {
    const { loadSpecs } = require('./load-specs.cjs');
    this.#tests = new Map(loadSpecs(this.#root, files).map((test) => [test.id, test]));
  }

  /** The folder's own tests before the others, the quick before the slow: most mutants then die at once. */
  #toTry(testFilter, folder) {
    const covering = testFilter
      ? testFilter.map((id) => this.#tests.get(id)).filter((test) => test !== undefined)
      : [...this.#tests.values()];
    const own = (test) => folderOf(test.spec) === folder;
    const duration = (test) => this.#durations.get(test.id) ?? 0;
    return covering
      .filter((test) => own(test) || !isProperty(test.spec))
      .sort((a, b) => Number(own(b)) - Number(own(a)) || duration(a) - duration(b));
  }

  async #run(test) {
    const started = performance.now();
    const about = { id: test.id, name: test.title, fileName: path.join(this.#root, test.spec) };
    try {
      await test.run();
      const timeSpentMs = performance.now() - started;
      this.#durations.set(test.id, timeSpentMs);
      return { ...about, timeSpentMs, status: TestStatus.Success };
    } catch (error) {
      const failureMessage = String(error?.message ?? error);
      const timeSpentMs = performance.now() - started;
      return { ...about, timeSpentMs, status: TestStatus.Failed, failureMessage };
    }
  }
}

const context = () => (globalThis.__stryker__ ??= {});
const isProperty = (file) => file.endsWith('.property.spec.ts');

/** `money` of `…/src/domain/money/allocate.ts`. */
function folderOf(file) {
  const parts = file.split(path.sep);
  return parts[parts.lastIndexOf('domain') + 1];
}

/** A mutant that breaks a module while it is read is as good as failed by every test. */
function failedToLoad(error) {
  const failed = { id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed };
  const failureMessage = String(error?.message ?? error);
  return { status: DryRunStatus.Complete, tests: [{ ...failed, failureMessage }] };
}
