import { randomUUID } from 'node:crypto';
import { aContract, startTestApp, type TestApp, type TestContract } from '../support/harness.js';

describe('importing scores from a spreadsheet', () => {
  let service: TestApp;
  let contract: TestContract;
  const scores = 'Reference,METRIC,measured on,Score,Time-Point,mode,note\r\n';
  const file =
    '\ufeff' +
    scores +
    'P-1,ucla,2015-06-04,8,baseline,self,\r\n' +
    'P-1,ucla,2015-12-10,6,6m,telephone,"said ""much better"", twice"\r\n' +
    'P-2,ucla,2015-12-12,5,6m,self,\r\n' +
    ',,,,,,\r\n';

  beforeAll(async () => {
    service = await startTestApp();
    contract = await aContract()
      .withParticipants(
        { reference: 'P-1', startedOn: '2015-06-04' },
        { reference: 'P-2', startedOn: '2015-06-11' },
      )
      .in(service);
  });
  afterAll(() => service.stop());

  const upload = (csv: string | Buffer, name = 'scores.csv', key?: string) =>
    contract.officer.upload(
      `${contract.path}/imports/measurements?file_name=${name}`,
      csv,
      key === undefined ? {} : { idempotencyKey: key },
    );
  const measurementsOf = async (reference: string) =>
    (await contract.verifier.get(`${contract.path}/participants/${reference}/measurements`)).body;

  it('takes columns in any order and case, a byte order mark, quotes and CRLF', async () => {
    const answer = await upload(file);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      kind: 'measurements',
      fileName: 'scores.csv',
      rows: 3,
      rowsNew: 3,
      rowsCorrected: 0,
      rowsUnchanged: 0,
    });
    const { measurements, schedule } = await measurementsOf('P-1');
    expect(measurements).toEqual([
      expect.objectContaining({
        occurrence: '6m',
        value: 6,
        version: 1,
        mode: 'telephone',
        note: 'said "much better", twice',
      }),
      expect.objectContaining({ occurrence: 'baseline', value: 8, measuredOn: '2015-06-04' }),
    ]);
    expect(schedule.map((due: { state: string }) => due.state)).toEqual(['recorded', 'recorded']);
  });

  it('answers the same file again with the first result, whatever its name, and changes nothing', async () => {
    const [first, again] = [await upload(file, 'renamed.csv'), await upload(file, 'third.csv')];
    expect(first.status).toBe(200);
    expect(first.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(first.body.fileName).toBe('scores.csv');
    expect((await measurementsOf('P-1')).measurements).toHaveLength(2);
  });

  it('leaves rows that say what is recorded alone, and corrects where a reason is given', async () => {
    const corrected =
      'reference,metric,time_point,measured_on,score,mode,note,correction_reason\n' +
      'P-2,ucla,6m,2015-12-12,5,self,,\n' +
      'P-1,ucla,baseline,2015-06-04,9,self,,the paper form says 9\n' +
      'P-2,ucla,baseline,2015-06-12,7,,,\n';
    const answer = await upload(corrected);
    expect(answer.body).toMatchObject({ rows: 3, rowsNew: 1, rowsCorrected: 1, rowsUnchanged: 1 });
    const { measurements } = await measurementsOf('P-1');
    expect(
      measurements
        .filter((m: { occurrence: string }) => m.occurrence === 'baseline')
        .map((m: Record<string, unknown>) => [m['version'], m['value'], m['correctionReason']]),
    ).toEqual([
      [1, 8, null],
      [2, 9, 'the paper form says 9'],
    ]);
  });

  it('gives two uploads at once their turns, and a key its one result', async () => {
    const csv =
      'reference,metric,time_point,measured_on,score,attempt\nP-1,ucla,6m,2015-12-20,5,2\n';
    const key = randomUUID();
    const answers = await Promise.all([
      upload(csv, 'a.csv', key),
      upload(csv, 'b.csv'),
      upload(csv),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.importId)).size).toBe(1);
    const other = csv.replace(',5,', ',4,');
    expect((await upload(other, 'a.csv', key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('enters every import once in the audit trail, which verifies', async () => {
    const entries = await contract.verifier.all<{ type: string }>(`${contract.path}/audit`);
    const types = entries.map(({ type }) => type);
    expect(types.filter((type) => type === 'measurements.imported')).toHaveLength(3);
    expect(types.filter((type) => type === 'participants.imported')).toHaveLength(1);
    const verified = await contract.verifier.get(`${contract.path}/audit/verification`);
    expect(verified.status).toBe(200);
  });
});
