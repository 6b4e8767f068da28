// (a) and (c): a computation by the real worker process against the hand-written statement, on one database.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildContract } from './contract.mjs';
import { HAND_WRITTEN, YARDSTICK_TABLE } from './hand-written.mjs';
import { withKeys } from './keys.mjs';
import { median } from './median.mjs';

// for a profile: BENCH_WORKER_ARGS="--cpu-prof --cpu-prof-dir=/tmp/profile"
const WORKER_ARGS = process.env.BENCH_WORKER_ARGS?.split(' ') ?? [];

/** One size: both ways in turn, as often as asked for; fails unless they give the same rows. */
export async function benchComputation({ client, url, dist, participants, repetitions, log }) {
  const contract = await buildContract(client, participants);
  const times = { computation: [], handWritten: [] };
  let result;
  let peakRssMb = 0;
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    await emptyTables(client);
    times.handWritten.push(await handWritten(client, contract));
    const worker = await computation({ client, url, dist, contract });
    times.computation.push(worker.seconds);
    peakRssMb = Math.max(peakRssMb, worker.peakRssMb);
    result = await compare(client, worker.computationId, participants <= 10_000);
    log(
      `  ${participants} participants, ${repetition}/${repetitions}: computation ${worker.seconds.toFixed(2)} s, by hand ${times.handWritten.at(-1).toFixed(2)} s, worker ${worker.peakRssMb} MB`,
    );
  }
  const [computed, byHand] = [median(times.computation), median(times.handWritten)];
  return {
    participants,
    ...result,
    computationSeconds: computed,
    handWrittenSeconds: byHand,
    ratio: computed / byHand,
    workerPeakRssMb: peakRssMb,
    times,
  };
}

/** Lines cannot be removed by the service; the bench owns its database and empties it to begin each time alike. */
export async function emptyTables(client) {
  await client.query(`
    set session_replication_role = replica;
    truncate payment_line, claim_line, claim_decision, issued_line, issued_statement;
    delete from payment_computation; delete from work_outbox;
    set session_replication_role = origin`);
  await client.query(YARDSTICK_TABLE);
  await client.query('checkpoint');
}

async function handWritten(client, { contractId }) {
  const started = performance.now();
  await client.query(HAND_WRITTEN, [contractId, '00000000-0000-0000-0000-000000000000']);
  const seconds = (performance.now() - started) / 1000;
  await client.query('checkpoint');
  return seconds;
}

/** Asks for the computation as the service would, and lets a worker process of its own perform it. */
export async function computation({ client, url, dist, contract }) {
  const worker = spawn(process.execPath, [...WORKER_ARGS, `${dist}/src/worker.js`], {
    env: {
      ...withKeys(process.env),
      DATABASE_URL: url,
      REDIS_URL: '',
      LOG_LEVEL: 'warn',
      RELAY_SECONDS: '0.05',
      WORKER_PORT: '',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    const computationId = await request(client, contract);
    for (;;) {
      const { rows } = await client.query(
        `select state, failure_code, extract(epoch from clock_timestamp() - started_at)::float8 as seconds
           from payment_computation where id = $1`,
        [computationId],
      );
      const { state, seconds, failure_code: failure } = rows[0];
      if (state === 'computed') return { computationId, seconds, peakRssMb: peakRss(worker.pid) };
      if (state === 'failed') throw new Error(`The computation failed: ${failure}`);
      if (worker.exitCode !== null) throw new Error(`The worker ended with ${worker.exitCode}`);
      await sleep(10);
    }
  } finally {
    worker.kill('SIGTERM');
    if (worker.exitCode === null) await new Promise((resolve) => worker.once('exit', resolve));
  }
}

async function request(client, { contractId, personId }) {
  await client.query('set session_replication_role = replica'); // no audit entry tells of it
  const { rows } = await client.query(
    `with asked as (
       insert into payment_computation (id, contract_id, number, kind, period_id, period_from, period_to, known_through,
                                        state, requested_by, currency)
       values (gen_random_uuid(), $1, 1, 'payable', 'all', '2015-04-01', '2019-01-01', 0, 'requested', $2, 'GBP') returning id
     ), rung as (
       insert into work_outbox (queue, job, payload)
       select 'payment-computations', 'compute', jsonb_build_object('computationId', id, 'attempt', 0) from asked
     )
     select id from asked`,
    [contractId, personId],
  );
  await client.query('set session_replication_role = origin');
  return rows[0].id;
}

/** The most memory that the process ever had resident, in megabytes; null where the system does not tell. */
function peakRss(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) / 1024);
  } catch {
    return null;
  }
}

const COLUMNS = `line_no, computation_number, participant_id, cohort, terms_number, clause, metric, occurrence, revision, kind,
  outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor, withheld_minor, parts, reason, steps, evidence, corrects, explanation`;

/** Both ways must have written the same: totals at every size, every column of every row at the small one. */
async function compare(client, computationId, wholly) {
  const totals = (table) =>
    `(select count(*) as lines, sum(amount_minor) as minor, sum((parts ->> 'council')::bigint) as council,
             count(*) filter (where kind = 'refusal') as refusals, sum(length(explanation)) as characters from ${table})`;
  const { rows } = await client.query(
    `select to_jsonb(a) as engine, to_jsonb(b) as hand from ${totals('payment_line')} a, ${totals('yardstick_line')} b`,
  );
  const { engine, hand } = rows[0];
  if (JSON.stringify(engine) !== JSON.stringify(hand))
    throw new Error(
      `The two ways differ: engine ${JSON.stringify(engine)}, by hand ${JSON.stringify(hand)}`,
    );
  const row = await client.query(
    'select lines, total_minor from payment_computation where id = $1',
    [computationId],
  );
  if (
    Number(row.rows[0].lines) !== engine.lines ||
    BigInt(row.rows[0].total_minor) !== BigInt(engine.minor)
  )
    throw new Error('The computation does not tie to its lines');
  if (wholly) {
    const { rows: different } = await client.query(
      `(select ${COLUMNS} from payment_line except select ${COLUMNS} from yardstick_line) limit 1`,
    );
    if (different.length > 0) throw new Error(`A line differs: ${JSON.stringify(different[0])}`);
  }
  return { lines: engine.lines, refusals: engine.refusals, totalMinor: String(engine.minor) };
}
