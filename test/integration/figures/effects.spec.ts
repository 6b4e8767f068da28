import { Client } from 'pg';
import { ContractRecordService } from '../../../src/figures/contract-record.service.js';
import { onBehalfOf } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { anEffect } from '../../support/figures.builder.js';
import {
  aContract,
  aPerson,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
  type TestPerson,
} from '../../support/harness.js';
import { expectReplayed } from '../../support/replayed.js';

const EFFECTS = [
  anEffect(),
  anEffect({ id: 'mean', label: 'Mean fall', unit: 'number', evaluator: 'institute' }),
];
const REPORT = 'ab'.repeat(32);
const RESULT = {
  metric: 'reconvictions',
  cohort: 'all',
  value: '8.4%',
  low: '2.1%',
  high: '14.7%',
  n: 936,
  signedOn: '2016-03-01',
  documentHash: REPORT,
};

/** Every version of one result: the day it was signed, null where it was taken back. */
type Signings = readonly (string | null)[];

describe('signed results', () => {
  let service: TestApp;
  let contract: TestContract;
  const database = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });

  beforeAll(async () => {
    await database.connect();
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    const institute = { id: 'institute', name: 'The institute', role: 'verifier' };
    contract = await aContract()
      .withTerms({
        metrics: [...trialTerms().metrics, ...EFFECTS],
        parties: [...trialTerms().parties, institute],
      })
      .in(service);
  });
  afterAll(async () => {
    await service.stop();
    await database.end();
  });

  const sign = (more: object = {}, person: TestPerson = contract.verifier) =>
    person.post(`${contract.path}/effects`, { ...RESULT, ...more });
  const listed = () =>
    contract.commissioner.all<Record<string, unknown>>(`${contract.path}/effects`, 1);
  const codes = async (more: object) =>
    ((await sign(more)).body.faults ?? []).map((f: { code: string }) => f.code);

  it('are signed by a verifier of the party that the metric names', async () => {
    for (const person of [contract.officer, contract.commissioner, contract.investor])
      expect((await sign({}, person)).status).toBe(403);
    expect(await sign({ metric: 'mean', value: '0.69', low: '0.55', high: '0.83' })).toMatchObject({
      status: 403,
      body: { code: 'EVALUATOR_IS_ANOTHER', detail: expect.stringContaining('"institute"') },
    });
    expect(await sign()).toMatchObject({
      status: 201,
      body: { metric: 'reconvictions', cohort: 'all', version: 1 },
    });
    expect(await listed()).toEqual([
      expect.objectContaining({
        name: `reconvictions/all#1 sha256:${REPORT}`,
        value: '8.4%',
        low: '2.1%',
        n: '936',
        party: 'university',
        superseded: false,
      }),
    ]);
  });

  it('are superseded with a reason only, and stay readable', async () => {
    expect(await sign()).toMatchObject({ status: 409, body: { code: 'EFFECT_UNCHANGED' } });
    expect(await codes({ value: '9%' })).toEqual(['DIFFERS_FROM_RECORDED']);
    const pooled = { cohort: '', value: '9.0%', correctionReason: 'second look' };
    expect(await codes(pooled)).toEqual(['NOTHING_TO_CORRECT']);
    const reason = { correctionReason: 'late records of two prisons' };
    expect((await sign({ value: '9%', ...reason })).body).toMatchObject({ version: 2 });
    expect((await sign({ cohort: '*', value: '9.0%' })).status).toBe(201);
    expect(
      (await listed()).map(({ cohort, version, value, superseded }) => [
        cohort,
        version,
        value,
        superseded,
      ]),
    ).toEqual([
      ['*', 1, '9%', false],
      ['all', 1, '8.4%', true],
      ['all', 2, '9%', false],
    ]);
    const taken = { value: undefined, low: undefined, high: undefined, n: undefined };
    const back = { ...taken, documentHash: undefined, status: 'void', ...reason };
    expect((await sign(back)).body).toMatchObject({ version: 3 });
    const entries = await contract.commissioner.all<{ type: string; payload: object }>(
      `${contract.path}/audit`,
    );
    const last = entries.filter(({ type }) => type.startsWith('effect.'));
    expect(last.map(({ type }) => type)).toEqual([
      'effect.signed',
      'effect.superseded',
      'effect.signed',
      'effect.superseded',
    ]);
  });

  it('tell every fault at once', async () =>
    expect(
      await codes({ cohort: 'ninth', value: '8.4', n: 1, low: undefined, documentHash: 'ab' }),
    ).toEqual(['COHORT_UNKNOWN', 'VALUE_UNREADABLE', 'INTERVAL_HALF_GIVEN', 'NOT_A_SHA256']));

  it('arrive by file, and each result is the evaluator’s own', async () => {
    const email = 'ines@institute.example';
    const ines = await aPerson(service, { name: 'Ines Institute', email });
    await service.administrator
      .post(`${contract.path}/members`, { email, party: 'institute', role: 'verifier' })
      .expect(201);
    const header = 'metric,cohort,value,low,high,n,signed_on,document_sha256,correction_reason';
    const mean = `mean,,0.69,0.55,0.83,812,2016-05-02,${REPORT},`;
    const theirs = `reconvictions,all,8.4%,,,936,2016-05-02,${REPORT},again`;
    const refused = await ines.upload(
      `${contract.path}/imports/effects`,
      [header, mean, theirs].join('\n'),
    );
    expect(refused.body.faults).toEqual([
      expect.objectContaining({ row: 3, column: 'metric', code: 'EVALUATOR_IS_ANOTHER' }),
    ]);
    const file = [header, mean].join('\n');
    const upload = () => ines.upload(`${contract.path}/imports/effects`, file);
    expect(await upload()).toMatchObject({ status: 201, body: { kind: 'effects', rowsNew: 1 } });
    expect((await upload()).status).toBe(200);
    expect((await listed()).find(({ metric }) => metric === 'mean')).toMatchObject({
      value: '0.69',
      party: 'institute',
    });
  });

  it('make whoever signs, like whoever submits figures, an author of scores', async () => {
    const { rows } = await database.query<{ email: string }>(
      `select p.email from score_author a join person p on p.id = a.person_id order by p.email`,
    );
    expect(rows.map(({ email }) => email)).toEqual([
      'ines@institute.example',
      'verifier@trial.example',
    ]);
  });

  it('are only ever added to', async () => {
    for (const table of ['effect_result', 'contract_figure']) {
      await expect(database.query(`truncate ${table}`)).rejects.toThrow('append-only');
      await expect(database.query(`delete from ${table}`)).rejects.toThrow('append-only');
    }
  });

  it.each<[string, Signings, string]>([
    ['signed once', ['2016-03-01'], '2016-03-01'],
    ['superseded', ['2016-03-01', '2016-05-01', '2016-04-01'], '2016-03-01'],
    ['taken back and signed anew', ['2016-03-01', null, '2016-05-01', '2016-05-20'], '2016-05-01'],
  ])('keep the day on which they were first signed: %s', async (_, signings, first) => {
    const reason = { correctionReason: 'another look' };
    const own = await aContract()
      .withTerms({
        code: `signed-${signings.length}-times`,
        metrics: [...trialTerms().metrics, EFFECTS[0]!],
      })
      .in(service);
    const by = async (more: object) =>
      expect(await own.verifier.post(`${own.path}/effects`, { ...RESULT, ...more })).toMatchObject({
        status: 201,
      });
    const none = { value: undefined, low: undefined, high: undefined, n: undefined };
    const back = { ...none, documentHash: undefined, status: 'void', ...reason };
    for (const [n, signedOn] of signings.entries())
      await by(signedOn === null ? back : { signedOn, ...(n === 0 ? {} : reason) });
    const { rows } = await database.query<{ id: string }>(
      'select id from contract where code = $1',
      [own.code],
    );
    const me = await own.provider.get('/v1/me').expect(200);
    const { effects } = await service
      .get(TransactionRunner)
      .run(onBehalfOf(me.body.id as string, rows[0]!.id), (tx) =>
        service.get(ContractRecordService).recordAsKnown(tx, rows[0]!.id, 9_999n),
      );
    expect(effects.map((one) => [one.cohort, one.firstSignedOn, one.signedOn])).toEqual([
      ['all', first, signings.at(-1)],
    ]);
  });

  it('is rebuilt whole from its trail and its terms', async () => {
    await expectReplayed(service, contract);
  });
});
