import type { INestApplication } from '@nestjs/common';
import { aRate, anEffect } from '../../support/figures.builder.js';
import {
  aContract,
  compute,
  jobEnded,
  startTestApp,
  startTestWorker,
  trialTerms,
  type TestApp,
  type TestContract,
  type TestPerson,
} from '../../support/harness.js';
import { expectReplayed } from '../../support/replayed.js';

describe('figures and signed results beside payments', () => {
  let service: TestApp;
  let worker: INestApplication;
  let contract: TestContract;
  let first: { readonly id: string; readonly digest?: unknown };

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    service.travelTo('2018-06-01T12:00:00Z');
    contract = await aContract()
      .withTerms({
        metrics: [...trialTerms().metrics, aRate(), anEffect()],
        periods: { type: 'list', periods: [{ id: 'all', from: '2015-04-01', to: '2018-01-01' }] },
        plan: [],
      })
      .withParticipants({ reference: 'P-1', startedOn: '2015-06-04' })
      .withScores(
        { reference: 'P-1', timePoint: 'baseline', measuredOn: '2015-06-04', score: 8 },
        { reference: 'P-1', timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
      )
      .in(service);
    await contract.officer.post(`${contract.path}/figures`, { figures: [FIGURE] }).expect(201);
    first = await compute(contract.provider, contract.path, 'all');
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  const FIGURE = {
    metric: 'on-time',
    from: '2015-04-01',
    to: '2015-07-01',
    numerator: 103,
    denominator: 120,
  };
  const RESULT = {
    metric: 'reconvictions',
    value: '8.4%',
    n: 936,
    signedOn: '2016-03-01',
    documentHash: 'ab'.repeat(32),
  };

  it('leave a computation as it was known, whatever is submitted and signed later', async () => {
    const corrected = { ...FIGURE, numerator: 120, correctionReason: 'recount' };
    await contract.officer.post(`${contract.path}/figures`, { figures: [corrected] }).expect(201);
    await contract.verifier.post(`${contract.path}/effects`, RESULT).expect(201);
    const asked = await contract.provider.post(`/v1/computations/${first.id}/rechecks`).expect(202);
    const recheck = await jobEnded(contract.provider, asked.headers['location'] as string);
    expect(recheck).toMatchObject({ state: 'computed', agrees: true });
    expect(recheck['digest']).toEqual(first.digest);
  });

  it('keep whoever submitted or signed them from deciding a claim', async () => {
    const submitted = await contract.provider
      .post(`${contract.path}/claims`, { computation: 1 })
      .expect(201);
    const claim = submitted.headers['location'] as string;
    const decide = (person: TestPerson) =>
      person.post(
        `${claim}/decisions`,
        { approveUndecided: true },
        { ifMatch: submitted.headers['etag'] as string },
      );
    for (const person of [contract.verifier, contract.officer]) {
      await service.administrator
        .post(`${contract.path}/members`, {
          email: person.email,
          party: 'council',
          role: 'commissioner',
        })
        .expect(201);
      expect(await decide(person)).toMatchObject({
        status: 403,
        body: { code: 'DECIDER_NOT_INDEPENDENT' },
      });
    }
    expect((await decide(contract.commissioner)).status).toBe(201);
  });

  it('leave a trail that verifies', async () => {
    const { body } = await contract.commissioner.get(`${contract.path}/audit/verification`);
    expect(body).toMatchObject({ verified: true, firstBad: null });
  });

  it('is rebuilt whole from its trail and its terms', async () => {
    await expectReplayed(service, contract);
  });
});
