import type { INestApplication } from '@nestjs/common';
import { explanationInWords } from '../../../src/cli/explain.command.js';
import type { LineExplanation } from '../../../src/payments/payment-line.view.js';
import { aRate, anEffect } from '../../support/figures.builder.js';
import {
  aContract,
  compute,
  startTestApp,
  startTestWorker,
  trialTerms,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';
import { expectReplayed } from '../../support/replayed.js';

const REPORT = 'ab'.repeat(32);
const clause = (id: string, title: string, rule: object) => ({
  id,
  title,
  rule,
  modifiers: [],
  verifiedBy: 'university',
});
const CLAUSES = [
  clause('1', 'Visits on time', {
    type: 'R11',
    measure: { of: 'rate', metric: 'on-time' },
    pays: { by: 'bonus', pass: 'above', threshold: '80%', amount: '100.00' },
  }),
  clause('2', 'Fewer reconvictions', {
    type: 'R6',
    metric: 'reconvictions',
    trigger: '10%',
    pooledTrigger: '7.5%',
    pays: { by: 'cohort', amount: '1000.00' },
  }),
  clause('3', 'Less alone', {
    type: 'R5',
    measure: {
      of: 'mean-change',
      metric: 'ucla',
      timePoint: '6m',
      missing: 'exclude',
      over: 'cohort',
    },
    floor: '0',
    ceiling: '4',
    pays: { by: 'maximum', amount: '1000.00' },
  }),
];

describe('a line about a cohort, explained', () => {
  let service: TestApp;
  let worker: INestApplication;
  let contract: TestContract;
  const explained = async (line: string) =>
    (await contract.topUpFund.get(`/v1/lines/${contract.code}.${line}`).expect(200))
      .body as LineExplanation;

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    service.travelTo('2018-06-01T12:00:00Z');
    contract = await aContract()
      .withTerms({
        metrics: [...trialTerms().metrics, aRate({ paid: true }), anEffect({ paid: true })],
        clauses: CLAUSES,
        caps: [],
        plan: [],
        effective: { from: '2015-04-01', to: '2018-01-01' },
        periods: { type: 'list', periods: [{ id: 'all', from: '2015-04-01', to: '2018-01-01' }] },
      })
      .withParticipants({ reference: 'P-1', startedOn: '2015-06-04' })
      .withScores(
        { reference: 'P-1', timePoint: 'baseline', measuredOn: '2015-06-04', score: 8 },
        { reference: 'P-1', timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
      )
      .in(service);
    const figure = { metric: 'on-time', from: '2015-04-01', to: '2015-07-01', denominator: '120' };
    await contract.officer
      .post(`${contract.path}/figures`, { figures: [{ ...figure, numerator: '103' }] })
      .expect(201);
    const result = {
      metric: 'reconvictions',
      n: 936,
      signedOn: '2016-03-01',
      documentHash: REPORT,
    };
    for (const [cohort, value] of [
      ['all', '8.4%'],
      ['*', '9.0%'],
    ])
      await contract.verifier
        .post(`${contract.path}/effects`, { ...result, cohort, value, low: '2.1%', high: '14.7%' })
        .expect(201);
    await compute(contract.provider, contract.path, 'all');
    const corrected = { ...figure, numerator: '90', correctionReason: 'a recount' };
    await contract.officer.post(`${contract.path}/figures`, { figures: [corrected] }).expect(201);
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  const lines = async () =>
    contract.commissioner.all<{ clause: string; cohort: string; reference: string }>(
      `/v1/computations/${(await contract.commissioner.all<{ id: string }>(`${contract.path}/computations`))[0]!.id}/lines`,
    );
  const numberOf = async (clauseId: string, cohort: string) =>
    (await lines())
      .find((one) => one.clause === clauseId && one.cohort === cohort)!
      .reference.slice(contract.code.length + 1);

  it('shows the figure that it counted, and that it was corrected since', async () => {
    const line = await explained(await numberOf('1', '*'));
    expect(line.figures).toEqual([
      expect.objectContaining({
        name: 'on-time/all/2015-04-01#1',
        numerator: '103',
        denominator: '120',
        definition: '2015',
        superseded: true,
      }),
    ]);
    expect(explanationInWords(line)).toContain(
      'Rests on    on-time/all/2015-04-01#1: 103 of 120 from 2015-04-01 up to 2015-07-01, counted by definition 2015, since corrected',
    );
    expect(explanationInWords(line)).toContain('in 1 line of clause 1');
  });

  it('shows every signed result behind a pooled payment, with its day and its report', async () => {
    const line = await explained(await numberOf('2', '*'));
    expect(line.effects).toEqual([
      expect.objectContaining({ cohort: '*', value: '9%', signedOn: '2016-03-01' }),
      expect.objectContaining({ cohort: 'all', value: '8.4%', documentHash: REPORT }),
    ]);
    expect(explanationInWords(line)).toContain(
      `Rests on    reconvictions/*#1: 9% (2.1% to 14.7%) over 936, signed on 2016-03-01 for university, report sha256:${REPORT}`,
    );
  });

  it('says how many measurements it rests on, and names nobody', async () => {
    const line = await explained(await numberOf('3', 'all'));
    expect(line).toMatchObject({ figures: [], effects: [], measurements: [] });
    const words = explanationInWords(line);
    expect(words).toContain('Rests on    2 measurement versions, sha256-sum:');
    expect(words).not.toContain('P-1');
  });

  it('is rebuilt whole from its trail and its terms', async () => {
    await expectReplayed(service, contract);
  });
});
