import type { INestApplication } from '@nestjs/common';
import { Client } from 'pg';
import {
  aContract,
  compute,
  jobEnded,
  startTestApp,
  startTestWorker,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';

interface Line {
  readonly reference: string;
  readonly kind: string;
  readonly amount: string;
  readonly corrects: string | null;
  readonly parts: readonly { payer: string; amount: string }[];
  readonly explanation: string;
  readonly reason: string | null;
}
const EVERYTHING = {
  periods: { type: 'list', periods: [{ id: 'all', from: '2015-04-01', to: '2018-01-01' }] },
  plan: [],
};

describe('computations of one contract', () => {
  let service: TestApp;
  let worker: INestApplication;
  let client: Client;
  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await worker.close();
    await service.stop();
  });

  const twoPeople = (code: string, changes: object = {}) =>
    aContract()
      .withTerms({ ...EVERYTHING, ...changes, code })
      .withParticipants(
        { reference: 'P-001', startedOn: '2015-06-02' },
        { reference: 'P-002', startedOn: '2015-06-03' },
      )
      .withScores(
        { reference: 'P-001', timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 },
        { reference: 'P-001', timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
        { reference: 'P-002', timePoint: 'baseline', measuredOn: '2015-06-03', score: 7 },
        { reference: 'P-002', timePoint: '6m', measuredOn: '2015-12-11', score: 7 },
      )
      .in(service);
  const linesOf = (contract: TestContract, id: string) =>
    contract.commissioner.all<Line>(`/v1/computations/${id}/lines`, 1);
  const run = (contract: TestContract) => compute(contract.provider, contract.path, 'all');
  const correct = (contract: TestContract, person: string, score: number) =>
    contract.officer
      .post(`${contract.path}/participants/${person}/measurements/ucla/6m/corrections`, {
        measuredOn: '2015-12-10',
        score,
        reason: 'Misread from the form',
      })
      .expect(201);

  it('post what is new, then nothing, then only the difference that a correction makes', async () => {
    const contract = await twoPeople('differences');
    const first = await run(contract);
    expect(await linesOf(contract, first.id)).toMatchObject([
      { reference: 'differences.1.1', kind: 'payment', amount: '1320.00', reason: null },
      { reference: 'differences.1.2', kind: 'refusal', amount: '0.00', reason: 'not-improved' },
    ]);
    const second = await run(contract);
    expect(second).toMatchObject({ lines: 0, total: { amount: '0.00', currency: 'GBP' } });

    await correct(contract, 'P-001', 5);
    const third = await run(contract);
    const [trueUp, ...others] = await linesOf(contract, third.id);
    expect(others).toEqual([]);
    expect(trueUp).toMatchObject({
      kind: 'true-up',
      amount: '660.00',
      corrects: 'differences.1.1',
      parts: [
        { payer: 'council', amount: '396.00' },
        { payer: 'fund', amount: '264.00' },
      ],
    });
    expect(trueUp!.explanation).toContain('Corrects line differences.1.1.');
  });

  it('explain a line by its clause, its scores, and what corrects it', async () => {
    const contract = await twoPeople('explained');
    await run(contract);
    await correct(contract, 'P-001', 7);
    await run(contract);
    const { body } = await contract.topUpFund.get('/v1/lines/explained.1.1').expect(200);
    expect(body).toMatchObject({
      reference: 'explained.1.1',
      participant: 'P-001',
      period: 'all',
      clause: '4.1',
      clauseTitle: 'Reduction of loneliness',
      terms: { number: 1, effectiveFrom: '2015-04-01' },
      explanation:
        'UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-02 to 2016-01-01): 2 points at £660.00 = £1,320.00 (clause 4.1).',
      steps: [{ step: 'R4', before: '0.00', after: '1320.00' }],
      measurements: [
        { name: 'ucla/baseline#1', value: '8', measuredOn: '2015-06-02', superseded: false },
        { name: 'ucla/6m#1', value: '6', measuredOn: '2015-12-10', superseded: true },
      ],
      corrected: null,
      correctedBy: [{ reference: 'explained.2.1', amount: '-660.00' }],
    });
    const later = await contract.provider.get('/v1/lines/explained.2.1').expect(200);
    expect(later.body).toMatchObject({
      corrected: { reference: 'explained.1.1', amount: '1320.00' },
      measurements: [
        { version: 1 },
        { version: 2, value: '7', correctionReason: 'Misread from the form' },
      ],
    });
  });

  it('count only what was known when they were asked for', async () => {
    await worker.close(); // nobody computes for the moment
    const contract = await twoPeople('known-then');
    const accepted = await contract.provider.post(`${contract.path}/computations`, {
      period: 'all',
    });
    await correct(contract, 'P-001', 4);
    worker = await startTestWorker();
    const job = await jobEnded(contract.provider, accepted.headers['location'] as string);
    expect(job).toMatchObject({ total: { amount: '1320.00' } });
    expect(await run(contract)).toMatchObject({ total: { amount: '1320.00' }, lines: 1 });
  });

  it('give the same digest when they are rechecked, whatever was recorded and posted since', async () => {
    const contract = await twoPeople('rechecked');
    const first = await run(contract);
    await correct(contract, 'P-001', 4);
    await run(contract);
    const asked = await contract.commissioner
      .post(`/v1/computations/${first.id}/rechecks`)
      .expect(202);
    const recheck = await jobEnded(contract.provider, asked.headers['location'] as string);
    expect(recheck).toMatchObject({
      kind: 'recheck',
      rechecks: first.id,
      state: 'computed',
      agrees: true,
      digest: first['digest'],
      lines: 2,
      failure: null,
    });
    expect(await linesOf(contract, recheck.id)).toEqual([]);
    const entries = await contract.provider.all<{ type: string; body: string }>(
      `${contract.path}/audit`,
    );
    expect(entries.find(({ type }) => type === 'computation.rechecked')?.body).toContain(
      '"agrees":true',
    );
  });

  it('are found out by a recheck when history was altered behind the service', async () => {
    const contract = await twoPeople('altered');
    const first = await run(contract);
    await client.query('begin; set local session_replication_role = replica');
    await client.query(
      `update measurement m set value = 3 from participant p join contract c on c.id = p.contract_id
        where p.id = m.participant_id and c.code = 'altered' and p.reference = 'P-001' and m.occurrence = '6m'`,
    );
    await client.query('commit');
    const asked = await contract.provider.post(`/v1/computations/${first.id}/rechecks`).expect(202);
    const recheck = await jobEnded(contract.provider, asked.headers['location'] as string);
    expect(recheck).toMatchObject({ agrees: false, failure: { code: 'DIGEST_DIFFERS' } });
    const entries = await contract.provider.all<{ type: string; body: string }>(
      `${contract.path}/audit`,
    );
    expect(entries.find(({ type }) => type === 'computation.rechecked')?.body).toContain(
      '"agrees":false',
    );
  });

  it('count what earlier ones used of a cap', async () => {
    const contract = await twoPeople('capped', {
      caps: [{ id: 'limit', scope: 'contract', amount: '1500.00' }],
    });
    await run(contract);
    await correct(contract, 'P-002', 5);
    const second = await run(contract);
    expect(second).toMatchObject({ total: { amount: '180.00' } });
  });

  it('may be listed latest first, page by page', async () => {
    const contract = await twoPeople('listed');
    for (let index = 0; index < 3; index += 1) await run(contract);
    const items = await contract.provider.all<{ number: number }>(
      `${contract.path}/computations`,
      2,
    );
    expect(items.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  it('offer only the kinds of line that are asked for', async () => {
    const contract = await twoPeople('kinds');
    const { id } = await run(contract);
    const { body } = await contract.provider
      .get(`/v1/computations/${id}/lines?kind=refusal,true-up`)
      .expect(200);
    expect(body.items).toMatchObject([{ reference: 'kinds.1.2' }]);
  });

  it('withstand texts that are awkward to copy', async () => {
    const label = 'UC\\LA "three"\tand {more}, \\N';
    const contract = await twoPeople('awkward', {
      metrics: [
        {
          id: 'ucla',
          kind: 'score',
          label,
          paid: true,
          instrument: 'ucla-3',
          baseline: 'baseline',
          timePoints: [
            { id: 'baseline', label: 'Baseline', months: 0, opensDays: -28, closesDays: 14 },
            { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
          ],
          choose: 'first',
          outsideWindow: 'refuse',
        },
      ],
    });
    const { id, digest } = await run(contract);
    const [line] = await linesOf(contract, id);
    expect(line!.explanation).toContain(label);
    const asked = await contract.provider.post(`/v1/computations/${id}/rechecks`).expect(202);
    expect(await jobEnded(contract.provider, asked.headers['location'] as string)).toMatchObject({
      agrees: true,
      digest,
    });
  });
});
