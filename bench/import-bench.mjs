// (b): import of a measurements file with every check, against a bare COPY of the same file into a plain table, on one
// database. Each import runs in a process of its own, whose peak memory is reported too.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import { TERMS } from './contract.mjs';
import { median } from './median.mjs';

// for a profile: BENCH_IMPORT_ARGS="--cpu-prof --cpu-prof-dir=/tmp/profile"
const IMPORT_ARGS = process.env.BENCH_IMPORT_ARGS?.split(' ') ?? [];

/**
 * So many imports of so many participants come first, untimed, and one bare COPY: a service that receives uploads has done
 * it before, and the connection that does the bare COPY is not a new one either. A process's very first import of 10,000
 * takes about three times as long, because its code is not compiled yet.
 */
const WARM_UPS = 10;
const WARM_UP = 10_000;

/** One size: both ways in turn, as often as asked for and at least three times; fails unless every row arrives. */
export async function benchImport({ client, url, dist, participants, repetitions, log }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-bench-file-'));
  const file = path.join(dir, 'measurements.csv');
  const warmUpFile = path.join(dir, 'warm-up.csv');
  try {
    await writeFile(file, participants);
    await writeFile(warmUpFile, WARM_UP);
    const acts = [];
    for (let nth = 1; nth <= WARM_UPS; nth += 1) {
      const contract = await buildRoster(client, WARM_UP, `bench-warm-up-${participants}-${nth}`);
      acts.push({ ...contract, file: warmUpFile });
    }
    const contract = await buildRoster(client, participants, `bench-import-${participants}`);
    acts.push({ ...contract, file });
    await bareCopy(client, file);
    const times = { import: [], copy: [] };
    let peakRssMb = 0;
    const rounds = Math.max(3, repetitions);
    for (let round = 1; round <= rounds; round += 1) {
      times.copy.push(await bareCopy(client, file));
      const done = await importOnce({ client, url, dist, acts });
      if (done.rows !== participants * 3) throw new Error(`${done.rows} rows were imported`);
      times.import.push(done.seconds);
      peakRssMb = Math.max(peakRssMb, done.peakRssMb);
      log(
        `  ${participants} participants, ${round}/${rounds}: import ${done.seconds.toFixed(3)} s, bare COPY ${times.copy.at(-1).toFixed(3)} s, importer ${done.peakRssMb} MB`,
      );
    }
    const [importSeconds, copySeconds] = [median(times.import), median(times.copy)];
    const ratio = importSeconds / copySeconds;
    return {
      participants,
      rows: participants * 3,
      importSeconds,
      copySeconds,
      ratio,
      peakRssMb,
      times,
    };
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** Three scores for each participant on dates of their own. The same file every time. */
async function writeFile(file, participants) {
  const out = fs.createWriteStream(file);
  out.write('reference,metric,time_point,measured_on,score,mode\n');
  const modes = ['self', 'assisted', 'telephone', 'proxy'];
  const start = Date.UTC(2015, 3, 1);
  const day = (days) => new Date(start + days * 86_400_000).toISOString().slice(0, 10);
  for (let first = 1; first <= participants; first += 5_000) {
    let text = '';
    for (let i = first; i < first + 5_000 && i <= participants; i += 1) {
      const mix = Math.imul(i, 0x9e3779b1) >>> 0;
      const reference = `P${String(i).padStart(8, '0')}`;
      const begun = mix % 512;
      const mode = modes[(mix >>> 9) % 4];
      text += `${reference},ucla,baseline,${day(begun)},${5 + ((mix >>> 11) % 5)},${mode}\n`;
      text += `${reference},ucla,6m,${day(begun + 160 + ((mix >>> 14) % 45))},${3 + ((mix >>> 17) % 7)},${mode}\n`;
      text += `${reference},ucla,18m,${day(begun + 525 + ((mix >>> 20) % 45))},${3 + ((mix >>> 23) % 7)},${mode}\n`;
    }
    if (!out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
  }
  await new Promise((resolve) => out.end(resolve));
}

/** A contract in force with its participants and somebody who may enter scores; no measurement yet. */
export async function buildRoster(client, participants, code) {
  const { rows } = await client.query(
    `with who as (
       insert into person (id, email, name) values (gen_random_uuid(), $1 || '@bench.invalid', 'Bench')
       returning id
     ), made as (
       insert into contract (id, code, title, state, created_by)
       select gen_random_uuid(), $1, 'Bench (synthetic)', 'active', id from who returning id, created_by
     ), joined as (
       insert into membership (contract_id, person_id, party, role, granted_by)
       select id, created_by, 'provider', 'provider', created_by from made
     )
     select id as contract_id, created_by as person_id from made`,
    [code],
  );
  const { contract_id: contractId, person_id: personId } = rows[0];
  // no audit entry tells of what the bench begins with
  await client.query('set session_replication_role = replica');
  await client.query(
    `insert into terms_version (contract_id, number, state, document, document_hash, source, effective_from, reason,
                                written_by, activated_at, recorded_seq)
     values ($1, 1, 'active', $2::text::jsonb, sha256(convert_to($2::text, 'UTF8')), $2::text, '2015-04-01', 'first', $3, now(), 0)`,
    [contractId, JSON.stringify({ ...TERMS, code }), personId],
  );
  await client.query('set session_replication_role = origin');
  await client.query(
    `insert into participant (contract_id, reference)
     select $1, 'P' || lpad(i::text, 8, '0') from generate_series(1, $2::int) i`,
    [contractId, participants],
  );
  await client.query('vacuum (analyze, freeze) participant');
  return { code, personId };
}

async function bareCopy(client, file) {
  await client.query(
    `drop table if exists bare_measurement;
     create table bare_measurement (reference text, metric text, time_point text, measured_on date, score numeric, mode text)`,
  );
  await client.query('checkpoint');
  const started = performance.now();
  await pipeline(
    fs.createReadStream(file, { highWaterMark: 1 << 18 }),
    client.query(from('copy bare_measurement from stdin with (format csv, header)')),
  );
  const seconds = (performance.now() - started) / 1000;
  await client.query('drop table bare_measurement');
  return seconds;
}

/** The same file can be imported once only, so the bench, which owns its database, makes it forget the last time. */
async function importOnce({ client, url, dist, acts }) {
  await client.query(`
    set session_replication_role = replica;
    truncate measurement, import_batch;
    set session_replication_role = origin`);
  await client.query('checkpoint');
  const script = path.resolve(import.meta.dirname, 'import-process.mjs');
  const args = [...IMPORT_ARGS, script, dist, JSON.stringify(acts)];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const status = await new Promise((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (status !== 0) throw new Error(`the import ended with status ${status}`);
  return JSON.parse(out);
}
