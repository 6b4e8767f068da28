// A private PostgreSQL of the project's own, from npm's binaries, on a free port of the loopback interface.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isReachable, postgresBinaries, serverIdentity } from './binaries.mjs';
import { explainFailure, LocalServiceFailure } from './failure.mjs';
import { commandLine, freePort, isAlive, runToEnd, stopProcess } from './processes.mjs';
import { enter, exclusively, isUsed } from './register.mjs';

const START_WAIT_MS = 60_000;
const USER = 'outturn';
const DATABASE = 'outturn';
/** As the service logs in: it owns nothing, and migrating lets it work as the role of the service. */
const SERVICE_USER = 'outturn_service';

/**
 * Starts PostgreSQL in `dir`, or joins the one that already runs there (after a kill -9 of an earlier run, or beside
 * another run of the same clone). `stop` stops the server unless somebody else still uses it.
 */
export async function startPostgres({ dir, durable = true, database = DATABASE, settings = {} }) {
  try {
    const place = preparePlace(dir);
    const { server, leave } = await exclusively(place.dir, async () => {
      await createCluster(place, durable);
      const running = await runningServer(place);
      const started = running ?? (await startServer(place, { durable, settings }));
      return { server: { ...started, adopted: running !== undefined }, leave: enter(place.dir) };
    });
    await createDatabase(place, server.port, database);
    await createServiceLogin(place, server.port);
    return {
      ...server,
      admin: urlOf(place, server.port, 'postgres'),
      url: urlOf(place, server.port, database),
      serviceUrl: serviceUrlOf(place, server.port, database),
      stop: async () => {
        leave();
        const stopUnlessUsed = async () => {
          if (!isUsed(place.dir)) await stopProcess(server.pid, ['SIGINT', 'SIGQUIT']);
        };
        await exclusively(place.dir, stopUnlessUsed).catch((error) => {
          // a disk without room for the lock is no reason to leave a server running on it
          if (!['ENOSPC', 'EDQUOT', 'EROFS'].includes(error.code)) throw error;
          return stopUnlessUsed();
        });
      },
    };
  } catch (error) {
    throw explainFailure(error, dir);
  }
}

/** Stops the PostgreSQL of `dir`, whoever started it. */
export async function stopPostgres(dir) {
  const { pid } = readPidFile(path.join(dir, 'pg')) ?? {};
  if (pid !== undefined && serves(pid, path.join(dir, 'pg')))
    await stopProcess(pid, ['SIGINT', 'SIGQUIT']);
}

/** Whether a connection string leads to the database of `dir`: nobody else has the passwords of its logins. The port changes. */
export function isPostgresOf(dir, url) {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname, username, password } = new URL(url);
  const file = { [USER]: 'pg-password', [SERVICE_USER]: 'pg-service-password' }[username];
  if (file === undefined || hostname !== '127.0.0.1' || pathname !== `/${DATABASE}`) return false;
  const known = path.join(dir, file);
  return fs.existsSync(known) && readPassword(known) === password;
}

/** The process of the PostgreSQL that runs in `dir`, if one does. */
export function postgresPid(dir) {
  const { pid } = readPidFile(path.join(dir, 'pg')) ?? {};
  return pid !== undefined && serves(pid, path.join(dir, 'pg')) ? pid : undefined;
}

function preparePlace(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const dir = fs.realpathSync(folder);
  const identity = serverIdentity();
  if (identity.uid !== undefined) {
    const stat = fs.statSync(dir);
    if (stat.uid === 0) fs.chmodSync(dir, stat.mode | 0o011); // root's umask may hide it from nobody
    if (!isReachable(dir, identity.uid))
      throw new LocalServiceFailure(
        `PostgreSQL runs as the user nobody when it is started by root, and nobody cannot reach ${dir}. Set LOCAL_SERVICES_DIR to a folder outside a private home.`,
      );
  }
  return {
    dir,
    identity,
    data: path.join(dir, 'pg'),
    passwordFile: path.join(dir, 'pg-password'),
    servicePasswordFile: path.join(dir, 'pg-service-password'),
    log: path.join(dir, 'postgres.log'),
    environment: { ...process.env, LC_ALL: 'C' },
    programs: postgresBinaries(identity),
  };
}

