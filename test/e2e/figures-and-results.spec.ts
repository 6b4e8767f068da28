import { aRate, anEffect } from '../support/figures.builder.js';
import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
} from '../support/harness.js';
import { expectReplayed } from '../support/replayed.js';

const REPORT = 'c0ffee00'.repeat(8);

describe('a quarter of visits and an evaluator’s result', () => {
  let service: TestApp;
  let contract: TestContract;

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-01-10T09:00:00Z');
    contract = await aContract()
      .withTerms({
        metrics: [
          ...trialTerms().metrics,
          aRate({ completes: ['late', 'unseen'] }),
          aRate({ id: 'late', label: 'Visits late' }),
          aRate({ id: 'unseen', label: 'Not seen' }),
          anEffect(),
        ],
      })
      .in(service);
  });
  afterAll(() => service.stop());

  const figures = (file: string) =>
    contract.officer.upload(`${contract.path}/imports/figures`, file);
  const listed = (person = contract.commissioner) =>
    person.all<Record<string, unknown>>(`${contract.path}/figures`);
  const HEADER = 'metric,from,to,numerator,denominator,correction_reason';
  const row = (metric: string, of: string, reason = '') =>
    `${metric},2015-10-01,2016-01-01,${of},${reason}`;

  it('given a quarter that is over, the provider submits what does not add up, and nothing is kept', async () => {
    const file = [HEADER, row('on-time', '103,120'), row('late', '12,120'), row('unseen', '6,120')];
    expect((await figures(file.join('\n'))).body).toMatchObject({
      code: 'FILE_REFUSED',
      faults: [
        {
          row: 4,
          column: 'numerator',
          code: 'PARTS_DO_NOT_SUM',
          detail: expect.stringContaining('Visits on time 103, Visits late 12, Not seen 6'),
        },
      ],
    });
    expect(await listed()).toEqual([]);
  });

  it('when it adds up, the commissioner sees each figure with its definition', async () => {
    const file = [HEADER, row('on-time', '103,120'), row('late', '12,120'), row('unseen', '5,120')];
    expect((await figures(file.join('\n'))).status).toBe(201);
    expect(
      (await listed()).map(({ name, numerator, definition }) => [name, numerator, definition]),
    ).toEqual([
      ['late/all/2015-10-01#1', '12', '2015'],
      ['on-time/all/2015-10-01#1', '103', '2015'],
      ['unseen/all/2015-10-01#1', '5', '2015'],
    ]);
  });

  it('when two were counted wrongly, both are corrected together and the old ones stay', async () => {
    const reason = 'a late visit was recorded as on time';
    const file = [HEADER, row('on-time', '102,120', reason), row('late', '13,120', reason)];
    expect((await figures(file.join('\n'))).body).toMatchObject({ rowsCorrected: 2 });
    expect((await listed()).filter(({ superseded }) => superseded)).toHaveLength(2);
  });

  it('when the evaluator signs its result and supersedes it, everybody who pays can read both', async () => {
    const result = {
      metric: 'reconvictions',
      n: 936,
      signedOn: '2016-01-08',
      documentHash: REPORT,
    };
    const sign = (more: object) =>
      contract.verifier.post(`${contract.path}/effects`, { ...result, ...more });
    await sign({ value: '8.4%' }).expect(201);
    await sign({ value: '9.0%', correctionReason: 'two prisons reported late' }).expect(201);
    const seen = await contract.topUpFund.all<Record<string, unknown>>(`${contract.path}/effects`);
    expect(seen.map(({ name, value, superseded }) => [name, value, superseded])).toEqual([
      [`reconvictions/*#1 sha256:${REPORT}`, '8.4%', true],
      [`reconvictions/*#2 sha256:${REPORT}`, '9%', false],
    ]);
  });

  it('then the trail names each act once, and verifies', async () => {
    const entries = await contract.commissioner.all<{ type: string }>(`${contract.path}/audit`);
    expect(entries.map(({ type }) => type).slice(-4)).toEqual([
      'figures.imported',
      'figures.imported',
      'effect.signed',
      'effect.superseded',
    ]);
    const { body } = await contract.commissioner.get(`${contract.path}/audit/verification`);
    expect(body).toMatchObject({ verified: true, firstBad: null });
  });

  it('is rebuilt whole from its trail and its terms', async () => {
    await expectReplayed(service, contract);
  });
});
