// A backup holds the keys of people who were erased after it was made. What is outside the database must bring the
// erasure back before anybody can read them again.
import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  mkdirSync,
  appendFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Type } from '@nestjs/common';
import { runCli } from '../../../src/cli/run.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { RetentionService } from '../../../src/privacy/retention.service.js';
import { ServiceModule } from '../../../src/service.module.js';
import { WorkerModule } from '../../../src/worker.module.js';
import { dumpOfDatabase } from '../../support/dump.js';
import { aContract, startTestApp, type TestApp, type TestContract } from '../../support/harness.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';
import { TestPerson } from '../../support/person.js';

const privacy = { identifiers: ['name'], retentionMonths: 12, matchTokens: false };

interface KeyRow {
  readonly participant_id: string;
  readonly purpose: string;
  readonly wrapped: Buffer;
}

const folder = mkdtempSync(join(tmpdir(), 'outturn-erasures-'));
const file = join(folder, 'kept apart', 'erasures');
const receipts = () =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
const receipt = (reference: string, what: string) =>
  `{"contract":"restored","reference":"${reference}","what":"${what}"}`;

let service: TestApp;
let contract: TestContract;
let backup: KeyRow[];
const at = (reference: string, path: string) => `${contract.path}/participants/${reference}${path}`;
const started: NestFastifyApplication[] = [];