/** initdb works in a folder of another name: a run that is killed half-way never leaves half a cluster to be started. */
async function createCluster(place, durable) {
  if (fs.existsSync(path.join(place.data, 'PG_VERSION'))) return;
  const unfinished = path.join(place.dir, 'pg.unfinished');
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.rmSync(place.data, { recursive: true, force: true });
  fs.mkdirSync(unfinished, { mode: 0o700 });
  fs.rmSync(place.passwordFile, { force: true });
  fs.writeFileSync(place.passwordFile, randomBytes(18).toString('hex'), { mode: 0o600 });
  const { uid, gid } = place.identity;
  if (uid !== undefined)
    for (const item of [unfinished, place.passwordFile]) fs.chownSync(item, uid, gid);
  const options = ['-D', unfinished, '-U', USER, `--pwfile=${place.passwordFile}`, '-E', 'UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  try {
    await runToEnd(
      place.programs.initdb,
      [...options, ...locale, '--auth=scram-sha-256', ...(durable ? [] : ['--no-sync'])],
      { ...place.identity, cwd: place.dir, env: place.environment },
    );
    fs.renameSync(unfinished, place.data);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

function readPidFile(data) {
  try {
    const lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, , , port, , , , status] = lines.map((line) => line.trim());
    return { pid: Number(pid), port: Number(port), status };
  } catch {
    return undefined;
  }
}

/** A pid file outlives a crash, and its number may since belong to any program: only a postgres of this very folder counts. */
function serves(pid, data) {
  if (!isAlive(pid)) return false;
  const command = commandLine(pid);
  return /postgres/.test(command) && command.includes(`-D ${data} `);
}

/** The server that already runs on this data, once it is ready; a pid file left by a crash is cleared away. */
async function runningServer(place) {
  const deadline = Date.now() + START_WAIT_MS;
  for (;;) {
    const found = readPidFile(place.data);
    if (found === undefined) return undefined;
    if (!serves(found.pid, place.data)) {
      fs.rmSync(path.join(place.data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (found.status === 'ready') return { pid: found.pid, port: found.port };
    if (Date.now() > deadline) throw notReady(place, found.pid);
    await sleep(25); // it is recovering from a crash, or stopping
  }
}

async function startServer(place, options) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = spawnServer(place, port, options);
    if (await becameReady(place, child)) return { pid: child.pid, port };
    const log = fs.readFileSync(place.log, 'utf8');
    // somebody took the port between our look and the server's
    if (/Address already in use/.test(log) && attempt < 5) continue;
    throw new Error(`postgres ended at its start: ${log.slice(-800)}`);
  }
}

function spawnServer(place, port, { durable, settings }) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = fs.openSync(place.log, 'w');
  try {
    // detached: a Ctrl-C is for the application first, which still needs its database to stop in order
    const child = spawn(
      place.programs.postgres,
      ['-D', place.data, '-p', String(port), ...options],
      {
        ...place.identity,
        cwd: place.dir,
        env: place.environment,
        stdio: ['ignore', output, output],
        detached: true,
      },
    );
    child.on('error', () => undefined); // a failed start shows as an exit code below
    child.unref();
    return child;
  } finally {
    fs.closeSync(output);
  }
}

/** True once the server takes connections, false if it ended first. */
async function becameReady(place, child) {
  for (const deadline = Date.now() + START_WAIT_MS; Date.now() < deadline; await sleep(10)) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
      return false;
    const found = readPidFile(place.data);
    if (found?.pid === child.pid && found.status === 'ready') return true;
  }
  await stopProcess(child.pid, ['SIGQUIT']);
  throw notReady(place, child.pid);
}

function notReady(place, pid) {
  return new LocalServiceFailure(
    `PostgreSQL (process ${pid}) was not ready after ${START_WAIT_MS / 1000} seconds; its log is ${place.log}.`,
  );
}

async function createDatabase(place, port, database) {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(database)}`);
  } catch (error) {
    // two runs may create it in the same instant
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  } finally {
    await client.end();
  }
}

/** A login of an earlier run may have another password than the file, if the file was lost: it gets the file's. */
async function createServiceLogin(place, port) {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres') });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(1)'); // two runs may do so in the same instant
    if (!fs.existsSync(place.servicePasswordFile))
      fs.writeFileSync(place.servicePasswordFile, randomBytes(18).toString('hex'), { mode: 0o600 });
    const found = await client.query('select 1 from pg_roles where rolname = $1', [SERVICE_USER]);
    const act = found.rowCount === 0 ? 'create' : 'alter';
    const password = client.escapeLiteral(readPassword(place.servicePasswordFile));
    await client.query(`${act} role ${SERVICE_USER} login noinherit password ${password}`);
  } finally {
    await client.end();
  }
}

const readPassword = (file) => fs.readFileSync(file, 'utf8').trim();

function serviceUrlOf(place, port, database) {
  const url = new URL(urlOf(place, port, database));
  url.username = SERVICE_USER;
  url.password = readPassword(place.servicePasswordFile);
  return url.href;
}

function urlOf(place, port, database) {
  const password = readPassword(place.passwordFile);
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
