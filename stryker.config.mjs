/** Mutation testing of the domain: `npm run mutation`. What it measures and what survives: docs/mutation.md. */
export default {
  mutate: ['src/domain/**/*.ts', '!src/domain/**/*.spec.ts'],
  testRunner: 'specs',
  plugins: ['./test/mutation/plugins.mjs'],
  ignorers: ['not-measured'],
  coverageAnalysis: 'perTest',
  // A mutant of a constant needs every module read again; there are thousands, mostly in schemas and tables.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 10_000,
  incremental: true,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false, allowEmojis: false },
  tempDirName: '.local/mutation/sandbox',
  ignorePatterns: ['.local', 'bench', 'coverage', 'dist', 'docs', 'migrations'],
  packageManager: 'npm',
};
