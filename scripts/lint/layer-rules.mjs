// The architecture as lint rules. Each message carries its reason; test/lint/layer-rules.spec.ts proves that each
// rule reports a file that breaks it.
import path from 'node:path';
import { placeOf, refusal } from './layers.mjs';

/** Calls `check(node, specifier)` for every import and re-export, typed or dynamic. */
function onImport(check) {
  const visit = (node) => {
    if (typeof node.source?.value === 'string') check(node, node.source.value);
  };
  return {
    ImportDeclaration: visit,
    ImportExpression: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    TSImportType: visit,
  };
}

const rule = (description, create) => ({
  meta: { type: 'problem', docs: { description }, schema: [] },
  create,
});

const importDirection = rule('imports go down only', (context) => {
  const from = placeOf(context.filename);
  if (!from) return {};
  return onImport((node, specifier) => {
    if (!specifier.startsWith('.')) return;
    const target = path.resolve(path.dirname(context.filename), specifier);
    const to = placeOf(target);
    const isTest = /\.spec\.ts$/.test(context.filename);
    const why = to && refusal({ ...from, file: context.filename, isTest }, to, target);
    if (why) context.report({ node, message: `Import direction: ${why}.` });
  });
});

const PURE_PACKAGES = ['zod', 'yaml', 'temporal-polyfill', 'decimal.js'];
const PURE_CRYPTO = [
  'createHash',
  'createHmac',
  'hash',
  'Hash',
  'createPublicKey',
  'sign',
  'verify',
  'KeyObject',
];
const isPureImport = (node, specifier) =>
  PURE_PACKAGES.includes(specifier) ||
  // hashing and Ed25519 are arithmetic; the rest of node:crypto draws random numbers
  (specifier === 'node:crypto' &&
    node.type === 'ImportDeclaration' &&
    node.specifiers.every(({ imported }) => PURE_CRYPTO.includes(imported?.name)));

const pureDomain = rule('the domain imports no framework and does no I/O', (context) =>
  onImport((node, specifier) => {
    if (specifier.startsWith('.') || isPureImport(node, specifier)) return;
    context.report({
      node,
      message: `The domain is pure: "${specifier}" brings a framework, I/O or randomness into it, and a payment must be computable from its inputs alone.`,
    });
  }),
);

const migrationsStandAlone = rule('migrations import types of typeorm only', (context) =>
  onImport((node, specifier) => {
    if (specifier === 'typeorm' && node.importKind === 'type') return;
    if (specifier.startsWith('.') && !/(^|\/)src\//.test(specifier)) return;
    context.report({
      node,
      message: `A migration stands alone: "${specifier}" may change later, and what the migration did may not.`,
    });
  }),
);

const SQL =
  /^\s*(?:--[^\n]*\n\s*)*(?:select\s|insert\s+into\s|update\s+\S+\s+(?:\S+\s+)?set\s|delete\s+from\s|with\s+(?:recursive\s+)?\w+\s*(?:\([^)]*\)\s*)?as\s|copy\s+[\w."]+[\s(].*(?:stdin|stdout)|truncate\s|(?:create|alter|drop)\s+(?:unique\s+|temp(?:orary)?\s+|unlogged\s+)?(?:table|index|schema|database|function|trigger)\s|set\s+(?:local|transaction|constraints)\s|lock\s+table\s|declare\s+\w+\s+(?:no scroll\s+)?cursor|explain\s+(?:\(|analyze|select))/;
const isSql = (text) => SQL.test(text) || SQL.test(lowered(text));
/** SQL may be shouted; a sentence that begins with a capital is not SQL. */
const lowered = (text) => (/^\s*[A-Z]{2,}\s/.test(text) ? text.toLowerCase() : '');

const sqlInRepositories = rule('SQL is written in repositories', (context) => {
  const check = (node, text) => {
    if (isSql(text))
      context.report({
        node,
        message:
          'SQL lives in *.repository.ts files (and src/platform/database), so that every query and its index can be found and reviewed in one place.',
      });
  };
  return {
    Literal: (node) => typeof node.value === 'string' && check(node, node.value),
    TemplateLiteral: (node) => check(node, node.quasis.map(({ value }) => value.raw).join('x')),
  };
});

const databaseInRepositories = rule('drivers stay in repositories', (context) =>
  onImport((node, specifier) => {
    if (!['pg', 'pg-copy-streams', 'typeorm'].includes(specifier)) return;
    context.report({
      node,
      message: `"${specifier}" is for *.repository.ts, *.entity.ts and src/platform/database: elsewhere a Transaction is passed on and never opened up.`,
    });
  }),
);

const queueInJobs = rule('the queue library stays behind the doorbell', (context) =>
  onImport((node, specifier) => {
    if (!['bullmq', '@nestjs/bullmq', 'ioredis'].includes(specifier)) return;
    context.report({
      node,
      message: `"${specifier}" is for src/platform/queue, modules and jobs/: a feature asks for work through the outbox, in its own transaction.`,
    });
  }),
);

/** The rules under the name `outturn`. */
export const outturn = {
  meta: { name: 'outturn' },
  rules: {
    'import-direction': importDirection,
    'pure-domain': pureDomain,
    'migrations-stand-alone': migrationsStandAlone,
    'sql-in-repositories': sqlInRepositories,
    'database-in-repositories': databaseInRepositories,
    'queue-in-jobs': queueInJobs,
  },
};

const TIME =
  'Time is an argument: take the Clock (or the date) from the caller, so that a payment can be recomputed as it was.';
const NO_CLOCK = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: TIME,
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: TIME },
  { selector: "CallExpression[callee.name='Date']", message: TIME },
];
const NO_CHANCE = {
  selector: "MemberExpression[object.name='Math'][property.name='random']",
  message: 'No randomness here: the same inputs must give byte-identical lines.',
};
const MONEY = 'Money and proportions are exact: bigint minor units and fractions, never a float.';
const NO_FLOAT = [
  { selector: "CallExpression[callee.name='parseFloat']", message: MONEY },
  {
    selector: "MemberExpression[object.name='Number'][property.name='parseFloat']",
    message: MONEY,
  },
  { selector: "CallExpression[callee.property.name='toFixed']", message: MONEY },
  {
    selector:
      "MemberExpression[object.name='Math'][property.name=/^(round|floor|ceil|trunc|sqrt|pow|fround)$/]",
    message: MONEY,
  },
  // 7n / 2n is exact; 7 / 2 is not
  { selector: "BinaryExpression[operator='/'] > Literal[raw=/^[0-9.]+$/]", message: MONEY },
  {
    selector: "BinaryExpression[operator='/'] > CallExpression[callee.name='Number']",
    message: MONEY,
  },
  { selector: 'Literal[raw=/^[0-9]*\\.[0-9]|^[0-9.]+e-/i]', message: MONEY },
  {
    selector:
      ":not(CallExpression[callee.property.name='slice']) > CallExpression[callee.name='Number'] > :matches(Identifier[name=/minor$|money|amount/i], MemberExpression[property.name=/minor$|amount/i])",
    message: MONEY,
  },
];
const NO_QUEUE_EVENTS = [
  {
    selector: "CallExpression[callee.property.name='waitUntilFinished']",
    message: 'The queue is a doorbell: its events may be lost. Read the row instead.',
  },
  {
    selector: "ImportSpecifier[imported.name='QueueEvents']",
    message: 'The queue is a doorbell: its events may be lost. Read the row instead.',
  },
];
const HEAP_FIRST = {
  selector: "ImportDeclaration[source.value!='./platform/process/keep-heap-small.js']",
  message:
    'Static imports are loaded before a statement runs, and what a sweep finds meanwhile sets how far the heap may grow: import dynamically, after keepHeapSmall().',
};
const ENVIRONMENT_READ = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    'Configuration is read once, by src/platform/config; everything else receives the frozen Config.',
};

