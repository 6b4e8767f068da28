import type { INestApplication } from '@nestjs/common';
import { readCsv } from '../support/csv.reader.js';
import { problemIn, startTestApp, startTestWorker, type TestApp } from '../support/harness.js';
import {
  AFTER_SIX_MONTHS,
  aReviewedQuarter,
  type ReviewedQuarter,
} from '../support/reviewed-quarter.js';
import { expectReplayed } from '../support/replayed.js';

describe('the statement of a quarter', () => {
  let service: TestApp;
  let worker: INestApplication;
  let quarter: ReviewedQuarter;
  const statement = () => `${quarter.path}/statements/2015-Q4`;

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    quarter = await aReviewedQuarter(service, 'stated');
    const { path, provider, commissioner, computation } = quarter;
    const submitted = await provider.post(`${path}/claims`, { computation }).expect(201);
    const claim = submitted.headers['location']!;
    const { body } = await commissioner.get(`${claim}/lines`);
    const ofP2 = body.items.find((its: { participant: string }) => its.participant === 'P-2');
    await commissioner
      .post(
        `${claim}/decisions`,
        {
          decisions: [{ line: ofP2.line, decision: 'returned', reason: 'By telephone' }],
          approveUndecided: true,
        },
        { ifMatch: submitted.headers['etag']! },
      )
      .expect(201);
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  it('gives the commissioner outcomes and money against plan, from approved lines', async () => {
    const { status, body } = await quarter.commissioner.get(statement());
    expect(status).toBe(200);
    expect(body.inPeriod).toMatchObject({
      total: { all: { outcomes: 2, quantity: '5', amount: '3300.00' } },
      payers: [
        { payer: 'council', all: { amount: '1980.00' } },
        { payer: 'fund', all: { amount: '1320.00' } },
      ],
      plan: {
        planned: { quantity: '2', amount: '1320.00' },
        difference: { quantity: '3', amount: '1980.00' },
      },
    });
    expect(body.pending).toMatchObject({ returned: { lines: 1, amount: '660.00' } });
    expect(body.contract.standing).toBe('illustrative');
    expect(body.notes.join(' ')).toContain('without a control group');
  });

  it('rests on the computations and on the head of the audit trail', async () => {
    const { body } = await quarter.commissioner.get(statement());
    expect(body.basis.computations).toHaveLength(3);
    // the investor may verify the trail that the statement names, without reading it
    const { body: verification } = await quarter.investor.get(`${quarter.path}/audit/verification`);
    expect(JSON.stringify(verification)).toContain(body.basis.audit.hash);
    await quarter.investor.get(`${quarter.path}/audit`).expect(403);
  });

  it('is downloaded as CSV with the same numbers', async () => {
    const { body } = await quarter.commissioner.get(statement());
    const file = await quarter.commissioner.get(statement(), 'text/csv');
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(file.headers['content-disposition']).toContain('stated-2015-Q4-statement.csv');
    const rows = readCsv(file.text).filter(
      (row) => row['section'] === 'payer' && row['span'] === 'period' && row['source'] === 'all',
    );
    expect(rows.map((row) => [row['item'], row['value']])).toEqual(
      body.inPeriod.payers.map((its: { payer: string; all: { amount: string } }) => [
        its.payer,
        its.all.amount,
      ]),
    );
  });

  it('shows no person in either form', async () => {
    const json = (await quarter.commissioner.get(statement())).text;
    const csv = (await quarter.commissioner.get(statement(), 'text/csv')).text;
    for (const reference of Object.keys(AFTER_SIX_MONTHS))
      expect(json + csv).not.toContain(reference);
    expect(json + csv).not.toMatch(/stated\.\d+\.\d+|fell from/);
  });

  it('is found in the list of statements', async () => {
    const { body } = await quarter.commissioner.get(`${quarter.path}/statements`);
    expect(body.items).toMatchObject([
      { period: '2015-Q2', approved: '0.00' },
      { period: '2015-Q3', approved: '0.00' },
      { period: '2015-Q4', approved: '3300.00', links: { self: statement() } },
    ]);
  });

  it('lets the investor go no deeper', async () => {
    for (const path of ['claims', 'claims/1', 'claims/1/lines', 'participants', 'computations'])
      expect(problemIn(await quarter.investor.get(`${quarter.path}/${path}`))).toMatchObject({
        status: 403,
      });
  });

  it('says so when a period is not in the calendar or not computed yet', async () => {
    const missing = await quarter.commissioner.get(`${quarter.path}/statements/2031-Q1`);
    expect(problemIn(missing)).toMatchObject({ status: 404, code: 'NO_SUCH_PERIOD' });
    const early = await quarter.commissioner.get(`${quarter.path}/statements/2016-Q1`);
    expect(problemIn(early)).toMatchObject({ status: 404, code: 'PERIOD_NOT_COMPUTED' });
  });

  describe('as the investor reads it', () => {
    const issues = () => `${statement()}/issues`;
    let issued: string;

    it('is not there before a commissioner has issued it, and an investor cannot', async () => {
      const early = await quarter.investor.get(statement());
      expect(problemIn(early)).toMatchObject({ status: 404, code: 'STATEMENT_NOT_ISSUED' });
      expect((await quarter.investor.get(`${quarter.path}/statements`)).body.items).toEqual([]);
      expect(problemIn(await quarter.investor.post(issues(), {}))).toMatchObject({ status: 403 });
    });

    it('protects the two people behind its figures: they are held back, in either form', async () => {
      const { headers, body } = await quarter.commissioner.post(issues(), {}).expect(201);
      expect(headers['location']).toBe(`${statement()}?issue=1`);
      expect(body).toMatchObject({ number: 1, released: 0, amount: '0.00' });
      const answer = await quarter.investor.get(statement());
      issued = answer.text;
      expect(answer.body).toMatchObject({ released: [], inStatement: { amount: '0.00' } });
      expect(answer.body.heldBack[0].why).toBe('Of 0 to 7 people so far, and carried forward.');
      expect(answer.body.notes.join(' ')).toContain('without a control group');
      const csv = (await quarter.investor.get(statement(), 'text/csv')).text;
      for (const figure of ['3300.00', '1980.00', '1320.00', '660.00'])
        expect(csv.replace(/plan,.*/g, '')).not.toContain(figure);
    });

    it('rests on an entry of the audit trail that the investor can prove still stands', async () => {
      const { sequence, hash } = JSON.parse(issued).basis.audit;
      await quarter.investor
        .get(`${quarter.path}/audit/verification?notedSeq=${sequence}&notedHash=${hash}`)
        .expect(200);
    });

    it('stays the same, byte for byte, and each issue is found by its number', async () => {
      await quarter.commissioner.post(issues(), {}).expect(201);
      expect((await quarter.investor.get(`${statement()}?issue=1`)).text).toBe(issued);
      const none = await quarter.investor.get(`${statement()}?issue=9`);
      expect(problemIn(none)).toMatchObject({ status: 404, code: 'STATEMENT_NOT_ISSUED' });
      expect((await quarter.investor.get(`${statement()}?issue=x`)).status).toBe(400);
    });
  });

  it('is rebuilt whole from its trail and its terms', async () => {
    await expectReplayed(service, quarter);
  });
});
