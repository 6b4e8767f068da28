// npm run bench [-- --sizes 10000,100000] [--repetitions 3] [--only computation,import,clauses,log]
// Builds contracts of several sizes in a PostgreSQL of its own in a temporary folder, measures, prints one table, and
// writes bench/results.json. Fails when the two ways of computing differ, or when thirty clauses cost
// more than in proportion to their lines.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startPostgres } from '../scripts/local-services.mjs';
import { benchClauses } from './clauses.mjs';
import { benchComputation } from './computation.mjs';
import { benchLog } from './log.mjs';
import { printTable } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    repetitions: { type: 'string', default: '3' },
    only: { type: 'string', default: 'computation,import,clauses,log' },
    dist: { type: 'string', default: path.resolve(import.meta.dirname, '../dist') },
    results: { type: 'string', default: path.resolve(import.meta.dirname, 'results.json') },
  },
});
const sizes = options.sizes.split(',').map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1))
  throw new Error('Write --sizes as whole numbers: 10000,100000');

const parts = options.only.split(',');

/** The same for both ways, and near to what a production server has. */
const SETTINGS = {
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
  work_mem: '64MB',
  maintenance_work_mem: '256MB',
  autovacuum: 'off',
  jit: 'off',
};

const log = (line) => console.error(line);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-bench-'));
fs.chmodSync(dir, 0o755);
const server = await startPostgres({ dir, database: 'bench', settings: SETTINGS });
const stop = async () => {
  await server.stop();
  fs.rmSync(dir, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stop().then(() => process.exit(130)));

try {
  const results = await run();
  fs.writeFileSync(options.results, `${JSON.stringify(results, null, 2)}\n`);
  console.log(printTable(results));
} finally {
  await stop();
}

async function run() {
  await migrate();
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => undefined); // after a failure the server stops first, and the failure is what to show
  await client.connect();
  const { rows } = await client.query('show server_version');
  const results = {
    machine: machine(rows[0].server_version),
    settings: SETTINGS,
    computation: [],
    import: [],
    clauses: [],
    log: [],
  };
  for (const participants of sizes) {
    const repetitions = participants >= 1_000_000 ? 1 : Number(options.repetitions);
    // the client is the owner's; what is measured logs in as the service does
    const { serviceUrl: url } = server;
    const context = { client, url, dist: options.dist, participants, repetitions, log };
    const isAsked = (part) => parts.includes(part);
    if (isAsked('computation')) results.computation.push(await benchComputation(context));
    const benchImport = isAsked('import') ? await importBench() : null;
    if (benchImport) results.import.push(await benchImport(context));
    // thirty clauses have thirty times the lines, so the smallest size says it all
    if (isAsked('clauses') && participants === Math.min(...sizes))
      results.clauses.push(await benchClauses(context));
    if (isAsked('log') && participants === Math.min(...sizes))
      results.log.push(await benchLog(context));
  }
  await client.end();
  return results;
}

async function migrate() {
  const { migrate: migrateAs } = await import(`${options.dist}/src/platform/database/migrate.js`);
  await migrateAs(server.url, server.serviceUrl);
}

async function importBench() {
  const file = new URL('./import-bench.mjs', import.meta.url);
  return fs.existsSync(file) ? (await import(file.href)).benchImport : null;
}

function machine(postgres) {
  return {
    node: process.version,
    postgres,
    cpus: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
  };
}
