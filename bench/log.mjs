// (d): the audit log on one database: how fast entries are sealed, how long one waits while a worker seals and acts go on, and
// what an act costs with its entry against the same act without. Fails unless each entry is in the log.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildRoster } from './import-bench.mjs';
import { withKeys } from './keys.mjs';
import { median } from './median.mjs';

const STREAMS = 100;
const ENTRIES = 20_000;
const WARM_UP = 200;
const ACTS = 2_000;
const LATENCY_SECONDS = 30;

export async function benchLog({ client, url, dist, log }) {
  Object.assign(process.env, withKeys(process.env), {
    DATABASE_URL: url,
    REDIS_URL: '',
    LOG_LEVEL: 'warn',
  });
  const service = await openService(dist);
  try {
    const sealing = await sealingRate(service, log);
    const acts = await costOfEntries(service, client, log);
    const waiting = await timeToSeal(service, client, dist, log);
    const { rows } = await client.query('select entries from unsealed_entries()');
    if (rows[0].entries !== '0') throw new Error(`${rows[0].entries} entries were never sealed`);
    return { ...sealing, ...acts, ...waiting };
  } finally {
    await service.close();
  }
}

async function openService(dist) {
  const load = (file) => import(`${dist}/src/${file}.js`);
  const { openApplication } = await load('cli/application');
  const [{ AuditService }, { Sealer }, { TransactionRunner }, { CohortsService }, { SERVICE }] =
    await Promise.all(
      [
        'audit/audit.service',
        'log/sealer.service',
        'platform/database/transaction-runner',
        'cohorts/cohorts.service',
        'platform/auth/acting',
      ].map(load),
    );
  const application = await openApplication();
  return {
    audit: application.get(AuditService),
    sealer: application.get(Sealer),
    transactions: application.get(TransactionRunner),
    cohorts: application.get(CohortsService),
    operator: SERVICE.operator,
    close: () => application.close(),
  };
}

const entryOf = (stream, number) => ({
  stream,
  type: 'computation.cancelled',
  actor: null,
  duty: 'service',
  payload: { computationId: stream, number },
});
const streamOf = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

async function sealingRate({ audit, sealer, transactions, operator }, log) {
  for (let number = 0; number < STREAMS; number += 1)
    await transactions.run(operator, async (tx) => {
      for (let entry = 0; entry < ENTRIES / STREAMS; entry += 1)
        await audit.append(tx, entryOf(streamOf(number), entry));
    });
  const started = performance.now();
  const { entries } = await sealer.sealAll();
  const seconds = (performance.now() - started) / 1000;
  log(`  ${entries} entries sealed in ${seconds.toFixed(2)} s`);
  return { entries, entriesPerSecond: entries / seconds };
}

/** Enrolling one participant after the other, by turns with the entry and without: both meet the same moments of the machine. */
async function costOfEntries({ audit, cohorts }, client, log) {
  const { code, personId } = await buildRoster(client, 1_000, 'bench-log');
  const actor = { personId, name: 'Bench', isAdministrator: false, via: 'api' };
  const { lock, record } = audit;
  const leaf = { seq: 1n };
  const ways = {
    with: { lock, record },
    without: { lock: async () => 1n, record: async () => leaf },
  };
  const times = { with: [], without: [] };
  for (let act = 0; act < WARM_UP + ACTS; act += 1)
    for (const way of act % 2 === 0 ? ['without', 'with'] : ['with', 'without']) {
      Object.assign(audit, ways[way]);
      const reference = `${way}-${act}`;
      const command = {
        actor,
        idempotencyKey: reference,
        requestHash: createHash('sha256').update(reference).digest('hex'),
      };
      const started = performance.now();
      await cohorts.enrol(command, code, {
        reference,
        cohort: 'all',
        startedOn: '2015-06-01',
        attributes: { age: 70 },
      });
      if (act >= WARM_UP) times[way].push(performance.now() - started);
    }
  Object.assign(audit, { lock, record });
  const [milliseconds, bareMilliseconds] = [median(times.with), median(times.without)];
  const ratio = milliseconds / bareMilliseconds;
  log(
    `  an act with its entry ${milliseconds.toFixed(2)} ms, without ${bareMilliseconds.toFixed(2)} ms`,
  );
  return { acts: ACTS, milliseconds, bareMilliseconds, ratio };
}

/** A worker of its own seals every second while four write as fast as they can. */
async function timeToSeal({ audit, transactions, operator }, client, dist, log) {
  const worker = spawn(process.execPath, [`${dist}/src/worker.js`], {
    env: { ...process.env, WORKER_PORT: '', LOG_SEAL_SECONDS: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    await everythingSealed(client); // the worker has started
    const { rows: before } = await client.query('select max(size) as size from log_checkpoint');
    const end = performance.now() + LATENCY_SECONDS * 1000;
    let written = 0;
    await Promise.all(
      [0, 1, 2, 3].map(async (writer) => {
        for (; performance.now() < end; written += 1)
          await transactions.run(operator, (tx) =>
            audit.append(tx, entryOf(streamOf((written % 25) * 4 + writer), written)),
          );
      }),
    );
    await everythingSealed(client);
    const { rows } = await client.query(
      `select percentile_cont(array[0.5, 0.99]) within group (order by extract(epoch from c.made_at - e.recorded_at)) as at,
              count(*) as entries
         from log_leaf l join audit_entry e using (stream, seq)
         cross join lateral (select made_at from log_checkpoint where size > l.index order by size limit 1) c
        where l.index >= $1`,
      [before[0].size],
    );
    const [medianSeconds, p99Seconds] = rows[0].at.map(Number);
    log(
      `  ${written} entries written at ${(written / LATENCY_SECONDS).toFixed(0)} a second: sealed after ${medianSeconds.toFixed(2)} s, 99 % within ${p99Seconds.toFixed(2)} s`,
    );
    return { writtenPerSecond: written / LATENCY_SECONDS, medianSeconds, p99Seconds };
  } finally {
    worker.kill('SIGTERM');
    if (worker.exitCode === null) await new Promise((resolve) => worker.once('exit', resolve));
  }
}

async function everythingSealed(client) {
  for (let waits = true; waits; await sleep(100)) {
    const { rows } = await client.query('select entries from unsealed_entries()');
    waits = rows[0].entries !== '0';
  }
}
