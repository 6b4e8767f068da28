import type { INestApplication } from '@nestjs/common';
import {
  aContract,
  compute,
  startTestApp,
  startTestWorker,
  type TestApp,
} from '../support/harness.js';

describe('scores become an explained payment', () => {
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

  it('through the queue, once, split between the payers to the penny', async () => {
    const contract = await aContract()
      .withParticipants({ reference: 'P-001', startedOn: '2015-06-02' })
      .withScores(
        { reference: 'P-001', timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 },
        { reference: 'P-001', timePoint: '6m', measuredOn: '2015-12-10', score: 6 },
      )
      .in(service);
    for (const empty of ['2015-Q2', '2015-Q3'])
      expect(await compute(contract.provider, contract.path, empty)).toMatchObject({
        state: 'computed',
      });
    const job = await compute(contract.provider, contract.path, '2015-Q4');
    expect(job.state).toBe('computed');

    const lines = await contract.investor.get(`/v1/computations/${job.id}/lines`);
    expect(lines.status).toBe(403);
    const [line, ...others] = await contract.commissioner.all<Record<string, unknown>>(
      `/v1/computations/${job.id}/lines`,
    );
    expect(others).toEqual([]);
    expect(JSON.stringify(line)).toContain('1320.00');
    expect(JSON.stringify(line)).toContain('792.00');
    expect(JSON.stringify(line)).toContain('528.00');

    const again = await compute(contract.provider, contract.path, '2015-Q4');
    expect(again.state).toBe('computed');
    expect(await contract.commissioner.all(`/v1/computations/${again.id}/lines`)).toEqual([]);
  });
});
