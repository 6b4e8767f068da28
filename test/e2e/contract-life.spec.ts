import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { aPerson, startTestApp, type TestApp, type TestPerson } from '../support/harness.js';
import { lonelinessTerms } from '../support/loneliness-terms.js';

describe('the life of a contract', () => {
  let api: TestApp;
  let provider: TestPerson;
  let commissioner: TestPerson;
  let investor: TestPerson;
  const code = 'worcestershire-loneliness';
  const at = (path: string) => `/v1/contracts/${code}${path}`;

  beforeAll(async () => {
    api = await startTestApp();
    [provider, commissioner, investor] = (await Promise.all(
      ['Pat', 'Connie', 'Ivy'].map((name) =>
        aPerson(api, { name, email: `${name.toLowerCase()}@example.org` }),
      ),
    )) as [TestPerson, TestPerson, TestPerson];
  });
  afterAll(() => api.stop());

  it('is drafted by an administrator from the YAML that a contract manager wrote', async () => {
    const terms = readFileSync('examples/contracts/worcestershire-loneliness/terms.yaml', 'utf8');
    const check = await provider.post('/v1/contract-checks', { terms });
    expect(check).toMatchObject({ status: 200, body: { canComeIntoForce: true, faults: [] } });
    const drafted = await api.administrator.post('/v1/contracts', { terms });
    expect(drafted).toMatchObject({ status: 201, body: { code, number: 1, state: 'draft' } });
    expect(drafted.headers['location']).toBe(`/v1/contracts/${code}`);
    expect(await provider.get(at(''))).toMatchObject({ status: 404 });
  });

  it('has members for the parties that its terms name', async () => {
    for (const [who, party, role] of [
      [provider, 'provider', 'provider'],
      [commissioner, 'county-council', 'commissioner'],
      [investor, 'investors', 'investor'],
    ] as const)
      expect(
        (await api.administrator.post(at('/members'), { email: who.email, party, role })).status,
      ).toBe(201);
    const list = await commissioner.get('/v1/contracts');
    expect(list.body.items).toEqual([
      expect.objectContaining({ code, you: { role: 'commissioner', party: 'county-council' } }),
    ]);
  });

  it('is redrafted by the commissioner, on the version that was read', async () => {
    const read = await commissioner.get(at(''));
    const replaced = await commissioner.put(
      at('/draft'),
      { terms: lonelinessTerms({ title: 'Worcestershire loneliness (illustrative), as agreed' }) },
      { ifMatch: read.headers['etag']! },
    );
    expect(replaced.status).toBe(200);
    expect(replaced.headers['etag']).not.toBe(read.headers['etag']);
  });

  it('comes into force when both sides have consented to the same hash', async () => {
    const { documentHash } = (await provider.get(at(''))).body.draft;
    const key = { idempotencyKey: randomUUID() };
    const first = await provider.post(at('/consents'), { documentHash }, key);
    expect(first).toMatchObject({ status: 201, body: { state: 'draft' } });
    const repeated = await provider.post(at('/consents'), { documentHash }, key);
    expect(repeated).toMatchObject({ status: 200, body: first.body });
    expect(repeated.headers['idempotency-replayed']).toBe('true');
    const second = await commissioner.post(at('/consents'), { documentHash });
    expect(second).toMatchObject({ status: 201, body: { state: 'active', documentHash } });
    expect((await investor.get(at(''))).body).toMatchObject({
      state: 'active',
      inForce: 1,
      draft: null,
    });
  });

  it('enrols participants, one by the exception of a payer', async () => {
    const somebody = {
      reference: 'WL-0001',
      cohort: 'year-1',
      startedOn: '2015-06-02',
      attributes: { area: 'Redditch', age: 72, screening_score: 8, lives_alone: true },
    };
    const enrolled = await provider.post(at('/participants'), somebody);
    expect(enrolled).toMatchObject({ status: 201, body: { reference: 'WL-0001', version: 1 } });
    const young = {
      ...somebody,
      reference: 'WL-0002',
      attributes: { ...somebody.attributes, age: 49 },
    };
    const admitted = { ...young, exceptionReason: 'Widowed at 49 and alone' };
    expect((await commissioner.post(at('/exceptions'), admitted)).status).toBe(201);
    const page = await commissioner.get(at('/participants?limit=1'));
    expect(page.body.items.map((one: { reference: string }) => one.reference)).toEqual(['WL-0001']);
    const next = await commissioner.get(at(`/participants?limit=1&cursor=${page.body.next}`));
    expect(next.body).toMatchObject({
      items: [{ reference: 'WL-0002', exceptionReason: 'Widowed at 49 and alone' }],
      next: null,
    });
  });

  it('corrects an enrolment as a new version that says why', async () => {
    const correction = {
      startedOn: '2015-06-09',
      attributes: { lives_alone: null },
      reason: 'Form misread',
    };
    const corrected = await provider.post(at('/participants/WL-0001/corrections'), correction);
    expect(corrected).toMatchObject({ status: 201, body: { reference: 'WL-0001', version: 2 } });
    const { body } = await provider.get(at('/participants/WL-0001'));
    expect(body).toMatchObject({
      version: 2,
      startedOn: '2015-06-09',
      correctionReason: 'Form misread',
    });
    expect(body.attributes).toEqual({ area: 'Redditch', age: 72, screening_score: 8 });
    expect(body.versions[0]).toMatchObject({
      version: 1,
      startedOn: '2015-06-02',
      correctionReason: null,
    });
  });

  it('shows what is due of a participant and how it stands', async () => {
    const scores = at('/participants/WL-0001/measurements');
    for (const [timePoint, measuredOn, score] of [
      ['baseline', '2015-06-10', 8],
      ['6m', '2016-02-01', 6],
    ] as const)
      await provider.post(scores, { metric: 'ucla', timePoint, measuredOn, score }).expect(201);
    const { body } = await commissioner.get(at('/participants/WL-0001'));
    expect(
      body.schedule.map(
        (due: Record<string, unknown>) =>
          [due['timePoint'], due['opensOn'], due['state'], due['flags']] as const,
      ),
    ).toEqual([
      ['baseline', '2015-05-12', 'recorded', ['baseline-after-start']],
      ['6m', '2015-11-09', 'late', []],
      ['18m', '2016-10-25', 'missed', []],
    ]);
  });

  it('is amended with a reason, told in words, and keeps the edition before', async () => {
    const terms = lonelinessTerms();
    const cohorts = terms['cohorts'] as object[];
    const longer = {
      id: 'last-month',
      label: 'A last month of intake',
      opensOn: '2018-04-01',
      closesOn: '2018-04-30',
    };
    const amended = await commissioner.post(at('/amendments'), {
      terms: { ...terms, cohorts: [...cohorts, longer] },
      effectiveFrom: '2018-04-01',
      reason: 'Intake is extended by a month',
    });
    expect(amended).toMatchObject({ status: 201, body: { number: 2, state: 'draft' } });
    const { draft } = (await provider.get(at(''))).body;
    expect(draft.changes.join(' ')).toContain('last-month');
    for (const who of [commissioner, provider])
      expect((await who.post(at('/consents'), { documentHash: draft.documentHash })).status).toBe(
        201,
      );
    expect((await investor.get(at('/terms'))).body).toMatchObject({
      number: 2,
      effectiveFrom: '2018-04-01',
    });
    expect((await investor.get(at('/terms/1'))).body.terms.cohorts).toHaveLength(3);
  });

  it('has every act in its audit trail, in order and unbroken', async () => {
    const { body } = await commissioner.get(at('/audit'));
    expect(body.items.map((entry: { type: string }) => entry.type)).toEqual([
      'contract.drafted',
      'member.added',
      'member.added',
      'member.added',
      'terms.draft-replaced',
      'terms.consented',
      'terms.consented',
      'terms.activated',
      'participant.enrolled',
      'participant.enrolled',
      'personal-data.listed',
      'personal-data.listed',
      'enrolment.corrected',
      'personal-data.read',
      'measurement.recorded',
      'measurement.recorded',
      'personal-data.read',
      'terms.amendment-drafted',
      'terms.consented',
      'terms.consented',
      'terms.activated',
    ]);
    expect((await commissioner.get(at('/audit/verification'))).body.verified).toBe(true);
  });

  it("can be opened by a commissioner's person, who acts for a party of the new terms", async () => {
    const terms = lonelinessTerms({ code: 'second-contract' });
    const opened = await commissioner.post('/v1/contracts', { terms, actingFor: 'nhs-ccgs' });
    expect(opened.status).toBe(201);
    const { body } = await commissioner.get('/v1/contracts/second-contract');
    expect(body.you).toEqual({ role: 'commissioner', party: 'nhs-ccgs' });
    const page = await commissioner.get('/v1/contracts?limit=1');
    const next = await commissioner.get(`/v1/contracts?limit=1&cursor=${page.body.next}`);
    expect([page, next].map((list) => list.body.items[0].code)).toEqual(['second-contract', code]);
    expect(next.body.next).toBeNull();
  });

  it('publishes the schema of a terms document to everybody', async () => {
    const schema = await api.stranger.get('/v1/terms-schema').expect(200);
    expect(schema.body).toMatchObject({
      type: 'object',
      title: expect.stringContaining('terms'),
    });
  });
});
