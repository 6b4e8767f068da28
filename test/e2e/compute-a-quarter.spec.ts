import type { INestApplication } from '@nestjs/common';
import {
  aContract,
  compute,
  jobEnded,
  startTestApp,
  startTestWorker,
  type TestApp,
} from '../support/harness.js';

describe('a provider has a quarter computed', () => {
  let service: TestApp;
  let worker: INestApplication;
  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  it('watches the job, reads why each line is what it is, and both sides see the same', async () => {
    // given a contract in force, somebody who improved, somebody who did not, and somebody not measured
    const contract = await aContract()
      .withParticipants(
        { reference: 'P-001', startedOn: '2015-06-02' },
        { reference: 'P-002', startedOn: '2015-06-02' },
        { reference: 'P-003', startedOn: '2015-06-02' },
      )
      .withScores(
        { reference: 'P-001', timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 },
        { reference: 'P-001', timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
        { reference: 'P-002', timePoint: 'baseline', measuredOn: '2015-06-02', score: 5 },
        { reference: 'P-002', timePoint: '6m', measuredOn: '2015-12-12', score: 6 },
        { reference: 'P-003', timePoint: 'baseline', measuredOn: '2015-06-02', score: 9 },
      )
      .in(service);
    for (const earlier of ['2015-Q2', '2015-Q3'])
      await compute(contract.provider, contract.path, earlier);

    // when the provider asks for the quarter
    const accepted = await contract.provider
      .post(`${contract.path}/computations`, { period: '2015-Q4' }, { idempotencyKey: 'q4' })
      .expect(202);
    expect(accepted.body).toMatchObject({
      state: 'requested',
      number: 3,
      kind: 'payable',
      period: { id: '2015-Q4', from: '2015-10-01', to: '2016-01-01' },
    });
    expect(accepted.headers['location']).toBe(`/v1/jobs/${accepted.body.id}`);

    // and asks again, because the answer was lost
    const repeated = await contract.provider
      .post(`${contract.path}/computations`, { period: '2015-Q4' }, { idempotencyKey: 'q4' })
      .expect(202);
    expect(repeated.headers['idempotency-replayed']).toBe('true');
    expect(repeated.body.id).toBe(accepted.body.id);

    // then it ends with one payment and one line that says why nothing is payable
    const job = await jobEnded(contract.provider, accepted.headers['location'] as string);
    expect(job).toMatchObject({
      state: 'computed',
      rowsDone: 3,
      rowsTotal: 3,
      lines: 2,
      total: { amount: '1320.00', currency: 'GBP' },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const lines = await contract.commissioner.all<Record<string, unknown>>(
      `/v1/computations/${job.id}/lines`,
    );
    expect(lines).toMatchObject([
      { reference: 'trial.3.1', participant: 'P-001', kind: 'payment', amount: '1320.00' },
      { reference: 'trial.3.2', participant: 'P-002', kind: 'refusal', reason: 'not-improved' },
    ]);

    // and the missing score is a line once its window has closed
    const next = await compute(contract.provider, contract.path, '2016-Q1');
    expect(await contract.provider.all(`/v1/computations/${next.id}/lines`)).toMatchObject([
      { participant: 'P-003', reason: 'missed', amount: '0.00' },
    ]);

    // and the commissioner reads the same explanation as the provider
    const [hers, his] = await Promise.all([
      contract.provider.get('/v1/lines/trial.3.1').expect(200),
      contract.commissioner.get('/v1/lines/trial.3.1').expect(200),
    ]);
    expect(hers.body).toEqual(his.body);
    expect(hers.body.explanation).toBe(
      'UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-02 to 2016-01-01): 2 points at £660.00 = £1,320.00 (clause 4.1).',
    );

    // and the trail has the acts in their order, and verifies
    const entries = await contract.verifier.all<{ type: string }>(`${contract.path}/audit`);
    expect(
      entries.map(({ type }) => type).filter((type) => type.startsWith('computation.')),
    ).toEqual(
      Array.from({ length: 4 }, () => ['computation.requested', 'computation.computed']).flat(),
    );
    const trail = await contract.verifier.get(`${contract.path}/audit/verification`).expect(200);
    expect(trail.body.verified).toBe(true);
  });
});
