import { createHash } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { openText } from '../../src/cohorts/keys/personal-key.js';
import { createPino, StructuredLogger } from '../../src/platform/logging/logger.js';
import { dumpOfDatabase, dumpOfRedis } from '../support/dump.js';
import {
  aContract,
  compute,
  startTestApp,
  startTestWorker,
  type TestApp,
  type TestContract,
} from '../support/harness.js';

/** One text for each place where something about a person can be written, found nowhere else in the service. */
const WHO = {
  name: 'Zelda Quillfeather',
  dateOfBirth: '1931-07-19',
  postcode: 'WR5 9QZ',
  nhsNumber: '9434765919',
  phone: '01905777111',
  email: 'zelda.quill@canary.example',
};
const SAID = {
  exit: 'canaryexit moved to her sister',
  exception: 'canaryexception is her carer',
  enrolmentCorrection: 'canaryenrolled wrong Zelda',
  note: 'canarynote Zelda was tired',
  scoreCorrection: 'canarymistyped by Zelda',
  fileNote: 'canaryfilenote with Zelda',
  fileCorrection: 'canaryfilecorrection of Zelda',
  fileExit: 'canaryfileexit of Zelda',
  fileEnrolmentCorrection: 'canaryfileenrolment of Zelda',
};
const TRACES = [
  ...Object.values(WHO),
  'Quillfeather',
  'WR59QZ',
  'zelda',
  ...Object.values(SAID).map((text) => text.split(' ')[0]!),
];

/** The canaries in a text, also where it was encoded as base64 or hexadecimal. */
function tracesIn(text: string): string[] {
  const lower = text.toLowerCase();
  return TRACES.filter((trace) => {
    const bytes = Buffer.from(trace, 'utf8');
    return (
      lower.includes(trace.toLowerCase()) ||
      lower.includes(bytes.toString('hex')) ||
      text.includes(bytes.toString('base64').replace(/=+$/, '').slice(0, -1))
    );
  });
}

