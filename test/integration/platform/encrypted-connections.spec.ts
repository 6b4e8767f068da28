// Servers of this file's own: one that speaks PostgreSQL's first words and then TLS, one that has no TLS, and one of Redis.
import { readFileSync } from 'node:fs';
import net, { type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import pg from 'pg';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { asUnavailable } from '../../../src/platform/database/availability.js';
import { openRedis } from '../../../src/platform/queue/redis-client.js';

const folder = path.resolve(__dirname, '../../support/tls');
const authority = path.join(folder, 'localhost.crt');
const identity = {
  cert: readFileSync(authority),
  key: readFileSync(path.join(folder, 'localhost.key')),
};
/** What a client of PostgreSQL asks before anything else: whether TLS is spoken here. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

let server: net.Server;
let port: number;
let accept: (socket: Socket) => void;
/** All that was told to the server after its greeting: within TLS where there is one. */
let told: Buffer[];
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    accept(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  told = [];
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(resolve));
});

/** Listens within TLS, and ends the connection with the first words. */
function listenWithin(socket: Socket): void {
  const within = new tls.TLSSocket(socket, { isServer: true, ...identity });
  within
    .on('error', () => undefined)
    .on('data', (words) => {
      told.push(words);
      within.destroy();
    });
}
const postgres = (answer: 'S' | 'N') => (socket: Socket) =>
  socket.once('data', (words) => {
    expect(words).toEqual(SSL_REQUEST);
    socket.write(answer);
    if (answer === 'S') listenWithin(socket);
    else socket.on('data', (more) => told.push(more));
  });

const url = (query: string, host = 'localhost') =>
  `postgres://app:a-password-to-keep@${host}:${port}/outturn?${query}`;
const failureOf = (attempt: Promise<unknown>): Promise<Error & { code?: string }> =>
  attempt.then(
    () => {
      throw new Error('it connected');
    },
    (error: Error) => error,
  );
/** As the service, its check at start and its queue connect. */
const CLIENTS: readonly (readonly [string, (address: string) => Promise<unknown>])[] = [
  ['the service', (address) => createDataSource(address).initialize()],
  [
    'the check at start',
    (connectionString) =>
      new pg.Client({ connectionString }).on('error', () => undefined).connect(),
  ],
  ['the queue', (connectionString) => new pg.Pool({ connectionString, max: 1 }).connect()],
];

describe.each(CLIENTS)('PostgreSQL, as %s connects with verify-full', (_, connect) => {
  it('is told nothing when nobody vouches for its certificate', async () => {
    accept = postgres('S');
    const failure = await failureOf(connect(url('sslmode=verify-full')));
    expect(failure.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(asUnavailable(failure)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(told).toEqual([]);
  });

  it('is told nothing when its certificate is another host’s', async () => {
    accept = postgres('S');
    const address = url(`sslmode=verify-full&sslrootcert=${authority}`, '127.0.0.1');
    const failure = await failureOf(connect(address));
    expect(failure.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(asUnavailable(failure)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(told).toEqual([]);
  });

  it('is told nothing when it has no TLS', async () => {
    accept = postgres('N');
    const failure = await failureOf(connect(url('sslmode=verify-full')));
    expect(failure.message).toContain('does not support SSL');
    expect(asUnavailable(failure)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(told).toEqual([]);
  });

  it('is spoken to within TLS when its authority is named', async () => {
    accept = postgres('S');
    await failureOf(connect(url(`sslmode=verify-full&sslrootcert=${authority}`)));
    expect(Buffer.concat(told).toString('latin1')).toContain('outturn');
  });
});

describe('Redis by rediss://', () => {
  it('is told nothing when nobody vouches for its certificate', async () => {
    accept = listenWithin;
    const redis = openRedis(`rediss://:a-password-to-keep@localhost:${port}`);
    const failures: string[] = [];
    const failed = new Promise<void>((resolve) =>
      redis.on('error', (error: Error & { code?: string }) => {
        failures.push(error.code ?? error.message);
        resolve();
      }),
    );
    await failed;
    redis.disconnect();
    expect(failures[0]).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(told).toEqual([]);
  });
});
