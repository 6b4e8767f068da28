import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';

describe('single measurements', () => {
  let service: TestApp;
  let contract: TestContract;
  const at = (path = '') => `${contract.path}/participants/P-1/measurements${path}`;

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    const job = {
      id: 'job',
      kind: 'event',
      label: 'A job',
      paid: false,
      definition: 'Paid work of 16 hours a week.',
      evidence: ['Payslip'],
    };
    contract = await aContract()
      .withTerms({ metrics: [...trialTerms().metrics, job] })
      .withParticipants({ reference: 'P-1', startedOn: '2015-06-04' })
      .in(service);
  });
  afterAll(() => service.stop());

  const SIX_MONTHS = { metric: 'ucla', timePoint: '6m', measuredOn: '2015-12-10', score: 6 };

  it('are recorded with their answers, whose total must agree', async () => {
    const items = { companionship: 2, left_out: 3, isolated: 3 };
    const baseline = { metric: 'ucla', timePoint: 'baseline', measuredOn: '2015-06-04', items };
    const disagreeing = await contract.officer.post(at(), { ...baseline, score: 7 });
    expect(disagreeing).toMatchObject({
      status: 422,
      body: { faults: [{ at: '/score', code: 'SCORE_DISAGREES_WITH_ITEMS' }] },
    });
    const answer = await contract.officer.post(at(), baseline);
    expect(answer).toMatchObject({ status: 201, body: { occurrence: 'baseline', version: 1 } });
    const { measurements } = (await contract.verifier.get(at())).body;
    expect(measurements).toEqual([expect.objectContaining({ value: 8, items })]);
  });

  it('outside their window are kept and shown as late', async () => {
    const late = await contract.officer.post(at(), { ...SIX_MONTHS, measuredOn: '2016-02-01' });
    expect(late.status).toBe(201);
    const { schedule } = (await contract.verifier.get(at())).body;
    expect(schedule.map((due: { state: string }) => due.state)).toEqual(['recorded', 'late']);
  });

  it('are recorded once; what was wrong is corrected with a reason, and the old version stays', async () => {
    const again = await contract.officer.post(at(), SIX_MONTHS);
    expect(again).toMatchObject({ status: 409, body: { code: 'MEASUREMENT_RECORDED_ALREADY' } });
    const path = at('/ucla/6m/corrections');
    const change = { measuredOn: '2015-12-10', score: 6 };
    expect((await contract.officer.post(path, change)).status).toBe(400);
    const early = { ...change, measuredOn: '2015-06-03', reason: 'typed wrong' };
    expect((await contract.officer.post(path, early)).body.faults).toEqual([
      expect.objectContaining({ code: 'FOLLOW_UP_BEFORE_BASELINE' }),
    ]);
    const right = { ...change, reason: 'typed wrong' };
    expect(await contract.officer.post(path, right)).toMatchObject({
      status: 201,
      body: { version: 2 },
    });
    expect((await contract.officer.post(path, right)).body.code).toBe('MEASUREMENT_UNCHANGED');
    const { measurements } = (await contract.verifier.get(at())).body;
    const of6m = measurements.filter((m: { occurrence: string }) => m.occurrence === '6m');
    expect(of6m.map((m: Record<string, unknown>) => [m['version'], m['measuredOn']])).toEqual([
      [1, '2016-02-01'],
      [2, '2015-12-10'],
    ]);
  });

  it('of events are recorded by their own reference, and taken back as a correction', async () => {
    const event = {
      metric: 'job',
      event: 'J-0001',
      measuredOn: '2016-01-04',
      note: 'payslip seen',
    };
    expect((await contract.officer.post(at(), event)).status).toBe(201);
    const back = { measuredOn: '2016-01-04', status: 'void', reason: 'another person' };
    const path = at('/job/J-0001/corrections');
    expect((await contract.officer.post(path, back)).body).toMatchObject({ version: 2 });
    const unknown = at('/job/J-0002/corrections');
    expect((await contract.officer.post(unknown, back)).body.faults[0].code).toBe(
      'NOTHING_TO_CORRECT',
    );
  });

  it('are for those who may enter them, of people who are enrolled', async () => {
    expect((await contract.commissioner.post(at(), SIX_MONTHS)).status).toBe(403);
    expect((await contract.investor.get(at())).status).toBe(403);
    const nobody = `${contract.path}/participants/P-9/measurements`;
    expect((await contract.officer.post(nobody, SIX_MONTHS)).status).toBe(404);
  });
});
