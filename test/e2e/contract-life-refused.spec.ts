import type { Response } from 'supertest';
import { randomUUID } from 'node:crypto';
import { aPerson, startTestApp, type TestApp, type TestPerson } from '../support/harness.js';
import { lonelinessTerms } from '../support/loneliness-terms.js';

describe('what is refused in the life of a contract', () => {
  let api: TestApp;
  let provider: TestPerson;
  let commissioner: TestPerson;
  const code = 'refusals';
  const at = (path: string) => `/v1/contracts/${code}${path}`;
  const refused = ({ status, body }: Response) => [status, body.code];
  const faultsOf = ({ body }: Response) =>
    (body.faults as { code: string }[]).map((fault) => fault.code);

  beforeAll(async () => {
    api = await startTestApp();
    [provider, commissioner] = (await Promise.all(
      ['Pat', 'Connie'].map((name) =>
        aPerson(api, { name, email: `${name.toLowerCase()}@example.org` }),
      ),
    )) as [TestPerson, TestPerson];
    const drafted = await api.administrator.post('/v1/contracts', {
      terms: lonelinessTerms({ code }),
    });
    await api.administrator.post(at('/members'), {
      email: provider.email,
      party: 'provider',
      role: 'provider',
    });
    await api.administrator.post(at('/members'), {
      email: commissioner.email,
      party: 'county-council',
      role: 'commissioner',
    });
    const { documentHash } = drafted.body;
    await provider.post(at('/consents'), { documentHash });
    const active = await commissioner.post(at('/consents'), { documentHash });
    expect(active.body.state).toBe('active');
  });
  afterAll(() => api.stop());

  describe('terms', () => {
    const check = async (terms: unknown) =>
      (await provider.post('/v1/contract-checks', { terms })).body.faults;

    it.each([
      [
        'shares that come to 99.99 %',
        { split: { type: 'S1', shares: [{ payer: 'county-council', share: '99.99%' }] } },
        /^\/split/,
      ],
      ['no population', { population: undefined }, /^\/population/],
      ['no comparison', { comparison: undefined }, /^\/comparison/],
      [
        'a rule type that is not supported',
        { clauses: [{ id: '1', title: 'Tiers', rule: { type: 'R99' }, verifiedBy: 'evaluator' }] },
        /^\/clauses\/0\/rule/,
      ],
      ['a term that is not known', { gift: true }, /^\/gift/],
    ])('%s are named by their place', async (_what, change, place) => {
      const faults = await check(lonelinessTerms(change));
      expect(faults.map((fault: { at: string }) => fault.at)).toContainEqual(
        expect.stringMatching(place),
      );
    });

    it('a negative tariff and a window that closes before it opens', async () => {
      const terms = lonelinessTerms() as unknown as {
        clauses: { rule: Record<string, unknown> }[];
        metrics: { timePoints: object[] }[];
      };
      terms.clauses[0]!.rule['rate'] = '-660.00';
      terms.metrics[0]!.timePoints[1] = {
        ...terms.metrics[0]!.timePoints[1],
        opensDays: 30,
        closesDays: -30,
      };
      const places = (await check(terms)).map((fault: { at: string }) => fault.at);
      expect(places).toContainEqual('/clauses/0/rule/rate');
      expect(places).toContainEqual(expect.stringMatching(/^\/metrics\/0\/timePoints\/1/));
    });

    it.each([
      ['a key that stands twice', 'format: outturn-terms/1\ncode: a\ncode: b\n'],
      ['an alias', 'format: outturn-terms/1\ncode: a\ntitle: &x T\nsources: [*x]\n'],
      ['no YAML at all', '{ "format": '],
      ['a NUL', 'format: outturn-terms/1\ncode: a\ntitle: "x\\0"\n'],
    ])('%s', async (_what, terms) => {
      expect(refused(await api.administrator.post('/v1/contracts', { terms }))).toEqual([
        422,
        'TERMS_REFUSED',
      ]);
      expect((await check(terms)).length).toBeGreaterThan(0);
    });

    it('nothing, a number, a list', async () => {
      for (const terms of [undefined, 7, [], '  '])
        expect(refused(await api.administrator.post('/v1/contracts', { terms }))).toEqual([
          400,
          'VALIDATION_FAILED',
        ]);
    });

    it('JSON nested beyond reason', async () => {
      const terms = `${'['.repeat(5000)}${']'.repeat(5000)}`;
      expect((await api.administrator.post('/v1/contracts', { terms })).status).toBe(422);
      const deep = `{"terms":{"a":${terms}}}`;
      const answer = await api.app.inject({
        method: 'POST',
        url: '/v1/contracts',
        headers: {
          authorization: `Bearer ${api.administrator.key}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        payload: deep,
      });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'JSON_TOO_DEEP']);
    });
  });

  describe('acts', () => {
    it('a party who opens a contract, an administrator who acts as one', async () => {
      expect(
        refused(
          await provider.post('/v1/contracts', { terms: lonelinessTerms({ code: 'other' }) }),
        ),
      ).toEqual([403, 'PERMISSION_REFUSED']);
      const { documentHash } = (await api.administrator.get(at(''))).body.editions[0];
      expect(refused(await api.administrator.post(at('/consents'), { documentHash }))).toEqual([
        403,
        'PERMISSION_REFUSED',
      ]);
    });

    it('a commissioner who opens a contract for nobody, or for a party of another kind', async () => {
      const terms = lonelinessTerms({ code: 'other' });
      for (const actingFor of [undefined, 'provider', 'nobody'])
        expect(refused(await commissioner.post('/v1/contracts', { terms, actingFor }))).toEqual([
          409,
          'PARTY_NOT_IN_TERMS',
        ]);
      const asParty = await api.administrator.post('/v1/contracts', {
        terms,
        actingFor: 'county-council',
      });
      expect(refused(asParty)).toEqual([409, 'ADMINISTRATOR_IS_NO_PARTY']);
    });

    it('a member for a party that the terms do not name', async () => {
      const member = { email: provider.email, party: 'nobody', role: 'observer' };
      expect(refused(await api.administrator.post(at('/members'), member))).toEqual([
        409,
        'PARTY_NOT_IN_TERMS',
      ]);
    });

    it('a replacement without If-Match, and one where no draft is open', async () => {
      const body = { terms: lonelinessTerms({ code }) };
      expect((await commissioner.put(at('/draft'), body)).status).toBe(428);
      expect(
        refused(await commissioner.put(at('/draft'), body, { ifMatch: '"contract.refusals.1"' })),
      ).toEqual([412, 'VERSION_STALE']);
      const { headers } = await commissioner.get(at(''));
      expect(
        refused(await commissioner.put(at('/draft'), body, { ifMatch: headers['etag']! })),
      ).toEqual([409, 'NO_DRAFT']);
    });

    it('an amendment before the edition in force, or by a provider', async () => {
      const body = {
        terms: lonelinessTerms({ code, title: 'T' }),
        effectiveFrom: '2015-01-01',
        reason: 'r',
      };
      const answer = await commissioner.post(at('/amendments'), body);
      expect(refused(answer)).toEqual([422, 'AMENDMENT_REFUSED']);
      expect(faultsOf(answer)).toEqual(['AMENDMENT_TOO_EARLY']);
      expect((await provider.post(at('/amendments'), body)).status).toBe(403);
    });

    it('a key used for two things, and none', async () => {
      const key = { idempotencyKey: randomUUID() };
      await provider.post(at('/participants'), enrolment({ reference: 'K-1' }), key);
      expect(
        refused(await provider.post(at('/participants'), enrolment({ reference: 'K-2' }), key)),
      ).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
      const none = await provider.post(at('/participants'), enrolment({ reference: 'K-3' }), {
        idempotencyKey: null,
      });
      expect(refused(none)).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
    });

    it.each([
      '/v1/contracts/no-such',
      '/v1/contracts/a%00b',
      '/v1/contracts/refusals/terms/0',
      '/v1/contracts/refusals/terms/x',
      '/v1/contracts/refusals/participants/X-9',
      '/v1/contracts/refusals/participants/a%00b',
    ])('an address of nothing: %s', async (url) => {
      expect(refused(await commissioner.get(url))).toEqual([404, 'NOT_FOUND']);
    });

    it('a query that is not known, a cursor that was made up, a limit beyond the page', async () => {
      for (const query of [
        '?colour=red',
        '?cursor=abc',
        '?limit=0',
        '?limit=501',
        '?limit=1&limit=2',
      ])
        expect((await commissioner.get(at(`/participants${query}`))).status).toBe(400);
      expect((await commissioner.get('/v1/contracts?cursor=WzFd')).status).toBe(400);
    });
  });

  const enrolment = (change: object = {}) => ({
    reference: 'R-1',
    cohort: 'year-1',
    startedOn: '2015-06-02',
    attributes: { area: 'Redditch', age: 72, screening_score: 8 },
    ...change,
  });

  describe('enrolment', () => {
    it.each([
      ['an NHS number', { reference: '943 476 5919' }, 'REFERENCE_IS_NHS_NUMBER'],
      ['an e-mail address', { reference: 'jo@example.org' }, 'REFERENCE_IS_EMAIL'],
      ['a postcode', { reference: 'WR1 2AB' }, 'REFERENCE_IS_POSTCODE'],
      ['a name', { reference: 'Mary Jones' }, 'REFERENCE_IS_NAME'],
      ['a NUL', { reference: 'a\u0000b' }, 'REFERENCE_SHAPE'],
      ['an unknown cohort', { cohort: 'year-9' }, 'COHORT_UNKNOWN'],
      ['a start outside the cohort', { startedOn: '2014-06-02' }, 'START_OUTSIDE_COHORT'],
      ['a start that is no day', { startedOn: '2015-06-31' }, 'NOT_A_DATE'],
      [
        'an undeclared attribute',
        { attributes: { age: 72, screening_score: 8, height: 170 } },
        'ATTRIBUTE_UNKNOWN',
      ],
      [
        'an attribute of the wrong kind',
        { attributes: { age: 'old', screening_score: 8 } },
        'ATTRIBUTE_VALUE',
      ],
      ['somebody ineligible', { attributes: { age: 49, screening_score: 8 } }, 'INELIGIBLE'],
    ])('%s', async (_what, change, fault) => {
      const answer = await provider.post(at('/participants'), enrolment(change));
      expect(refused(answer)).toEqual([422, 'ENROLMENT_REFUSED']);
      expect(faultsOf(answer)).toEqual([fault]);
    });

    it('an unknown property, an attribute that is a list, an exception by the provider', async () => {
      expect((await provider.post(at('/participants'), enrolment({ name: 'Mary' }))).status).toBe(
        400,
      );
      expect(
        (await provider.post(at('/participants'), enrolment({ attributes: { age: [1] } }))).status,
      ).toBe(400);
      const exception = enrolment({ exceptionReason: 'Alone' });
      expect((await provider.post(at('/participants'), exception)).status).toBe(400);
      expect(refused(await provider.post(at('/exceptions'), exception))).toEqual([
        403,
        'PERMISSION_REFUSED',
      ]);
      expect(faultsOf(await commissioner.post(at('/exceptions'), exception))).toEqual([
        'EXCEPTION_NOT_NEEDED',
      ]);
    });

    it('the same person twice, or with other capitals, or by the commissioner', async () => {
      const first = await provider.post(at('/participants'), enrolment({ reference: 'Twice-1' }));
      expect(first.status).toBe(201);
      expect(
        refused(await provider.post(at('/participants'), enrolment({ reference: 'Twice-1' }))),
      ).toEqual([409, 'PARTICIPANT_ENROLLED_ALREADY']);
      expect(
        faultsOf(await provider.post(at('/participants'), enrolment({ reference: 'TWICE-1' }))),
      ).toEqual(['REFERENCE_DIFFERS_BY_CASE']);
      expect(
        (await commissioner.post(at('/participants'), enrolment({ reference: 'X-1' }))).status,
      ).toBe(403);
    });

    it('a correction without a reason, with a control character, or of nothing', async () => {
      const url = at('/participants/Twice-1/corrections');
      expect((await provider.post(url, { startedOn: '2015-06-03' })).status).toBe(400);
      expect(
        (await provider.post(url, { startedOn: '2015-06-03', reason: 'a\u0000b' })).status,
      ).toBe(400);
      expect(
        refused(await provider.post(url, { startedOn: '2015-06-02', reason: 'Nothing' })),
      ).toEqual([409, 'CORRECTION_CHANGES_NOTHING']);
      expect(
        faultsOf(
          await provider.post(url, { exitedOn: '2015-06-01', exitReason: 'left', reason: 'r' }),
        ),
      ).toEqual(['EXIT_BEFORE_START']);
    });
  });
});
