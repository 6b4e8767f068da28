import { aContract, problemIn, startTestApp, type TestApp } from '../support/harness.js';

describe('a contract comes into force', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());

  it('by the consent of both sides, and is seen by its parties only', async () => {
    const contract = await aContract().in(service);
    const seen = await contract.investor.get(contract.path).expect(200);
    expect(seen.body).toMatchObject({ code: 'trial', state: 'active' });

    const other = await aContract().withTerms({ code: 'other' }).asDraft().in(service);
    const refused = await contract.provider.get(other.path).expect(404);
    expect(problemIn(refused).code).toBe('NOT_FOUND');
    expect(problemIn(await service.stranger.get(contract.path)).code).toBe('NOT_SIGNED_IN');
  });
});
