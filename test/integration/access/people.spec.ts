import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { problemIn, startTestApp, TestPerson, type TestApp } from '../../support/harness.js';
import { rowsOfOwner } from '../../support/owner.js';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service.stop());

const add = (body: object): Promise<Response> => service.administrator.post('/v1/people', body);
const withKey = (key: string) => new TestPerson(service.app, { name: 'x', email: 'x', key });

describe('people', () => {
  it('are added with a key that works at once and is shown only then', async () => {
    const { body, status } = await add({ email: 'Pat@Example.org', name: 'Pat Provider' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ email: 'pat@example.org', isAdministrator: false });
    expect(body.apiKey).toMatch(/^ot_[0-9a-f]{12}_[0-9a-f]{64}$/);
    const me = await withKey(body.apiKey).get('/v1/me').expect(200);
    expect(me.body).toEqual({
      id: body.id,
      email: 'pat@example.org',
      name: 'Pat Provider',
      isAdministrator: false,
    });
    const { text } = await service.administrator.get('/v1/people').expect(200);
    expect(text).not.toContain('ot_');
  });

  it('cannot be added twice, whatever the case of the letters', async () => {
    await add({ email: 'twice@example.org', name: 'Once' });
    const again = await add({ email: 'TWICE@example.org', name: 'Again' });
    expect(again.status).toBe(409);
    expect(problemIn(again).code).toBe('PERSON_EXISTS');
  });

  it('are listed page by page, each once', async () => {
    for (let n = 0; n < 5; n++) await add({ email: `page${n}@example.org`, name: `Page ${n}` });
    const emails = (await service.administrator.all<{ email: string }>('/v1/people', 2)).map(
      ({ email }) => email,
    );
    expect(emails).toEqual([...emails].sort());
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails).toEqual(expect.arrayContaining(['page0@example.org', 'page4@example.org']));
  });

  it('can be managed by administrators only', async () => {
    const { body } = await add({ email: 'mere@example.org', name: 'Mere Member' });
    const member = withKey(body.apiKey);
    for (const refused of [
      await member.get('/v1/people'),
      await member.post('/v1/people', { email: 'y@example.org', name: 'Y' }),
      await member.post(`/v1/people/${body.id}/keys`, { label: 'mine' }),
      await member.delete(`/v1/people/${body.id}/keys/${body.keyId}`),
    ]) {
      expect(refused.status).toBe(403);
      expect(problemIn(refused).code).toBe('PERMISSION_REFUSED');
    }
  });
});

describe('keys', () => {
  it('are kept as hashes only', async () => {
    const { body } = await add({ email: 'hash@example.org', name: 'Hash' });
    const secret = (body.apiKey as string).split('_')[2]!;
    const stored = await rowsOfOwner<{ row: string }>('select k::text as row from api_key k');
    expect(stored.length).toBeGreaterThan(0);
    for (const { row } of stored) expect(row).not.toContain(secret);
  });

  it('are refused when they are unknown, altered, revoked or missing, in the same words', async () => {
    const { body } = await add({ email: 'keys@example.org', name: 'Keys' });
    const other = await service.administrator
      .post(`/v1/people/${body.id}/keys`, { label: 'second' })
      .expect(201);
    await service.administrator.delete(`/v1/people/${body.id}/keys/${body.keyId}`).expect(204);
    const key = other.body.apiKey as string;
    const altered = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
    const [, prefix, secret] = key.split('_');
    for (const bad of [
      body.apiKey as string,
      altered,
      `ot_${'0'.repeat(12)}_${secret}`,
      `ot_${prefix}_`,
      'ot',
      "' or 1=1 --",
    ]) {
      const response = await withKey(bad).get('/v1/me').expect(401);
      expect(problemIn(response).code).toBe('NOT_SIGNED_IN');
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
    expect(problemIn(await service.stranger.get('/v1/me').expect(401)).code).toBe('NOT_SIGNED_IN');
    await withKey(key).get('/v1/me').expect(200);
  });

  it('cannot be issued to nobody, nor revoked twice', async () => {
    const nobody = await service.administrator.post(`/v1/people/${randomUUID()}/keys`, {
      label: 'x',
    });
    expect(problemIn(nobody).code).toBe('PERSON_UNKNOWN');
    const { body } = await add({ email: 'revoke@example.org', name: 'Revoke' });
    const path = `/v1/people/${body.id}/keys/${body.keyId}`;
    await service.administrator.delete(path).expect(204);
    expect(problemIn(await service.administrator.delete(path)).code).toBe('API_KEY_UNKNOWN');
  });

  it('leave a record that names nobody', async () => {
    const entries = await rowsOfOwner<{ type: string; body: string }>(
      `select type, body from audit_entry where stream = 'service' order by seq`,
    );
    expect(new Set(entries.map(({ type }) => type))).toEqual(
      new Set(['person.created', 'api-key.issued', 'api-key.revoked']),
    );
    for (const { body } of entries) expect(body).not.toMatch(/@|Provider/);
  });
});
