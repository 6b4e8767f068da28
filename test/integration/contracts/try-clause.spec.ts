import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
  type TestPerson,
} from '../../support/harness.js';
import { buildProgram } from '../../support/worker-process.js';

const TWO_POINTS = {
  startedOn: '2015-06-04',
  observations: [
    { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-04', value: '8' },
    { metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-10', value: '6' },
  ],
};

describe('a clause that is tried', () => {
  let service: TestApp;
  let contract: TestContract;
  beforeAll(async () => {
    buildProgram();
    service = await startTestApp();
    contract = await aContract().in(service);
  }, 240_000);
  afterAll(() => service.stop());

  const attempt = (body: object, person: TestPerson = contract.investor) =>
    person.post('/v1/terms/try', { clause: '4.1', example: TWO_POINTS, ...body });

  it('of a contract is explained to whoever may read the contract', async () => {
    expect(await attempt({ contract: contract.code })).toMatchObject({
      status: 200,
      body: {
        clause: '4.1',
        amount: '1320.00',
        outcomes: [
          { occurrence: '6m', sentence: expect.stringContaining('UCLA fell from 8 to 6') },
        ],
      },
    });
    expect((await attempt({ contract: contract.code }, service.stranger)).status).toBe(401);
    const other = await aContract().withTerms({ code: 'other' }).in(service);
    expect((await attempt({ contract: other.code })).status).toBe(404);
  });

  it('of a document is explained to anyone signed in, and nothing is saved', async () => {
    const terms = trialTerms({ code: 'nowhere' });
    expect((await attempt({ terms })).body).toMatchObject({ amount: '1320.00' });
    expect((await attempt({ terms: JSON.stringify(terms) })).body.amount).toBe('1320.00');
    expect((await service.administrator.get('/v1/contracts/nowhere')).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ['neither', {}, 'TERMS_TO_TRY_UNCLEAR'],
    ['both', { terms: trialTerms(), contract: 'trial' }, 'TERMS_TO_TRY_UNCLEAR'],
    ['half of the terms', { terms: { ...trialTerms(), split: undefined } }, 'TERMS_NOT_WHOLE'],
    ['no terms at all', { terms: { format: 'x' } }, 'TERMS_REFUSED'],
    ['another clause', { contract: 'trial', clause: '9' }, 'CLAUSE_UNKNOWN'],
    ['another example', { contract: 'trial', example: 'Nine' }, 'EXAMPLE_UNKNOWN'],
    ['unknown values', { contract: 'trial', example: { gift: 1 } }, 'EXAMPLE_REFUSED'],
  ])('is refused for %s', async (_name, body, code) => {
    const answer = await attempt(body);
    expect(answer).toMatchObject({ status: 422, body: { code } });
  });

  it('leaves the service free to answer others meanwhile', async () => {
    await attempt({ contract: contract.code }); // the thread is there
    const example = {
      participants: [
        { startedOn: '2015-06-04', observations: TWO_POINTS.observations, times: 10_000 },
      ],
    };
    let isTried = false;
    const trial = attempt({ contract: contract.code, example }).then((answer) => {
      isTried = true;
      return answer;
    });
    const begun = performance.now();
    let longestMs = 0;
    while (!isTried) {
      const asked = performance.now();
      expect((await service.stranger.get('/v1/contracts')).status).toBe(401);
      longestMs = Math.max(longestMs, performance.now() - asked);
    }
    expect((await trial).status).toBe(200);
    // worked through by the service itself, it would keep one of them waiting for nearly all of its time
    expect(longestMs).toBeLessThan((performance.now() - begun) / 2);
  });

  it('is refused where the body is no trial', async () => {
    for (const example of [null, 3, [], undefined])
      expect((await attempt({ contract: contract.code, example })).status).toBe(400);
  });
});
