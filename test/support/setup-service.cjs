// Before each test file: a fresh copy of the migrated database, because what the service records can be neither deleted
// nor truncated, and a Redis database of this worker, emptied, if the queue is Redis.
require('reflect-metadata');
const { randomBytes } = require('node:crypto');
const { Client } = require('pg');

const worker = Number(process.env.JEST_WORKER_ID ?? 1);

module.exports = async () => {
  const database = `outturn_test_${worker}`;
  const admin = new Client({ connectionString: process.env.TEST_ADMIN_URL });
  await admin.connect();
  await admin.query(`drop database if exists ${database} with (force)`);
  await admin.query(`create database ${database} template outturn_template`);
  await admin.query(`grant create on database ${database} to outturn_queue`);
  await admin.end();
  const url = new URL(process.env.TEST_ADMIN_URL);
  url.pathname = database;
  process.env.NODE_ENV = 'test';
  process.env.LOG_LEVEL ??= 'silent';
  process.env.MIGRATION_DATABASE_URL = url.href; // the owner's: for tests that tamper, or look behind the service
  url.username = 'outturn_service_test';
  url.password = process.env.TEST_SERVICE_PASSWORD;
  process.env.DATABASE_URL = url.href;
  process.env.RELAY_SECONDS ??= '0.02';
  process.env.SWEEP_SECONDS ??= '0.25';
  process.env.SHUTDOWN_SECONDS ??= '5';
  process.env.OUTTURN_SECRET_KEY ??= randomBytes(32).toString('base64');
  process.env.OUTTURN_MATCH_KEY ??= randomBytes(32).toString('base64');
  process.env.LOG_SIGNING_KEY_FILE ??= process.env.TEST_LOG_KEY_FILE;
  process.env.LOG_ORIGIN ??= 'test.example/outturn';
  process.env.LOG_SEAL_SECONDS ??= '0.1';
  process.env.PUBLIC_URL ??= 'http://localhost:3000';
  process.env.PROVIDER_HOSTS_INSIDE ??= 'localhost'; // where the tests' own providers are
  process.env.PROVIDER_HOSTS ??= 'login.council.example';
  process.env.CALLS_PER_MINUTE ??= '10000000';
  delete process.env.REDIS_URL;
  if (process.env.TEST_QUEUE === 'redis') await useRedis();
};

async function useRedis() {
  const { Redis } = require('ioredis');
  process.env.REDIS_URL = `${process.env.TEST_REDIS_URL.replace(/\/\d*$/, '')}/${worker}`;
  const redis = new Redis(process.env.REDIS_URL);
  await redis.flushdb();
  redis.disconnect();
}