describe('what is written about a person', () => {
  const log: string[] = [];
  const urls: string[] = [];
  let service: TestApp;
  let worker: INestApplication;
  let contract: TestContract;
  let before: { digests: unknown; total: unknown };
  const at = (path: string) => `${contract.path}/participants/P-1${path}`;

  beforeAll(async () => {
    const logger = new StructuredLogger(createPino('trace', { write: (line) => log.push(line) }));
    service = await startTestApp(logger);
    worker = await startTestWorker(logger);
    service.travelTo('2016-06-01T12:00:00Z');
    contract = await aContract()
      .withTerms({
        privacy: { identifiers: Object.keys(WHO), retentionMonths: 24, matchTokens: true },
      })
      .withParticipants(
        { reference: 'P-1', startedOn: '2015-06-02' },
        { reference: 'P-2', startedOn: '2015-06-02' },
      )
      .in(service);
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  it('is recorded through every door', async () => {
    const { officer, commissioner, path } = contract;
    await officer.post(at('/identity'), WHO).expect(201);
    await officer
      .post(at('/measurements'), {
        metric: 'ucla',
        timePoint: 'baseline',
        measuredOn: '2015-06-02',
        score: 9,
        note: SAID.note,
      })
      .expect(201);
    await officer
      .post(at('/measurements/ucla/baseline/corrections'), {
        measuredOn: '2015-06-02',
        score: 8,
        note: SAID.note,
        reason: SAID.scoreCorrection,
      })
      .expect(201);
    const file = [
      'reference,metric,time_point,measured_on,score,note,correction_reason',
      `P-1,ucla,6m,2015-12-10,6,${SAID.fileNote},`,
      `P-1,ucla,baseline,2015-06-03,8,,${SAID.fileCorrection}`,
    ].join('\n');
    await officer.upload(`${path}/imports/measurements`, file).expect(201);
    await officer
      .post(at('/corrections'), {
        exitedOn: '2016-04-01',
        exitReason: SAID.exit,
        reason: SAID.enrolmentCorrection,
      })
      .expect(201);
    const roster = [
      'reference,cohort,started_on,exited_on,exit_reason,age,correction_reason',
      `P-1,all,2015-06-02,2016-04-02,${SAID.fileExit},70,${SAID.fileEnrolmentCorrection}`,
    ].join('\n');
    await officer.upload(`${path}/imports/participants`, roster).expect(201);
    await commissioner
      .post(`${path}/exceptions`, {
        reference: 'P-3',
        cohort: 'all',
        startedOn: '2015-06-02',
        attributes: { age: 40 },
        exceptionReason: SAID.exception,
      })
      .expect(201);
    await officer.post(at('/consents'), {
      scope: 'evaluation',
      act: 'given',
      on: '2015-06-02',
    });
    for (const period of ['2015-Q2', '2015-Q3', '2015-Q4'])
      expect(await compute(contract.provider, path, period)).toMatchObject({ state: 'computed' });
  });

  it('is read again by the provider, word for word', async () => {
    const { officer } = contract;
    expect((await officer.get(at('/identity')).expect(200)).body.identifiers).toEqual(WHO);
    const { measurements } = (await officer.get(at('/measurements')).expect(200)).body;
    expect(
      measurements.map((m: Record<string, unknown>) => [m['note'], m['correctionReason']]),
    ).toEqual([
      [SAID.fileNote, null],
      [SAID.note, null],
      [SAID.note, SAID.scoreCorrection],
      [null, SAID.fileCorrection],
    ]);
    const { body } = await officer.get(at('')).expect(200);
    expect(body).toMatchObject({
      exitReason: SAID.fileExit,
      correctionReason: SAID.fileEnrolmentCorrection,
    });
    expect(body.versions[1]).toMatchObject({
      exitReason: SAID.exit,
      correctionReason: SAID.enrolmentCorrection,
    });
    const p3 = await officer.get(`${contract.path}/participants/P-3`).expect(200);
    expect(p3.body.exceptionReason).toBe(SAID.exception);
    const listed = await officer.all<Record<string, unknown>>(`${contract.path}/participants`, 2);
    expect(listed.map((one) => one['exitReason'])).toEqual([SAID.fileExit, null, null]);
  });

  it('is in no refusal', async () => {
    const { officer, commissioner, path } = contract;
    const refusals = [
      await officer.post(at('/identity'), {
        ...WHO,
        nhsNumber: '9434765910',
        email: 'zelda quill',
      }),
      await officer.post(at('/identity'), { ...WHO, postcode: 'zelda', shoeSize: 'zelda' }),
      await commissioner.post(at('/identity'), WHO),
      await officer.post(at('/corrections'), { reason: `zelda ${WHO.email}` }),
      await officer.post(at('/corrections'), { startedOn: '2015-06-02', reason: SAID.exit }),
      await officer.post(at('/measurements'), {
        metric: 'ucla',
        timePoint: '6m',
        measuredOn: '2015-12-11',
        score: 6,
        note: SAID.note,
      }),
      await officer.upload(
        `${path}/imports/measurements`,
        `reference,metric,time_point,measured_on,score,note\nP-1,ucla,6m,2015-12-12,6,${WHO.email}`,
      ),
      await officer.upload(
        `${path}/imports/participants`,
        `reference,cohort,started_on,age,correction_reason\n${WHO.name},all,2015-06-02,70,`,
      ),
    ];
    for (const { status, text } of refusals) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(tracesIn(text)).toEqual([]);
    }
  });

  it('is in no view of anybody else, no export, statement, claim, line or audit trail', async () => {
    const { provider, commissioner, topUpFund, verifier, investor, path } = contract;
    const computations = (await provider.get(`${path}/computations`).expect(200)).body.items;
    const last = computations.find(
      (one: { period: { id: string } }) => one.period.id === '2015-Q4',
    );
    await provider.post(`${path}/claims`, { computation: last.number }).expect(201);
    await commissioner.post(`${path}/statements/2015-Q4/issues`, {});
    const pages = [
      path,
      `${path}/computations`,
      `/v1/computations/${last.id}/lines`,
      `${path}/claims`,
      `${path}/claims/1`,
      `${path}/claims/1/lines`,
      `${path}/statements`,
      `${path}/statements/2015-Q4`,
      `${path}/audit`,
      `${path}/audit/verification`,
      at('/identity'),
      at('/subject-access'),
      at('/questionnaire-responses'),
      '/metrics',
      '/health/ready',
    ];
    const answers: string[] = [];
    for (const reader of [provider, commissioner, topUpFund, verifier, investor])
      for (const page of pages) {
        urls.push(page);
        const isOwn = reader === provider && /identity|subject-access/.test(page);
        if (isOwn) continue; // the provider's own people may read these, see above
        for (const accept of ['application/json', 'text/csv'])
          answers.push((await reader.get(page, accept)).text ?? '');
      }
    expect(answers.some((text) => text.includes('1320.00'))).toBe(true);
    expect(answers.flatMap(tracesIn)).toEqual([]);
    for (const page of [at(''), at('/measurements'), `${path}/participants`])
      expect(tracesIn((await investor.get(page)).text)).toEqual([]);
    const lines = (await provider.get(`/v1/computations/${last.id}/lines`)).body.items;
    before = {
      digests: computations.map((one: Record<string, unknown>) => [one['digest'], one['total']]),
      total: lines.map((line: Record<string, unknown>) => line['amount']),
    };
  });

  it('is on its way nowhere, and lies nowhere, but sealed', async () => {
    expect(log.length).toBeGreaterThan(10);
    expect(tracesIn(log.join('\n'))).toEqual([]);
    expect(urls.flatMap(tracesIn)).toEqual([]);
    const dump = await dumpOfDatabase();
    expect(dump).toContain('public.participant_key\t');
    expect(dump).toMatch(/work_outbox\t/);
    expect(tracesIn(dump)).toEqual([]);
    expect(tracesIn(await dumpOfRedis())).toEqual([]);
  });

  it('cannot be found by trying out what it may have been', async () => {
    const dump = await dumpOfDatabase();
    const tried = Array.from({ length: 7 }, (_, index) => index + 3).flatMap((score) =>
      [null, SAID.note].map((note) =>
        createHash('sha256')
          .update(
            `{"items":null,"measuredOn":"2015-06-02","mode":null,"note":${JSON.stringify(note)},"status":"recorded","value":${score}}`,
          )
          .digest('hex'),
      ),
    );
    for (const hash of tried) expect(dump.includes(hash)).toBe(false);
  });

  it('is all given to the person who asks, and each time is recorded', async () => {
    const { officer } = contract;
    const { body, text } = await officer.get(at('/subject-access')).expect(200);
    for (const said of [...Object.values(WHO), SAID.note, SAID.exit, SAID.fileNote])
      expect(text).toContain(said);
    expect(body.measurements).toHaveLength(4);
    expect(body.enrolments).toHaveLength(3);
    expect(body.lines).toMatchObject([{ clause: '4.1', amountMinor: '132000' }]);
    const types = body.auditEntries.map((entry: { type: string }) => entry.type);
    expect(types).toEqual(
      expect.arrayContaining([
        'identifiers.recorded',
        'identifiers.read',
        'measurement.corrected',
        'enrolment.corrected',
        'consent.recorded',
      ]),
    );
    expect(types.at(-1)).toBe('subject-access.exported');
  });

  it('is gone for ever once the person is erased; totals, lines and the audit trail stay', async () => {
    const { officer, provider, path } = contract;
    expect((await contract.commissioner.post(at('/erasure'))).status).toBe(403);
    const erased = await officer.post(at('/erasure')).expect(201);
    expect(erased.body).toEqual({ reference: 'P-1', erased: ['record', 'identity'] });
    expect((await officer.post(at('/erasure'))).body.code).toBe('PARTICIPANT_ERASED');

    expect((await officer.get(at('/identity'))).body.identifiers).toEqual({});
    const shown = [at(''), at('/measurements'), at('/subject-access'), `${path}/participants`];
    for (const page of shown) {
      const { text } = await officer.get(page).expect(200);
      const ofOthers = ['canaryexception']; // of P-3, who stands in the list
      expect(tracesIn(text).filter((trace) => !ofOthers.includes(trace))).toEqual([]);
    }
    const { measurements } = (await officer.get(at('/measurements'))).body;
    expect(measurements.map((m: { note: string | null }) => m.note)).toEqual([
      '[erased]',
      '[erased]',
      '[erased]',
      null,
    ]);

    const dump = await dumpOfDatabase();
    expect(tracesIn(dump)).toEqual([]);
    expect(tracesIn(await dumpOfRedis())).toEqual([]);
    const keys = dump.split('\n').filter((line) => line.startsWith('public.participant_key\t'));
    expect(keys).toHaveLength(1); // of P-3 alone
    for (const [sealed] of dump.matchAll(/sealed:1:[A-Za-z0-9+/=]+/g))
      expect(openText(null, 'note', sealed)).toBe('[erased]');

    const computations = (await provider.get(`${path}/computations`)).body.items;
    const last = computations.find(
      (one: { period: { id: string } }) => one.period.id === '2015-Q4',
    );
    const lines = (await provider.get(`/v1/computations/${last.id}/lines`)).body.items;
    expect({
      digests: computations.map((one: Record<string, unknown>) => [one['digest'], one['total']]),
      total: lines.map((line: Record<string, unknown>) => line['amount']),
    }).toEqual(before);
    const verified = (await provider.get(`${path}/audit/verification`).expect(200)).body;
    expect(verified.verified).toBe(true);
    expect(tracesIn(log.join('\n'))).toEqual([]);
  });

  it('is not written again of whoever was erased', async () => {
    const { officer, path } = contract;
    const score = { metric: 'ucla', timePoint: '6m', measuredOn: '2015-12-10', score: 5 };
    const refused = [
      await officer.post(at('/measurements'), score),
      await officer.post(at('/corrections'), { startedOn: '2015-06-03', reason: 'typed wrong' }),
      await officer.post(at('/consents'), { scope: 'service', act: 'given', on: '2015-06-02' }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual(
      Array.from({ length: 3 }, () => 'PARTICIPANT_ERASED'),
    );
    expect((await officer.post(at('/identity'), WHO)).body.code).toBe('IDENTIFIERS_ERASED');
    const same = 'ucla,6m,2015-12-10,6'; // of P-2 it is recorded, and the same words are then known
    const rows = `reference,metric,time_point,measured_on,score\nP-2,${same}\nP-1,${same}`;
    const roster = 'reference,cohort,started_on,age,correction_reason\nP-1,all,2015-06-02,70,x';
    for (const [kind, file, row] of [
      ['measurements', rows, 3],
      ['participants', roster, 2],
    ] as const)
      expect((await officer.upload(`${path}/imports/${kind}`, file)).body.faults).toMatchObject([
        { row, code: 'PARTICIPANT_ERASED' },
      ]);
  });
});
