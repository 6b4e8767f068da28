// Every layer rule is shown a file that breaks it: a rule that reports nothing protects nothing.
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { layerConfig } from '../../scripts/lint/layer-rules.mjs';

const root = path.resolve(__dirname, '../..');
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    ...layerConfig,
  ],
});

async function reports(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

const longFunction = `export function f() {\n${'  g();\n'.repeat(70)}}`;

const BROKEN: [what: string, file: string, code: string, report: RegExp][] = [
  [
    'the domain importing a feature',
    'src/domain/money/money.ts',
    `import { x } from '../../payments/payments.service.js';`,
    /import-direction.*domain is plain TypeScript/,
  ],
  [
    'the domain importing a type of the platform',
    'src/domain/claims/claim.ts',
    `import type { Actor } from '../../platform/auth/actor.js';`,
    /import-direction.*domain is plain TypeScript/,
  ],
  [
    'money importing contract terms',
    'src/domain/money/money.ts',
    `import { x } from '../contract-terms/terms.js';`,
    /import-direction.*src\/domain\/money may import shared, not contract-terms/,
  ],
  [
    'audit importing money',
    'src/domain/audit/encode.ts',
    `import { x } from '../money/money.js';`,
    /import-direction.*src\/domain\/audit may import shared, calendar, not money/,
  ],
  [
    'a statement re-exporting an audit type',
    'src/domain/statements/quarter.ts',
    `export { x } from '../audit/entry-types.js';`,
    /import-direction.*not audit/,
  ],
  ...['computation', 'payment-mechanisms', 'contract-terms', 'statements'].map(
    (folder): [string, string, string, RegExp] => [
      `the engine (${folder}) importing the value case`,
      `src/domain/${folder}/x.ts`,
      `import { x } from '../value-case/report.js';`,
      /import-direction.*no payment may rest on a value case/,
    ],
  ),
  [
    'the value case importing the engine',
    'src/domain/value-case/x.ts',
    `import { x } from '../computation/payment-line.js';`,
    /import-direction.*src\/domain\/value-case may import shared, money, not computation/,
  ],
  [
    'the platform importing a feature',
    'src/platform/http/filter.ts',
    `import { x } from '../../claims/claims.errors.js';`,
    /import-direction.*serve every feature, so they know none/,
  ],
  [
    'a feature importing one to its right',
    'src/cohorts/cohorts.service.ts',
    `import { x } from '../payments/payments.service.js';`,
    /import-direction.*features depend in one direction.*cohorts may not know payments/,
  ],
  [
    "a feature importing another's repository",
    'src/claims/claims.service.ts',
    `import { x } from '../payments/payments.repository.js';`,
    /import-direction.*claims talks to payments through its service/,
  ],
  [
    "a feature importing another's entity in a type position",
    'src/claims/claims.service.ts',
    `export type X = import('../payments/line.entity.js').Line;`,
    /import-direction.*claims talks to payments through its service/,
  ],
  [
    'a feature importing the API',
    'src/claims/claims.service.ts',
    `export { x } from '../api/claims/claim.dto.js';`,
    /import-direction.*does not know who calls it/,
  ],
  [
    'a controller importing a repository',
    'src/api/claims/claims.controller.ts',
    `import { x } from '../../claims/claims.repository.js';`,
    /import-direction.*a controller only translates/,
  ],
  [
    'a page importing a repository',
    'src/web/people/people.controller.ts',
    `import { x } from '../../access/people.repository.js';`,
    /import-direction.*a controller only translates/,
  ],
  [
    'a page importing the JSON interface',
    'src/web/people/people.controller.ts',
    `import { x } from '../../api/people/person.dto.js';`,
    /import-direction.*neither goes through the other/,
  ],
  [
    'the JSON interface importing a page',
    'src/api/people/people.controller.ts',
    `import { x } from '../../web/paths.js';`,
    /import-direction.*controllers are wired by the composition roots/,
  ],
  [
    'anybody importing a composition root',
    'src/cli/demo.ts',
    `await import('../main.js');`,
    /import-direction.*nobody imports src\/main.ts/,
  ],
  [
    'a migration importing from src',
    'migrations/1790000009000-x.ts',
    `import { x } from '../src/domain/money/money.js';`,
    /import-direction.*its meaning must not change when the code does/,
  ],
  [
    'a migration importing a value of a package',
    'migrations/1790000009000-x.ts',
    `import { randomUUID } from 'node:crypto';`,
    /migrations-stand-alone/,
  ],
  [
    'a feature importing a migration',
    'src/payments/payments.service.ts',
    `import { x } from '../../migrations/1790000000000-x.js';`,
    /import-direction.*only src\/platform\/database lists the migrations/,
  ],
  ...['@nestjs/common', 'typeorm', 'bullmq', 'node:fs', 'pg', 'uuid'].map(
    (name): [string, string, string, RegExp] => [
      `the domain importing ${name}`,
      'src/domain/computation/x.ts',
      `import { x } from '${name}';`,
      /pure-domain.*computable from its inputs alone/,
    ],
  ),
  [
    'the domain importing randomness',
    'src/domain/shared/x.ts',
    `import { randomUUID } from 'node:crypto';`,
    /pure-domain/,
  ],
  ...['process.env', 'fetch(url)', 'console.log(1)', 'setTimeout(f, 1)'].map(
    (code): [string, string, string, RegExp] => [
      `the domain using ${code}`,
      'src/domain/computation/x.ts',
      `export const x = ${code};`,
      /no-restricted-globals.*domain is pure/,
    ],
  ),
  ...['Date.now()', 'new Date()', 'Date()'].map((code): [string, string, string, RegExp] => [
    `the domain reading the time with ${code}`,
    'src/domain/calendar/x.ts',
    `export const x = ${code};`,
    /no-restricted-syntax.*Time is an argument/,
  ]),
  [
    'a feature reading the time',
    'src/claims/claims.service.ts',
    `export const x = new Date();`,
    /no-restricted-syntax.*Time is an argument/,
  ],
  [
    'the domain drawing a random number',
    'src/domain/outcomes/x.ts',
    `export const x = Math.random();`,
    /no-restricted-syntax.*No randomness/,
  ],
  ...[
    'parseFloat(text)',
    'Number.parseFloat(text)',
    'x.toFixed(2)',
    '0.5',
    '1e-2',
    'Number(amountMinor)',
    'Number(line.totalMinor) / 100',
    'Math.round(x)',
    'x / 3',
    'Number(x) / y',
  ].map((code): [string, string, string, RegExp] => [
    `the domain computing money with ${code}`,
    'src/domain/money/x.ts',
    `export const y = ${code};`,
    /no-restricted-syntax.*never a float/,
  ]),
  ...[
    '`select id from claim where id = $1`',
    `'SELECT 1'`,
    `'insert into claim (id) values ($1)'`,
    `'update claim set revision = 2'`,
    `'delete from claim'`,
    '`\n  with due as (select 1) select * from due`',
    '`copy measurement (a, b) from stdin`',
    '`copy measurement (${columns}) from stdin`',
    `'truncate claim'`,
  ].map((code): [string, string, string, RegExp] => [
    `SQL in a service: ${code}`,
    'src/claims/claims.service.ts',
    `export const y = ${code};`,
    /sql-in-repositories.*found and reviewed in one place/,
  ]),
  [
    'SQL in a controller',
    'src/api/claims/claims.controller.ts',
    'export const y = `select ${columns} from claim`;',
    /sql-in-repositories/,
  ],
  [
    'a service importing the driver',
    'src/claims/claims.service.ts',
    `import type { PoolClient } from 'pg';`,
    /database-in-repositories/,
  ],
  [
    'a controller importing TypeORM',
    'src/api/claims/claims.controller.ts',
    `import { DataSource } from 'typeorm';`,
    /database-in-repositories/,
  ],
  [
    'a service importing the queue',
    'src/payments/payments.service.ts',
    `import { Queue } from 'bullmq';`,
    /queue-in-jobs.*through the outbox/,
  ],
  [
    'waiting for a queue event',
    'src/platform/queue/x.ts',
    `await job.waitUntilFinished(events);`,
    /no-restricted-syntax.*doorbell/,
  ],
  [
    'listening to queue events',
    'src/platform/queue/x.ts',
    `import { QueueEvents } from 'bullmq';`,
    /no-restricted-syntax.*doorbell/,
  ],
  [
    'a service reading the environment',
    'src/claims/claims.service.ts',
    `export const x = process.env.HOST;`,
    /no-restricted-syntax.*frozen Config/,
  ],
  [
    'the platform reading the environment',
    'src/platform/queue/x.ts',
    `export const x = process.env['HOST'];`,
    /no-restricted-syntax.*frozen Config/,
  ],
  [
    'the worker loading what it runs before its heap is bounded',
    'src/worker.ts',
    `import { runWorker } from './run-worker.js';`,
    /no-restricted-syntax.*after keepHeapSmall/,
  ],
  [
    'a function of 72 lines',
    'src/claims/claims.service.ts',
    longFunction,
    /max-lines-per-function/,
  ],
];

const SOUND: [what: string, file: string, code: string][] = [
  [
    'a feature using one to its left, through its service',
    'src/claims/claims.service.ts',
    `import { x } from '../payments/payments.service.js';`,
  ],
  [
    'the domain resting on what is beneath it',
    'src/domain/contract-terms/terms.ts',
    `import { x } from '../payment-mechanisms/registry.js';\nimport { z } from 'zod';`,
  ],
  [
    'the domain hashing',
    'src/domain/audit/hash.ts',
    `import { createHash } from 'node:crypto';\nexport const d = new Date(instant);`,
  ],
  [
    'SQL in a repository',
    'src/claims/claims.repository.ts',
    'import type { PoolClient } from "pg";\nexport const y = `select id from claim`;',
  ],
  [
    'a sentence that begins with a verb of SQL',
    'src/claims/claims.errors.ts',
    `export const y = ['Select the lines to approve.', 'Update the terms set out in clause 4.'];`,
  ],
  [
    'a processor in jobs/',
    'src/payments/jobs/payment-computation.processor.ts',
    `import { Processor } from '@nestjs/bullmq';`,
  ],
  [
    'the database module listing the migrations',
    'src/platform/database/data-source.ts',
    `import { x } from '../../../migrations/1790000000000-x.js';`,
  ],
  [
    'a controller using a service',
    'src/api/claims/claims.controller.ts',
    `import { x } from '../../claims/claims.service.js';`,
  ],
  [
    'a composition root importing anything',
    'src/main.ts',
    `import { x } from './payments/payments.module.js';`,
  ],
  [
    'the worker loading what it runs once its heap is bounded',
    'src/worker.ts',
    `import { keepHeapSmall } from './platform/process/keep-heap-small.js';\nawait import('./run-worker.js');`,
  ],
];

describe('the layer rules', () => {
  it.each(BROKEN)('report %s', async (_what, file, code, report) => {
    expect((await reports(file, code)).join('\n')).toMatch(report);
  });

  it.each(SOUND)('allow %s', async (_what, file, code) => {
    expect(await reports(file, code)).toEqual([]);
  });

  it('are errors, not warnings', () => {
    const severities = layerConfig.flatMap((block) =>
      Object.values(block.rules ?? {}).map((entry) => (Array.isArray(entry) ? entry[0] : entry)),
    );
    expect(severities.filter((severity) => severity !== 'error' && severity !== 'off')).toEqual([]);
  });
});
