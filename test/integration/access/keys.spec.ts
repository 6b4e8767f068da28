import request from 'supertest';
import type { Config } from '../../../src/platform/config/config.js';
import { CONFIG } from '../../../src/platform/config/config.module.js';
import {
  aContract,
  problemIn,
  startTestApp,
  TestPerson,
  trialTerms,
  type TestApp,
} from '../../support/harness.js';

let service: TestApp;
let pat: TestPerson;
const path = (code: string) => `/v1/contracts/${code}`;

beforeAll(async () => {
  service = await startTestApp();
  service.travelTo('2026-01-05T09:00:00Z');
  const added = await service.administrator
    .post('/v1/people', { email: 'pat@example.org', name: 'Pat Provider' })
    .expect(201);
  pat = withKey(added.body.apiKey as string);
  for (const code of ['first', 'second']) await draftFor(code);
});
afterAll(() => service.stop());

const withKey = (key: string) => new TestPerson(service.app, { name: 'x', email: 'x', key });
const issue = async (body: object): Promise<TestPerson & { keyId: string }> => {
  const { body: issued } = await pat.post('/v1/me/keys', { label: 'upload', ...body }).expect(201);
  return Object.assign(withKey(issued.apiKey as string), { keyId: issued.keyId as string });
};

/** A draft in which Pat acts for the provider. */
async function draftFor(code: string): Promise<void> {
  const party = trialTerms().parties.find(({ role }) => role === 'provider')!.id;
  await aContract().withTerms({ code }).asDraft().in(service);
  await service.administrator
    .post(`${path(code)}/members`, { email: 'pat@example.org', party, role: 'provider' })
    .expect(201);
}

