import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { problemIn, startTestApp, startTestWorker, type TestApp } from '../support/harness.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../support/reviewed-quarter.js';

describe('a claim is refused', () => {
  let service: TestApp;
  let worker: INestApplication;
  let quarter: ReviewedQuarter;
  let claim: string;
  let etag: string;

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    quarter = await aReviewedQuarter(service, 'refused');
    const { path, provider, computation } = quarter;
    const submitted = await provider.post(`${path}/claims`, { computation }).expect(201);
    claim = submitted.headers['location']!;
    etag = submitted.headers['etag']!;
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  const all = { approveUndecided: true };
  const decisions = () => `${claim}/decisions`;

  it.each([
    ['investor', 403, 'PERMISSION_REFUSED'],
    ['topUpFund', 403, 'PERMISSION_REFUSED'],
    ['verifier', 403, 'PERMISSION_REFUSED'],
    ['provider', 403, 'PERMISSION_REFUSED'],
    ['officer', 403, 'PERMISSION_REFUSED'],
  ] as const)('when the %s would decide', async (who, status, code) => {
    const response = await quarter[who].post(decisions(), all, { ifMatch: etag });
    expect(problemIn(response)).toMatchObject({ status, code });
  });

  it('when the officer who entered the scores has joined the commissioner', async () => {
    const membership = { email: quarter.officer.email, party: 'council', role: 'commissioner' };
    await service.administrator.post(`${quarter.path}/members`, membership).expect(201);
    const response = await quarter.officer.post(decisions(), all, { ifMatch: etag });
    expect(problemIn(response)).toMatchObject({ status: 403, code: 'DECIDER_NOT_INDEPENDENT' });
  });

  it('when an administrator or a stranger would decide', async () => {
    const administrator = await service.administrator.post(decisions(), all, { ifMatch: etag });
    expect(problemIn(administrator)).toMatchObject({ status: 403 });
    const stranger = await service.stranger.post(decisions(), all, { ifMatch: etag });
    expect(problemIn(stranger)).toMatchObject({ status: 401 });
  });

  it('when the version is not named, or is not the one in force', async () => {
    const { commissioner } = quarter;
    expect(problemIn(await commissioner.post(decisions(), all))).toMatchObject({
      status: 428,
      code: 'IF_MATCH_MISSING',
    });
    const stale = await commissioner.post(decisions(), all, { ifMatch: '"claim.refused.1.9"' });
    expect(problemIn(stale)).toMatchObject({ status: 412, code: 'VERSION_STALE' });
  });

  it('when there is no key, or a key that was used for something else', async () => {
    const { commissioner, provider, path, computation } = quarter;
    const keyless = { ifMatch: etag, idempotencyKey: null };
    expect(problemIn(await commissioner.post(decisions(), all, keyless))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_MISSING',
    });
    const idempotencyKey = randomUUID();
    const other = { computation, lines: ['refused.3.1'] };
    expect((await provider.post(`${path}/claims`, other, { idempotencyKey })).status).toBe(409);
    const lines = await commissioner.get(`${claim}/lines`);
    const back = (reason: string) => ({
      decisions: [{ line: lines.body.items[0].line, decision: 'returned', reason }],
    });
    const first = await commissioner.post(decisions(), back('Once'), {
      ifMatch: etag,
      idempotencyKey,
    });
    expect(first.status).toBe(201);
    const reused = await commissioner.post(decisions(), back('Twice'), {
      ifMatch: etag,
      idempotencyKey,
    });
    expect(problemIn(reused)).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
    const again = await commissioner.post(decisions(), back('Once'), {
      ifMatch: etag,
      idempotencyKey,
    });
    expect(again).toMatchObject({ status: 200, body: first.body });
  });

  it('when a line is returned without a reason, or is not in the claim', async () => {
    const current = (await quarter.commissioner.get(claim)).headers['etag']!;
    const lines = await quarter.commissioner.get(`${claim}/lines?state=awaiting`);
    const response = await quarter.commissioner.post(
      decisions(),
      {
        decisions: [
          { line: lines.body.items[0].line, decision: 'returned' },
          { line: 'refused.1.1', decision: 'approved' },
        ],
      },
      { ifMatch: current },
    );
    expect(problemIn(response)).toMatchObject({
      status: 422,
      code: 'DECISIONS_REFUSED',
      faults: [
        { at: '/decisions/0', code: 'REASON_MISSING' },
        { at: '/decisions/1', code: 'LINE_NOT_IN_CLAIM' },
      ],
    });
  });

  it('when the body says what is not understood', async () => {
    const { commissioner, provider, path } = quarter;
    const odd = { decisions: [{ line: 'refused.3.1', decision: 'maybe', colour: 'red' }] };
    expect(problemIn(await commissioner.post(decisions(), odd, { ifMatch: etag }))).toMatchObject({
      status: 400,
    });
    for (const body of [
      {},
      { computation: 0 },
      { computation: '3' },
      { computation: 3, lines: [] },
    ])
      expect((await provider.post(`${path}/claims`, body)).status).toBe(400);
  });

  it('when there is no such claim', async () => {
    for (const number of ['2', '0', 'x', '99999999999'])
      expect((await quarter.commissioner.get(`${quarter.path}/claims/${number}`)).status).toBe(404);
  });

  it('when somebody else than the provider would submit', async () => {
    const { path, commissioner, computation } = quarter;
    const response = await commissioner.post(`${path}/claims`, { computation });
    expect(problemIn(response)).toMatchObject({ status: 403, code: 'PERMISSION_REFUSED' });
  });

  it('when nothing is left to claim', async () => {
    const { path, provider } = quarter;
    const response = await provider.post(`${path}/claims`, { computation: 1 });
    expect(problemIn(response)).toMatchObject({ status: 409, code: 'NOTHING_TO_CLAIM' });
  });
});
