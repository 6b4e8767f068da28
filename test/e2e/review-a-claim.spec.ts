import type { INestApplication } from '@nestjs/common';
import { startTestApp, startTestWorker, type TestApp } from '../support/harness.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../support/reviewed-quarter.js';

interface Line {
  readonly line: string;
  readonly amount: string;
  readonly participant: string;
  readonly explanation: string;
}

describe('a claim is reviewed', () => {
  let service: TestApp;
  let worker: INestApplication;
  let quarter: ReviewedQuarter;
  let claim: string;
  let lines: readonly Line[];

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    quarter = await aReviewedQuarter(service, 'reviewed');
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  const lineOf = (participant: string) => lines.find((its) => its.participant === participant)!;

  it('given a computed quarter, the provider submits its payable lines', async () => {
    const { path, provider, computation } = quarter;
    const submitted = await provider.post(`${path}/claims`, { computation });
    expect(submitted).toMatchObject({
      status: 201,
      body: { number: 1, lines: 3, amount: '3960.00', currency: 'GBP', state: 'submitted' },
    });
    claim = submitted.headers['location']!;
    expect(claim).toBe(`${path}/claims/1`);
  });

  it('the commissioner sees payer shares and headroom before anything else', async () => {
    const { body } = await quarter.commissioner.get(claim).expect(200);
    expect(Object.keys(body)).toEqual([
      'contract',
      'number',
      'state',
      'revision',
      'standing',
      'currency',
      'payers',
      'caps',
      'total',
      'byState',
      'byClause',
      'computation',
      'submittedBy',
      'submittedAt',
      'links',
    ]);
    expect(body.payers).toMatchObject([
      { payer: 'council', amount: '2376.00' },
      { payer: 'fund', amount: '1584.00' },
    ]);
    expect(body.caps).toEqual([
      {
        cap: 'limit',
        scope: 'contract',
        subject: null,
        limit: '1000000.00',
        usedByApprovedLines: '0.00',
        usedByThisClaim: '3960.00',
        headroom: '996040.00',
      },
    ]);
    expect(body.submittedBy).toBe('Pat Provider');
  });

  it('and why each payment was triggered, down to the two scores and the clause', async () => {
    lines = await quarter.commissioner.all<Line>(`${claim}/lines`, 2);
    expect(lines.map(({ amount }) => amount)).toEqual(['1320.00', '660.00', '1980.00']);
    expect(lineOf('P-1').explanation).toBe(
      'UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-02 to 2016-01-01): ' +
        '2 points at £660.00 = £1,320.00 (clause 4.1).',
    );
  });

  it('returns one line with a reason, approves the rest, and the claim is decided', async () => {
    const { headers } = await quarter.commissioner.get(claim);
    const decided = await quarter.commissioner.post(
      `${claim}/decisions`,
      {
        decisions: [
          { line: lineOf('P-2').line, decision: 'returned', reason: 'Measured by telephone' },
        ],
        approveUndecided: true,
      },
      { ifMatch: headers['etag']! },
    );
    expect(decided).toMatchObject({
      status: 201,
      body: {
        state: 'decided',
        approved: { lines: 2, amount: '3300.00' },
        returned: { lines: 1, amount: '660.00' },
      },
    });
    const { body, headers: now } = await quarter.commissioner.get(claim);
    expect(now['etag']).toBe(decided.headers['etag']);
    expect(body.payers).toMatchObject([
      { payer: 'council', approved: '1980.00', returned: '396.00', awaiting: '0.00' },
      { payer: 'fund', approved: '1320.00', returned: '264.00', awaiting: '0.00' },
    ]);
  });

  it('the provider reads the reason and claims the line again', async () => {
    const { provider, path, computation } = quarter;
    const { body } = await provider.get(`${claim}/lines?state=returned`);
    expect(body.items).toMatchObject([
      { participant: 'P-2', decision: { reason: 'Measured by telephone' } },
    ]);
    const again = await provider.post(`${path}/claims`, { computation });
    expect(again).toMatchObject({ status: 201, body: { number: 2, lines: 1, amount: '660.00' } });
    const list = await provider.get(`${path}/claims`);
    expect(list.body.items).toMatchObject([
      { number: 2, state: 'submitted' },
      { number: 1, state: 'decided' },
    ]);
  });

  it('the audit trail has one entry for each act, and verifies', async () => {
    const entries = await quarter.commissioner.all<{ type: string }>(`${quarter.path}/audit`);
    const ours = entries.map(({ type }) => type).filter((type) => type.startsWith('claim.'));
    expect(ours.sort()).toEqual(['claim.decided', 'claim.submitted', 'claim.submitted']);
    const { body } = await quarter.commissioner.get(`${quarter.path}/audit/verification`);
    expect(body).toMatchObject({ verified: true });
  });
});
