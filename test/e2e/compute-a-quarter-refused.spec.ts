import type { INestApplication } from '@nestjs/common';
import {
  aContract,
  aPerson,
  compute,
  problemIn,
  startTestApp,
  startTestWorker,
  type TestApp,
  type TestContract,
} from '../support/harness.js';

describe('a computation is refused', () => {
  let service: TestApp;
  let worker: INestApplication;
  let contract: TestContract;
  let path: string;
  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    contract = await aContract().in(service);
    path = `${contract.path}/computations`;
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  it.each(['topUpFund', 'verifier', 'investor'] as const)('to the %s', async (who) => {
    const response = await contract[who].post(path, { period: '2015-Q2' });
    expect(problemIn(response)).toMatchObject({ status: 403, code: 'PERMISSION_REFUSED' });
  });

  it('to the administrator, who acts for no party', async () => {
    const response = await service.administrator.post(path, { period: '2015-Q2' });
    expect(problemIn(response)).toMatchObject({ status: 403, code: 'PERMISSION_REFUSED' });
  });

  it('to somebody with no part in the contract, and to nobody in particular', async () => {
    const outsider = await aPerson(service, { name: 'Otto', email: 'otto@example.org' });
    expect(problemIn(await outsider.post(path, { period: '2015-Q2' }))).toMatchObject({
      status: 404,
    });
    expect(problemIn(await service.stranger.post(path, { period: '2015-Q2' }))).toMatchObject({
      status: 401,
    });
  });

  it('without a key of the request, or with a key that was used for another', async () => {
    const missing = await contract.provider.post(
      path,
      { period: '2015-Q2' },
      { idempotencyKey: null },
    );
    expect(problemIn(missing)).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_MISSING' });
    await contract.provider
      .post(path, { period: '2015-Q2' }, { idempotencyKey: 'once' })
      .expect(202);
    const other = await contract.provider.post(
      path,
      { period: '2015-Q3' },
      { idempotencyKey: 'once' },
    );
    expect(problemIn(other)).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it.each([
    [{ period: '2031-Q1' }, 422],
    [{ period: 'the first quarter' }, 400],
    [{}, 400],
    [{ period: '2015-Q2', force: true }, 400],
  ])('for %j', async (body, status) => {
    const problem = problemIn(await contract.provider.post(path, body));
    expect(problem.status).toBe(status);
    if (status === 422) expect(problem.code).toBe('PERIOD_UNKNOWN');
  });

  it('for a period that is not over yet, saying when it is', async () => {
    const other = await aContract().withTerms({ code: 'too-early' }).in(service);
    service.travelTo('2015-06-30T22:59:00Z'); // one minute to midnight in London
    const path = `${other.path}/computations`;
    const problem = problemIn(await other.provider.post(path, { period: '2015-Q2' }));
    expect(problem).toMatchObject({ status: 409, code: 'PERIOD_NOT_OVER' });
    expect(problem.detail).toContain('it is over on 2015-07-01');
    service.travelTo('2015-06-30T23:00:00Z');
    await other.provider.post(path, { period: '2015-Q2' }).expect(202);
    service.travelTo(new Date().toISOString());
  });

  it('for a period whose predecessors have not been computed, naming the first of them', async () => {
    const other = await aContract().withTerms({ code: 'out-of-order' }).in(service);
    const problem = problemIn(
      await other.provider.post(`${other.path}/computations`, { period: '2015-Q4' }),
    );
    expect(problem).toMatchObject({ status: 409, code: 'EARLIER_PERIOD_NOT_COMPUTED' });
    expect(problem.detail).toContain('Compute 2015-Q2 first.');
  });

  it('before the terms are in force', async () => {
    const draft = await aContract().withTerms({ code: 'still-a-draft' }).asDraft().in(service);
    const response = await draft.provider.post(`${draft.path}/computations`, { period: '2015-Q2' });
    expect(problemIn(response)).toMatchObject({ status: 409, code: 'CONTRACT_NOT_ACTIVE' });
  });

  it('to be cancelled or rechecked when that makes no sense', async () => {
    const job = await compute(contract.provider, contract.path, '2015-Q2');
    const cancelled = await contract.provider.post(`/v1/jobs/${job.id}/cancellation`);
    expect(problemIn(cancelled)).toMatchObject({ status: 409, code: 'COMPUTATION_ENDED' });
    const asked = await contract.provider.post(`/v1/computations/${job.id}/rechecks`).expect(202);
    const recheck = await contract.provider.post(`/v1/computations/${asked.body.id}/rechecks`);
    expect(problemIn(recheck)).toMatchObject({ status: 409, code: 'NOTHING_TO_RECHECK' });
  });

  it.each([
    ['/v1/lines/trial', 422, 'LINE_REFERENCE_MALFORMED'],
    ['/v1/lines/trial.1.0', 422, 'LINE_REFERENCE_MALFORMED'],
    ['/v1/lines/trial.999.1', 404, 'NOT_FOUND'],
    ['/v1/lines/another-contract.1.1', 404, 'NOT_FOUND'],
    ['/v1/jobs/00000000-0000-0000-0000-000000000000', 404, 'NOT_FOUND'],
    ['/v1/jobs/not-an-id', 404, 'NOT_FOUND'],
    ['/v1/computations/not-an-id/lines', 404, 'NOT_FOUND'],
  ])('as is %s', async (address, status, code) => {
    expect(problemIn(await contract.provider.get(address))).toMatchObject({ status, code });
  });

  it('as is a cursor that this service did not make, or a kind of line that there is not', async () => {
    const job = await compute(contract.provider, contract.path, '2015-Q2');
    const cursor = Buffer.from('["x"]').toString('base64url');
    for (const address of [
      `${path}?cursor=${cursor}`,
      `/v1/computations/${job.id}/lines?cursor=${cursor}`,
    ])
      expect(problemIn(await contract.provider.get(address))).toMatchObject({
        status: 400,
        code: 'CURSOR_MALFORMED',
      });
    const kinds = await contract.provider.get(`/v1/computations/${job.id}/lines?kind=refund`);
    expect(problemIn(kinds).status).toBe(400);
  });
});