const IO_GLOBALS = ['process', 'fetch', 'console', 'setTimeout', 'setInterval', 'setImmediate'].map(
  (name) => ({ name, message: 'The domain is pure: it neither reads the world nor acts on it.' }),
);

const TESTS = ['**/*.spec.ts'];

/** The layer rules as ESLint configuration; a later block replaces an earlier one's `no-restricted-syntax` whole. */
export const layerConfig = [
  {
    name: 'outturn/everywhere',
    files: ['src/**/*.ts', 'migrations/**/*.ts'],
    plugins: { outturn },
    rules: { 'outturn/import-direction': 'error' },
  },
  {
    name: 'outturn/source',
    files: ['src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'outturn/sql-in-repositories': 'error',
      'outturn/database-in-repositories': 'error',
      'outturn/queue-in-jobs': 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': ['error', ENVIRONMENT_READ, ...NO_QUEUE_EVENTS],
    },
  },
  {
    name: 'outturn/features-and-api',
    files: ['src/!(domain|platform)/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-syntax': ['error', ENVIRONMENT_READ, ...NO_QUEUE_EVENTS, ...NO_CLOCK],
    },
  },
  {
    name: 'outturn/domain',
    files: ['src/domain/**/*.ts'],
    ignores: TESTS,
    rules: {
      'outturn/pure-domain': 'error',
      'no-restricted-globals': ['error', ...IO_GLOBALS],
      'no-restricted-syntax': ['error', ...NO_CLOCK, NO_CHANCE, ...NO_FLOAT],
    },
  },
  {
    name: 'outturn/where-sql-is-at-home',
    files: [
      'src/**/*.repository.ts',
      'src/platform/database/**/*.ts',
      'src/platform/csv/copy-*.ts',
    ],
    rules: {
      'outturn/sql-in-repositories': 'off',
      'outturn/database-in-repositories': 'off',
    },
  },
  {
    name: 'outturn/entities',
    files: ['src/**/*.entity.ts'],
    rules: { 'outturn/database-in-repositories': 'off' },
  },
  {
    name: 'outturn/where-the-queue-is-at-home',
    files: ['src/platform/queue/**/*.ts', 'src/*/jobs/**/*.ts', 'src/**/*.module.ts'],
    rules: { 'outturn/queue-in-jobs': 'off' },
  },
  {
    name: 'outturn/where-the-environment-is-read',
    files: ['src/platform/config/**/*.ts', 'src/{main,run-worker,cli}.ts', 'src/cli/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...NO_QUEUE_EVENTS] },
  },
  {
    name: 'outturn/worker',
    files: ['src/worker.ts'],
    rules: { 'no-restricted-syntax': ['error', ...NO_QUEUE_EVENTS, HEAP_FIRST] },
  },
  {
    name: 'outturn/migrations',
    files: ['migrations/**/*.ts'],
    plugins: { outturn },
    rules: { 'outturn/migrations-stand-alone': 'error' },
  },
];
