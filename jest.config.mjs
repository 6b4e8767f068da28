/**
 * Five projects. `unit` (src/**\/*.spec.ts) needs no service and starts at once; `service` (test/**\/*.spec.ts) gets a
 * PostgreSQL of its own; `browser` (test/browser) looks at the pages in a Chromium as well (npm run test:browser);
 * `proofs` (test/proofs) tries every cell of the matrix of who may do what, and tens of thousands of sequences, which takes
 * minutes (npm run test:proofs); `long` (test/long) takes half an hour and is run by hand (npm run test:long). Jest runs in
 * CommonJS mode: SWC turns every ES module (our TypeScript, Nest 12) into CommonJS.
 */
const shared = {
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  resolver: '<rootDir>/test/support/resolver.cjs',
  transform: { '\\.(mjs|js|ts)$': '<rootDir>/test/support/swc-transform.cjs' },
  transformIgnorePatterns: [],
  runtime: '<rootDir>/test/support/runtime.cjs',
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: ['<rootDir>/src'],
      testMatch: ['**/*.spec.ts'],
      setupFiles: ['<rootDir>/test/support/setup-unit.cjs'],
    },
    {
      ...shared,
      displayName: 'service',
      // a thread runs the compiled program: it has no transformer
      moduleNameMapper: { '/trial-script\\.js$': '<rootDir>/test/support/trial-script.ts' },
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/browser/',
        '<rootDir>/test/proofs/',
        '<rootDir>/test/long/',
      ],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
      setupFiles: ['<rootDir>/test/support/setup-service.cjs'],
    },
    {
      ...shared,
      displayName: 'proofs',
      moduleNameMapper: { '/trial-script\\.js$': '<rootDir>/test/support/trial-script.ts' },
      roots: ['<rootDir>/test/proofs'],
      testMatch: ['**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
      setupFiles: ['<rootDir>/test/support/setup-service.cjs'],
    },
    {
      ...shared,
      displayName: 'long',
      roots: ['<rootDir>/test/long'],
      testMatch: ['**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'browser',
      roots: ['<rootDir>/test/browser'],
      testMatch: ['**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
      setupFiles: ['<rootDir>/test/support/setup-service.cjs'],
    },
  ],
  testTimeout: 60_000, // generous: a slow machine is not a fault of the service
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  maxWorkers: 2,
  workerIdleMemoryLimit: '1200MB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts'],
};