/** A process of the service that is started anew; it has begun to serve. */
async function start(root: Type): Promise<NestFastifyApplication> {
  const app = await createHttpServer(root, new StructuredLogger(createPino('silent')));
  started.push(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
const officerOf = (app: NestFastifyApplication) => new TestPerson(app, contract.officer);

/** Puts back what a backup from before every erasure holds: the keys, and no erasure. */
const restore = () =>
  asOwner(async (tx) => {
    await tx.query('alter table participant_erasure disable trigger user');
    await tx.query('delete from participant_erasure');
    await tx.query('alter table participant_erasure enable trigger user');
    for (const { participant_id, purpose, wrapped } of backup)
      await tx.query(
        `insert into participant_key (participant_id, purpose, wrapped) values ($1, $2, $3) on conflict do nothing`,
        [participant_id, purpose, wrapped],
      );
  });

beforeAll(async () => {
  process.env['ERASURES_FILE'] = file;
  service = await startTestApp();
  service.travelTo('2016-06-01T12:00:00Z');
  contract = await aContract()
    .withTerms({ code: 'restored', privacy })
    .withParticipants(
      ...['P-1', 'P-2', 'P-3'].map((reference) => ({ reference, startedOn: '2015-06-02' })),
    )
    .in(service);
  for (const reference of ['P-1', 'P-2', 'P-3']) {
    await contract.officer.post(at(reference, '/identity'), { name: `Zoë Quill ${reference}` });
    const note = `quilltext of ${reference}`;
    const score = { metric: 'ucla', timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 };
    await contract.officer.post(at(reference, '/measurements'), { ...score, note }).expect(201);
  }
  backup = await rowsOfOwner<KeyRow>(
    'select participant_id, purpose, wrapped from participant_key',
  );
}, 60_000);
afterAll(async () => {
  for (const app of started) await app.close();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const shown = async (officer: TestPerson, reference: string) => [
  (await officer.get(at(reference, '/identity')).expect(200)).body.identifiers,
  (await officer.get(at(reference, '/measurements')).expect(200)).body.measurements[0].note,
];
const ERASED = [{}, '[erased]'];

describe('an erasure', () => {
  it('is written down outside the database before it is answered, by contract and pseudonym alone', async () => {
    await contract.officer.post(at('P-1', '/erasure')).expect(201);
    expect(receipts()).toEqual([receipt('P-1', 'record'), receipt('P-1', 'identity')]);
  });

  it('that cannot be written down is not answered for until it is', async () => {
    renameSync(file, `${file}.away`);
    mkdirSync(file);
    const key = { idempotencyKey: 'erase-P-2' };
    const refused = await contract.officer.post(at('P-2', '/erasure'), {}, key);
    expect([refused.status, refused.body.code]).toEqual([503, 'ERASURE_NOT_NOTED']);
    expect(refused.text).not.toContain(folder);
    rmdirSync(file);
    renameSync(`${file}.away`, file);
    await contract.officer.post(at('P-2', '/erasure'), {}, key).expect(200);
    expect(receipts().slice(2)).toEqual([receipt('P-2', 'record'), receipt('P-2', 'identity')]);
  });

  it('of identifiers whose period is over is written down too', async () => {
    service.travelTo('2030-01-01T12:00:00Z');
    await service.get(RetentionService).sweep();
    service.travelTo('2016-06-01T12:00:00Z');
    expect(receipts().slice(4)).toEqual([receipt('P-3', 'identity')]);
  });
});

describe('a backup from before', () => {
  it('would bring everybody back, if nothing were done', async () => {
    await restore();
    expect(await shown(contract.officer, 'P-1')).toEqual([
      { name: 'Zoë Quill P-1' },
      'quilltext of P-1',
    ]);
  });

  it.each([
    ['the service', ServiceModule],
    ['a worker', WorkerModule],
  ] as const)('has them erased again before %s does anything', async (_, root) => {
    await restore();
    await start(root);
    expect(await shown(contract.officer, 'P-1')).toEqual(ERASED);
    expect(await shown(contract.officer, 'P-2')).toEqual(ERASED);
    expect(await shown(contract.officer, 'P-3')).toEqual([{}, 'quilltext of P-3']);
    const keys = (await dumpOfDatabase()).match(/^public\.participant_key\t.*$/gm);
    expect(keys).toHaveLength(1); // of the record of P-3
  });

  it('leaves its erasures in the audit trail, which holds', async () => {
    const officer = officerOf(await start(ServiceModule));
    const entries = await contract.provider.all<{ type: string; body: string }>(
      `${contract.path}/audit`,
    );
    const again = entries.filter(({ type }) => type === 'participant.erased-again');
    expect(again).toHaveLength(2 * 5); // five erasures, once for each process above, and none now
    expect(again[0]!.body).toContain('"payload":{"erased":["identity"],"reference":"P-1"}');
    const verified = await contract.provider.get(`${contract.path}/audit/verification`).expect(200);
    expect(verified.body.verified).toBe(true);
    expect(await shown(officer, 'P-1')).toEqual(ERASED);
  });

  /** A command of the provider's officer, with its status and all that it said. */
  const command = async (args: string): Promise<[number, string]> => {
    let out = '';
    const terminal: Terminal = {
      environment: { ...process.env, OUTTURN_API_KEY: contract.officer.key! },
      out: (text) => void (out += text),
      err: (text) => void (out += text),
      progress: () => ({ update: () => undefined, stop: () => undefined }),
    };
    return [await runCli(args.split(' '), terminal), out];
  };

  it('has them erased before the command line shows anything, if it is the first', async () => {
    await restore();
    const [status, shown] = await command('privacy export P-1 --contract restored');
    expect([status, shown]).toEqual([0, expect.stringContaining('P-1')]);
    expect(shown).not.toMatch(/Zoë|quilltext/);
    expect(await command('privacy replay-erasures')).toEqual([
      0,
      'The database has forgotten no erasure.\n',
    ]);
  });

  it('is answered for on the command line as well', async () => {
    const replayed = () => command('privacy replay-erasures');
    await restore();
    expect(await replayed()).toEqual([
      0,
      'Made 5 erasures again that the database had forgotten.\n',
    ]);
    expect(await replayed()).toEqual([0, 'The database has forgotten no erasure.\n']);
  });
});

describe('the file of receipts', () => {
  it('is given what it lacks, as after it was lost', async () => {
    rmSync(file);
    await start(ServiceModule);
    expect(receipts().sort()).toEqual(
      [
        receipt('P-1', 'identity'),
        receipt('P-1', 'record'),
        receipt('P-2', 'identity'),
        receipt('P-2', 'record'),
        receipt('P-3', 'identity'),
      ].sort(),
    );
  });

  it('may name somebody who is not in the database, and may have been cut off', async () => {
    appendFileSync(file, `\n${receipt('P-99', 'record')}\n{"contract":"restored","refer`);
    await start(ServiceModule);
    await contract.officer.post(at('P-3', '/erasure')).expect(201);
    expect(receipts().at(-1)).toBe(receipt('P-3', 'record'));
    await restore();
    await start(ServiceModule);
    expect(await shown(contract.officer, 'P-3')).toEqual(ERASED);
  });

  it('that holds anything else keeps the service from starting, and says where', async () => {
    appendFileSync(file, '\n{"contract":"restored","reference":"P-1","what":"everything"}\n');
    const line = readFileSync(file, 'utf8').split('\n').length - 1;
    const unread = {
      code: 'RECEIPTS_UNREADABLE',
      message: expect.stringContaining(`Line ${line} `),
    };
    await expect(start(ServiceModule)).rejects.toMatchObject(unread);
    await expect(start(WorkerModule)).rejects.toMatchObject(unread);
  });
});
