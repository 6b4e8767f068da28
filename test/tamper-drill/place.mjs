// The drill's own PostgreSQL in a temporary folder, copies of its database, and the database's superuser, for whom no
// trigger is on.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {
  LOCAL_LOG_ORIGIN,
  logKeyFile,
  secretKeyFile,
  startPostgres,
} from '../../scripts/local-services.mjs';

const quoted = (name) => pg.escapeIdentifier(name);

/** What the shell says of another service is not for this one. */
const OF_ANOTHER_SERVICE =
  /^(OUTTURN_.*|LOG_.*|(MIGRATION_)?DATABASE_URL|REDIS_URL|NODE_ENV|PUBLIC_URL|\w+_SECONDS)$/;

export class Place {
  static async open() {
    for (const name of Object.keys(process.env))
      if (OF_ANOTHER_SERVICE.test(name)) delete process.env[name];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-drill-'));
    fs.chmodSync(folder, 0o755);
    try {
      const server = await startPostgres({
        dir: path.join(folder, 'database'),
        durable: false,
        database: 'played',
        settings: { autovacuum: 'off' },
      });
      return new Place(folder, server);
    } catch (error) {
      fs.rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  constructor(folder, server) {
    this.folder = folder;
    this.server = server;
    this.logKeyFile = logKeyFile(folder);
    this.logOrigin = LOCAL_LOG_ORIGIN;
    this.secretKeyFile = secretKeyFile(folder);
  }

  file(name) {
    return path.join(this.folder, name);
  }

  ownerUrl(database) {
    return urlOf(this.server.url, database);
  }

  /** The service of this process works on that database from now on. */
  use(database) {
    Object.assign(process.env, {
      DATABASE_URL: urlOf(this.server.serviceUrl, database),
      OUTTURN_SECRET_KEY_FILE: this.secretKeyFile,
      LOG_SIGNING_KEY_FILE: this.logKeyFile,
      LOG_ORIGIN: this.logOrigin,
      LOG_LEVEL: 'silent',
    });
  }

  /** Nobody may be at work on the original. */
  async copy(original, copy) {
    await this.asAdmin(`create database ${quoted(copy)} template ${quoted(original)}`);
  }

  async drop(database) {
    await this.asAdmin(`drop database if exists ${quoted(database)} with (force)`);
  }

  async asAdmin(sql) {
    const client = await connected(this.server.admin);
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /** One transaction as the superuser with triggers off, so that neither append-only tables nor foreign keys say no. */
  async asSuperuser(database, work) {
    const client = await connected(this.ownerUrl(database));
    try {
      await client.query('begin; set local session_replication_role = replica');
      const rows = async (sql, values) => (await client.query(sql, values)).rows;
      await work(rows);
      await client.query('commit');
    } finally {
      await client.end(); // which undoes what was not committed
    }
  }

  async close() {
    await this.server.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

async function connected(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

function urlOf(url, database) {
  const changed = new URL(url);
  changed.pathname = database;
  return changed.href;
}
