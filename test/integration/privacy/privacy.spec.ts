import { randomBytes } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { Client } from 'pg';
import { ParticipantKeysRepository } from '../../../src/cohorts/keys/participant-keys.repository.js';
import { ParticipantKeys } from '../../../src/cohorts/keys/participant-keys.service.js';
import { SERVICE, type Acting } from '../../../src/platform/auth/acting.js';
import { SecretKeys } from '../../../src/platform/config/secret-keys.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { SecretBox } from '../../../src/platform/secrets/secret-box.js';
import { RetentionService } from '../../../src/privacy/retention.service.js';
import { dumpOfDatabase } from '../../support/dump.js';
import {
  aContract,
  compute,
  startTestApp,
  startTestWorker,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';

const ZOE = { name: 'Zoë Quill', dateOfBirth: '1948-02-29', postcode: 'WR5 3DA' };
const privacy = {
  identifiers: ['name', 'dateOfBirth', 'postcode', 'nhsNumber'],
  retentionMonths: 12,
  matchTokens: true,
};

describe('the privacy of participants', () => {
  let service: TestApp;
  let worker: INestApplication;
  let client: Client;
  let contract: TestContract;
  let other: TestContract;
  let officer: Acting;
  const of = (reference: string, path: string, its = contract) =>
    `${its.path}/participants/${reference}${path}`;

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    service.travelTo('2016-06-01T12:00:00Z');
    client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await client.connect();
    const people = ['P-1', 'P-2', 'P-3', 'P-4'].map((reference) => ({
      reference,
      startedOn: '2015-06-02',
    }));
    const scores = people.flatMap(({ reference }) => [
      { reference, timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 },
      { reference, timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
    ]);
    const such = aContract()
      .withParticipants(...people)
      .withScores(...scores);
    contract = await such.withTerms({ code: 'first', privacy }).in(service);
    other = await such.withTerms({ code: 'second', privacy }).in(service);
    const { id: personId } = (await contract.officer.get('/v1/me')).body as { id: string };
    officer = { personId, name: 'x', isAdministrator: false, via: 'api' };
  });
  afterAll(async () => {
    await client.end();
    await worker.close();
    await service.stop();
  });

  const sweep = async (today: string) => {
    service.travelTo(`${today}T12:00:00Z`);
    const swept = await service.get(RetentionService).sweep();
    service.travelTo('2016-06-01T12:00:00Z');
    return swept;
  };
  const auditTypes = async (its: TestContract) =>
    (await its.provider.all<{ type: string }>(`${its.path}/audit`)).map(({ type }) => type);

  describe('identifiers', () => {
    it('are read by the provider alone, and every reading is an audit entry', async () => {
      const recorded = await contract.officer.post(of('P-1', '/identity'), ZOE);
      expect(recorded).toMatchObject({
        status: 201,
        body: { reference: 'P-1', held: ['name', 'dateOfBirth', 'postcode'] },
      });
      const before = (await auditTypes(contract)).length;
      for (const reader of [contract.officer, contract.provider])
        expect((await reader.get(of('P-1', '/identity'))).body.identifiers).toEqual(ZOE);
      expect((await auditTypes(contract)).slice(before)).toEqual([
        'identifiers.read',
        'identifiers.read',
      ]);
      for (const reader of [contract.commissioner, contract.verifier, contract.investor])
        expect((await reader.get(of('P-1', '/identity'))).status).toBe(403);
      expect((await service.administrator.get(of('P-1', '/identity'))).status).toBe(403);
      expect((await other.officer.get(of('P-1', '/identity'))).status).toBe(404);
    });

    it('are changed and taken back, and said again without their content', async () => {
      const change = { name: 'Zoe Quill', nhsNumber: null, postcode: null };
      const key = { idempotencyKey: 'one-change' };
      const first = await contract.officer.post(of('P-1', '/identity'), change, key);
      expect(first.body.held).toEqual(['name', 'dateOfBirth']);
      const again = await contract.officer.post(of('P-1', '/identity'), change, key);
      expect(again).toMatchObject({ status: 200, body: first.body });
      const otherwise = { ...change, name: 'Zoe' };
      const reused = await contract.officer.post(of('P-1', '/identity'), otherwise, key);
      expect(reused.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
      await contract.officer.post(of('P-1', '/identity'), ZOE).expect(201);
    });

    it('are refused where the terms allow none, or not these', async () => {
      const plain = await aContract()
        .withTerms({ code: 'plain' })
        .withParticipants({ reference: 'P-1', startedOn: '2015-06-02' })
        .in(service);
      const none = await plain.officer.post(of('P-1', '/identity', plain), { name: 'Zoë' });
      expect(none.body).toMatchObject({
        code: 'IDENTIFIERS_REFUSED',
        faults: [{ at: '/name', code: 'IDENTIFIER_NOT_ALLOWED' }],
      });
      const email = await contract.officer.post(of('P-1', '/identity'), { email: 'z@quill.org' });
      expect(email.body.faults).toMatchObject([{ code: 'IDENTIFIER_NOT_ALLOWED' }]);
    });
  });

  describe('the same person on two contracts', () => {
    const linesOf = async (its: TestContract) => {
      const { items } = (await its.commissioner.get(`${its.path}/computations`)).body;
      const { id } = items.find((one: { period: { id: string } }) => one.period.id === '2015-Q4');
      return its.commissioner.all<Record<string, unknown>>(`/v1/computations/${id}/lines`);
    };
    const flags = (lines: readonly Record<string, unknown>[]) =>
      lines.map((line) => [line['participant'], line['elsewhere']]);

    it('is flagged on both, with the outcome, and not where else', async () => {
      const elsewhere = { ...ZOE, name: 'ZOE QUILL', postcode: 'wr53da' };
      await other.officer.post(of('P-2', '/identity', other), elsewhere).expect(201);
      for (const period of ['2015-Q2', '2015-Q3', '2015-Q4'])
        await compute(contract.provider, contract.path, period);
      expect(flags(await linesOf(contract))).toEqual([
        ['P-1', 'same-person'],
        ['P-2', null],
        ['P-3', null],
        ['P-4', null],
      ]);
      for (const period of ['2015-Q2', '2015-Q3', '2015-Q4'])
        await compute(other.provider, other.path, period);
      const [first, second] = [await linesOf(contract), await linesOf(other)];
      expect(flags(first)[0]).toEqual(['P-1', 'same-outcome']);
      expect(flags(second)).toContainEqual(['P-2', 'same-outcome']);
      expect(JSON.stringify(first)).not.toMatch(/second|P-2.*same/);
      const explained = await contract.commissioner.get(
        `/v1/lines/${String(first[0]!['reference'])}`,
      );
      expect(explained.body.elsewhere).toBe('same-outcome');
    });

    it('is flagged in the claim too', async () => {
      const { items } = (await contract.provider.get(`${contract.path}/computations`)).body;
      const last = items.find((one: { period: { id: string } }) => one.period.id === '2015-Q4');
      await contract.provider
        .post(`${contract.path}/claims`, { computation: last.number })
        .expect(201);
      const lines = await contract.commissioner.all<Record<string, unknown>>(
        `${contract.path}/claims/1/lines`,
      );
      expect(flags(lines)[0]).toEqual(['P-1', 'same-outcome']);
    });

    it('is no longer flagged once they withdraw consent to matching', async () => {
      const withdrawn = { scope: 'matching', act: 'withdrawn', on: '2016-05-01' };
      await other.officer.post(of('P-2', '/consents', other), withdrawn).expect(201);
      expect(flags(await linesOf(contract))[0]).toEqual(['P-1', null]);
      await other.officer.post(of('P-2', '/identity', other), { name: 'Zoë Quill' }).expect(201);
      expect(flags(await linesOf(other)).map(([, flag]) => flag)).toEqual([null, null, null, null]);
    });
  });

  describe('consent', () => {
    const say = (scope: string, act: string, on: string, reference = 'P-2') =>
      contract.officer.post(of(reference, '/consents'), { scope, act, on });
    const score = (measuredOn: string, reason: string) => ({
      measuredOn,
      score: 5,
      reason,
    });

    it('is recorded as dated facts, each once, and never ahead of its day', async () => {
      expect((await say('evaluation', 'given', '2015-06-02')).status).toBe(201);
      const refused = [
        await say('evaluation', 'given', '2015-07-01'),
        await say('evaluation', 'withdrawn', '2016-06-02'),
        await say('evaluation', 'withdrawn', '2016-02-30'),
      ];
      expect(refused.map(({ body }) => body.faults?.[0]?.code)).toEqual([
        'CONSENT_STANDS_ALREADY',
        'DATE_IN_FUTURE',
        'NOT_A_DATE',
      ]);
      expect((await say('shoes', 'given', '2016-01-01')).status).toBe(400);
      expect((await contract.verifier.get(of('P-2', '/consents'))).body.items).toEqual([
        { scope: 'evaluation', act: 'given', on: '2015-06-02' },
      ]);
      expect(
        (
          await contract.commissioner.post(of('P-2', '/consents'), {
            scope: 'service',
            act: 'withdrawn',
            on: '2016-01-01',
          })
        ).status,
      ).toBe(403);
    });

    it('withdrawn refuses scores from that day on, by form and by file; what was before stays', async () => {
      await say('evaluation', 'withdrawn', '2015-12-12').expect(201);
      const path = of('P-2', '/measurements/ucla/6m/corrections');
      expect((await contract.officer.post(path, score('2015-12-12', 'a'))).body.faults).toEqual([
        expect.objectContaining({ code: 'CONSENT_WITHDRAWN' }),
      ]);
      const file = (day: string) =>
        `reference,metric,time_point,measured_on,score,correction_reason\nP-2,ucla,6m,${day},5,late`;
      const upload = (day: string) =>
        contract.officer.upload(`${contract.path}/imports/measurements`, file(day));
      expect((await upload('2015-12-13')).body.faults).toMatchObject([
        { row: 2, column: 'measured_on', code: 'CONSENT_WITHDRAWN' },
      ]);
      expect((await upload('2015-12-11')).status).toBe(201);
      const { measurements } = (await contract.verifier.get(of('P-2', '/measurements'))).body;
      expect(measurements).toHaveLength(3);
      await say('evaluation', 'given', '2016-01-01').expect(201);
      expect((await upload('2015-12-14')).status).toBe(201);
    });

    it('to sharing withdrawn hides the record from everybody but the provider', async () => {
      await say('sharing', 'withdrawn', '2016-05-01', 'P-3').expect(201);
      const pages = ['', '/measurements', '/questionnaire-responses'].map((path) =>
        of('P-3', path),
      );
      for (const page of pages) {
        expect((await contract.commissioner.get(page)).body.code).toBe('SHARING_WITHDRAWN');
        expect((await contract.officer.get(page)).status).toBe(200);
      }
    });
  });

  describe('retention', () => {
    it('erases identifiers once their period is over, once, and leaves everything else', async () => {
      await contract.officer
        .post(of('P-4', '/identity'), { nhsNumber: '943 476 5919' })
        .expect(201);
      await contract.officer
        .post(of('P-4', '/corrections'), {
          exitedOn: '2016-02-29',
          exitReason: 'moved away',
          reason: 'left',
        })
        .expect(201);
      expect(await sweep('2017-02-27')).toMatchObject({ erased: 0 });
      expect((await contract.officer.get(of('P-4', '/identity'))).body.identifiers).toEqual({
        nhsNumber: '9434765919',
      });
      expect(await sweep('2017-02-28')).toMatchObject({ erased: 1 });
      expect(await sweep('2017-02-28')).toMatchObject({ erased: 0 });
      expect((await contract.officer.get(of('P-4', '/identity'))).body.identifiers).toEqual({});
      expect((await contract.officer.get(of('P-4', ''))).body.exitReason).toBe('moved away');
      const again = await contract.officer.post(of('P-4', '/identity'), ZOE);
      expect(again.body.code).toBe('IDENTIFIERS_ERASED');
      expect(await auditTypes(contract)).toContain('identifiers.erased');
    });

    it('counts from the end of the contract for whoever never left', async () => {
      expect(await sweep('2018-12-31')).toMatchObject({ erased: 0 });
      expect(await sweep('2019-01-01')).toMatchObject({ held: 2, erased: 2 });
    });
  });

  describe('the keys', () => {
    it('are wrapped anew under a new key of the service, and open the same', async () => {
      const old = Buffer.from(process.env['OUTTURN_SECRET_KEY']!, 'base64');
      const next = randomBytes(32);
      const keysWith = (...keys: Buffer[]) =>
        new ParticipantKeys(
          service.get(ParticipantKeysRepository),
          new SecretBox({ secretKeys: new SecretKeys(keys) }),
        );
      const run = service.get(TransactionRunner);
      const { rows } = await client.query<{ id: string; contract_id: string }>(
        `select p.id, p.contract_id from participant p join contract c on c.id = p.contract_id
          where c.code = 'first' and p.reference = 'P-4'`,
      );
      const owner = { id: rows[0]!.id, contractId: rows[0]!.contract_id, reference: 'P-4' };
      const rewrapped = (keys: ParticipantKeys) =>
        run.run(SERVICE.rewrapper, (tx) => keys.rewrap(tx));
      const sealed = (
        await client.query<{ exit_reason: string }>(
          'select exit_reason from enrolment where participant_id = $1 and exit_reason is not null',
          [owner.id],
        )
      ).rows[0]!.exit_reason;
      const opened = (keys: ParticipantKeys) =>
        run.readOnly(officer, async (tx) =>
          (await keys.find(tx, owner))!.open('exit-reason', sealed),
        );
      await expect(opened(keysWith(next))).rejects.toMatchObject({ code: 'SECRET_NOT_OPENED' });
      expect(await rewrapped(keysWith(next, old))).toBeGreaterThan(0);
      expect(await rewrapped(keysWith(next, old))).toBe(0);
      expect(await opened(keysWith(next))).toBe('moved away');
      expect(await rewrapped(keysWith(old, next))).toBeGreaterThan(0);

      const elsewhere = { ...owner, reference: 'P-3' };
      const moved = run.readOnly(officer, (tx) => keysWith(old).find(tx, elsewhere));
      await expect(moved).rejects.toMatchObject({ code: 'SECRET_NOT_OPENED' });
      await expect(
        run.readOnly(officer, async (tx) =>
          (await keysWith(old).find(tx, owner))!.open('note', sealed),
        ),
      ).rejects.toThrow();
    });

    it('cannot be made without a key of the service, and the refusal says what to set', async () => {
      const keys = new ParticipantKeys(
        service.get(ParticipantKeysRepository),
        new SecretBox({ secretKeys: new SecretKeys([]) }),
      );
      const { rows } = await client.query<{ id: string; contract_id: string }>(
        "select id, contract_id from participant where reference = 'P-3' order by id limit 1",
      );
      const owner = { id: rows[0]!.id, contractId: rows[0]!.contract_id, reference: 'P-3' };
      await expect(
        service.get(TransactionRunner).run(officer, (tx) => keys.ensure(tx, owner, 'identity')),
      ).rejects.toMatchObject({
        code: 'SECRET_KEY_MISSING',
        message: expect.stringContaining('OUTTURN_SECRET_KEY'),
      });
    });
  });

  describe('the tables', () => {
    it('take no plain text and no change, but what an erasure overwrites of earlier days', async () => {
      const plain = `insert into measurement (participant_id, recorded_seq, version, measured_on, metric, occurrence, status, note)
        select id, 1, 1, '2015-07-01', 'earlier', 'E-1', 'recorded', 'written in plain words'
          from participant where reference = 'P-3' and contract_id = (select id from contract where code = 'first')`;
      await expect(client.query(plain)).rejects.toThrow('measurement_words_sealed');
      const [{ sealed }] = (
        await client.query<{ sealed: string }>(
          `select pg_get_expr(conbin, conrelid) as sealed from pg_constraint
            where conname = 'measurement_words_sealed' and conrelid = 'measurement'::regclass`,
        )
      ).rows as [{ sealed: string }];
      await client.query('alter table measurement drop constraint measurement_words_sealed');
      await client.query(plain);
      await client.query(
        `alter table measurement add constraint measurement_words_sealed check (${sealed}) not valid`,
      );
      expect(await dumpOfDatabase()).toContain('written in plain words');
      const overwrite =
        "update measurement_recorded set note = 'sealed:erased' where metric = 'earlier'";
      await expect(client.query(overwrite)).rejects.toThrow('append-only');
      await contract.officer.post(of('P-3', '/erasure')).expect(201);
      expect(await dumpOfDatabase()).not.toContain('written in plain words');
      const { measurements } = (await contract.officer.get(of('P-3', '/measurements'))).body;
      expect(measurements.map((one: { note: string | null }) => one.note)).toContain('[erased]');

      for (const change of [
        "update measurement set note = 'sealed:erased' where metric = 'earlier'",
        "update measurement_recorded set value = 9 where metric = 'ucla'",
        "update measurement_recorded set note = 'sealed:1:x' where metric = 'earlier'",
        "update enrolment set exit_reason = 'sealed:erased'",
        'delete from measurement',
        'delete from measurement_recorded',
        'delete from participant_identifier',
        "update participant_consent set act = 'given'",
        'delete from participant_erasure',
      ])
        await expect(client.query(change)).rejects.toThrow('append-only');
      await expect(
        client.query(
          `insert into participant_key (participant_id, purpose, wrapped)
           select participant_id, what, 'x' from participant_erasure limit 1`,
        ),
      ).rejects.toThrow('gets no new key');
    });
  });
});