describe("a key of one's own", () => {
  it('reaches only the contracts it is narrowed to, and the others cannot be told from none', async () => {
    const key = await issue({ contracts: ['first'] });
    await key.get(path('first')).expect(200);
    const other = await key.get(path('second'));
    const none = await key.get(path('no-such'));
    expect(problemIn(other)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(problemIn(none).detail).toBe(problemIn(other).detail);
    expect((await key.all<{ code: string }>('/v1/contracts')).map(({ code }) => code)).toEqual([
      'first',
    ]);
    expect((await pat.all<{ code: string }>('/v1/contracts')).length).toBe(2);
  });

  it('is good for the acts it is narrowed to, and for none that its person may not do', async () => {
    const key = await issue({ permissions: ['contract:read', 'claim:decide'] });
    await key.get(path('first')).expect(200);
    const participants = await key.get(`${path('first')}/participants`);
    expect(problemIn(participants)).toMatchObject({ status: 403, code: 'KEY_TOO_NARROW' });
    const claim = await key.post(
      `${path('first')}/claims/1/decisions`,
      { approveUndecided: true },
      { ifMatch: '"x"' },
    );
    expect(problemIn(claim)).toMatchObject({ status: 403, code: 'PERMISSION_REFUSED' });
  });

  it('is dead after its days, and at once when it is revoked', async () => {
    const short = await issue({ expiresInDays: 1 });
    const revoked = await issue({});
    await short.get('/v1/me').expect(200);
    await pat.delete(`/v1/me/keys/${revoked.keyId}`).expect(204);
    expect(problemIn(await revoked.get('/v1/me'))).toMatchObject({ status: 401 });
    service.travelTo('2026-01-06T08:59:59Z');
    await short.get('/v1/me').expect(200);
    service.travelTo('2026-01-06T09:00:00Z');
    expect(problemIn(await short.get('/v1/me'))).toMatchObject({ status: 401 });
  });

  it('says to the minute when it was last used, and never its secret', async () => {
    service.travelTo('2026-01-07T10:00:00Z');
    const key = await issue({
      label: 'nightly',
      contracts: ['first'],
      permissions: ['contract:read'],
    });
    await key.get('/v1/me').expect(200);
    service.travelTo('2026-01-07T10:00:59Z');
    await key.get('/v1/me').expect(200);
    const listed = async () =>
      (await pat.get('/v1/me/keys').expect(200)).body.items.find(
        ({ keyId }: { keyId: string }) => keyId === key.keyId,
      ) as object;
    expect(await listed()).toMatchObject({
      label: 'nightly',
      contracts: ['first'],
      permissions: ['contract:read'],
      expiresAt: '2027-01-07T10:00:00.000Z',
      lastUsedAt: '2026-01-07T10:00:00.000Z',
      revokedAt: null,
    });
    service.travelTo('2026-01-07T10:01:00Z');
    await key.get('/v1/me').expect(200);
    expect(await listed()).toMatchObject({ lastUsedAt: '2026-01-07T10:01:00.000Z' });
    expect(JSON.stringify(await listed())).not.toContain(key.key!.slice(16));
  });

  it('cannot make wider keys, nor revoke others, when it is narrowed', async () => {
    const narrow = await issue({ contracts: ['first'] });
    const other = await issue({});
    for (const refused of [
      await narrow.post('/v1/me/keys', { label: 'wide' }),
      await narrow.post('/v1/me/clients', { label: 'wide' }),
      await narrow.delete(`/v1/me/keys/${other.keyId}`),
    ])
      expect(problemIn(refused)).toMatchObject({ status: 403, code: 'KEY_CANNOT_MANAGE_KEYS' });
    await other.get('/v1/me').expect(200);
  });

  it('of an administrator makes no wide key and no administrator, for oneself or anybody, when it is narrowed', async () => {
    const { administrator } = service;
    const { body: me } = await administrator.get('/v1/me').expect(200);
    const narrow = async (scope: object) => {
      const { body } = await administrator.post('/v1/me/keys', { label: 'x', ...scope });
      return withKey(body.apiKey as string);
    };
    const forPeople = await narrow({ permissions: ['person:manage'] });
    const added = { email: 'new@example.org', name: 'New' };
    for (const refused of [
      await forPeople.post(`/v1/people/${me.id}/keys`, { label: 'wide' }),
      await forPeople.post('/v1/people', { ...added, isAdministrator: true }),
    ])
      expect(problemIn(refused)).toMatchObject({ status: 403, code: 'KEY_CANNOT_MANAGE_KEYS' });
    await forPeople.post('/v1/people', added).expect(201);
    const forOne = await narrow({ contracts: ['first'] });
    await forOne.get(`${path('first')}/members`).expect(200);
    for (const refused of [
      await forOne.post('/v1/people', { ...added, email: 'newer@example.org' }),
      await forOne.get('/v1/people'),
      await forOne.post('/v1/organisations', { name: 'New' }),
    ])
      expect(problemIn(refused)).toMatchObject({ status: 403, code: 'KEY_TOO_NARROW' });
  });

  it.each([
    [{ contracts: ['first', 'not-mine'] }, 422, 'SCOPE_NOT_YOURS'],
    [{ contracts: [] }, 400, 'VALIDATION_FAILED'],
    [{ permissions: ['contract:everything'] }, 400, 'VALIDATION_FAILED'],
    [{ expiresInDays: 731 }, 400, 'VALIDATION_FAILED'],
    [{ expiresInDays: 0 }, 400, 'VALIDATION_FAILED'],
    [{ personId: 'somebody-else' }, 400, 'VALIDATION_FAILED'],
  ])('is refused with %j', async (body, status, code) => {
    const refused = await pat.post('/v1/me/keys', { label: 'x', ...body });
    expect(problemIn(refused)).toMatchObject({ status, code });
  });

  it("is not somebody else's to revoke", async () => {
    const key = await issue({});
    const other = await service.administrator.delete(`/v1/me/keys/${key.keyId}`);
    expect(problemIn(other)).toMatchObject({ status: 404, code: 'API_KEY_UNKNOWN' });
    await key.get('/v1/me').expect(200);
  });
});

describe('a client', () => {
  const form = (fields: Record<string, string>, basic?: string) => {
    const test = request(service.app.getHttpServer())
      .post('/oauth/token')
      .type('form')
      .send(new URLSearchParams(fields).toString());
    return basic === undefined
      ? test
      : test.set('Authorization', `Basic ${Buffer.from(basic).toString('base64')}`);
  };
  const create = async (body: object = {}) =>
    (await pat.post('/v1/me/clients', { label: 'case system', ...body }).expect(201)).body as {
      clientId: string;
      clientSecret: string;
    };
  const grant = { grant_type: 'client_credentials' };

  it('gets a token in either way, with which it acts as its person', async () => {
    const { clientId, clientSecret } = await create({ contracts: ['first'] });
    const inHeader = await form(grant, `${clientId}:${clientSecret}`).expect(200);
    const inForm = await form({
      ...grant,
      client_id: clientId,
      client_secret: clientSecret,
    }).expect(200);
    expect(inHeader.body).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    expect(inHeader.headers['cache-control']).toBe('no-store');
    for (const { body } of [inHeader, inForm]) {
      const machine = withKey(body.access_token as string);
      expect((await machine.get('/v1/me').expect(200)).body.email).toBe('pat@example.org');
      await machine.get(path('first')).expect(200);
      await machine.get(path('second')).expect(404);
    }
  });

  it('narrows its token further, never wider', async () => {
    const { clientId, clientSecret } = await create({
      permissions: ['contract:read', 'line:read'],
    });
    const basic = `${clientId}:${clientSecret}`;
    const { body } = await form({ ...grant, scope: 'contract:read' }, basic).expect(200);
    expect(body.scope).toBe('contract:read');
    const machine = withKey(body.access_token as string);
    await machine.get(path('first')).expect(200);
    expect(problemIn(await machine.get(`${path('first')}/participants`)).code).toBe(
      'KEY_TOO_NARROW',
    );
    const wider = await form({ ...grant, scope: 'contract:read participant:write' }, basic);
    expect(wider.status).toBe(400);
    expect(wider.body.error).toBe('invalid_scope');
  });

  it('loses its tokens when they are over, and at once when it is revoked', async () => {
    service.travelTo('2026-02-01T09:00:00Z');
    const { clientId, clientSecret } = await create();
    const token = async () =>
      withKey(
        (await form(grant, `${clientId}:${clientSecret}`).expect(200)).body.access_token as string,
      );
    const first = await token();
    service.travelTo('2026-02-01T09:14:59Z');
    await first.get('/v1/me').expect(200);
    service.travelTo('2026-02-01T09:15:00Z');
    await first.get('/v1/me').expect(401);
    const second = await token();
    await pat.delete(`/v1/me/clients/${clientId}`).expect(204);
    await second.get('/v1/me').expect(401);
    const refused = await form(grant, `${clientId}:${clientSecret}`);
    expect(refused.body).toEqual({
      error: 'invalid_client',
      error_description: 'The client is unknown, or its secret is wrong.',
    });
  });

  it.each([
    [{}, undefined, 400, 'invalid_request'],
    [{ grant_type: 'password' }, undefined, 400, 'unsupported_grant_type'],
    [grant, undefined, 401, 'invalid_client'],
    [grant, 'nobody:nothing', 401, 'invalid_client'],
    [grant, '%zz:%zz', 401, 'invalid_client'],
    [grant, '01900000-0000-7000-8000-000000000000:x', 401, 'invalid_client'],
    [{ ...grant, client_id: 'a', client_secret: 'b' }, 'a:b', 400, 'invalid_request'],
  ] as const)('is refused with %j and %s', async (fields, basic, status, error) => {
    const refused = await form(fields, basic);
    expect(refused.status).toBe(status);
    expect(refused.body.error).toBe(error);
  });

  it('is told where tokens are to be had', async () => {
    const { body } = await service.stranger
      .get('/.well-known/oauth-authorization-server')
      .expect(200);
    expect(body.token_endpoint).toBe(`${body.issuer}/oauth/token`);
  });

  it('is told so by the address of the service, whatever host a request names', async () => {
    const { publicUrl } = service.get<Config>(CONFIG);
    const { body } = await request(service.app.getHttpServer())
      .get('/.well-known/oauth-authorization-server')
      .set({ Host: 'elsewhere.example', 'X-Forwarded-Host': 'elsewhere.example' })
      .expect(200);
    expect(body.issuer).toBe(publicUrl);
  });

  it('cannot send a field twice, nor a form where JSON is read', async () => {
    const twice = await request(service.app.getHttpServer())
      .post('/oauth/token')
      .type('form')
      .send('grant_type=client_credentials&grant_type=password');
    expect(problemIn(twice)).toMatchObject({ status: 400, code: 'FORM_FIELD_TWICE' });
    const elsewhere = await pat.post('/v1/me/keys', {}).type('form').send('label=x');
    expect(elsewhere.status).toBe(415);
  });
});
