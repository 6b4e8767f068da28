import request from 'supertest';
import { problemIn, startTestApp, type TestApp } from '../../support/harness.js';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service.stop());

const http = () => request(service.app.getHttpServer());
const signed = (test: request.Test) =>
  test.set('Authorization', `Bearer ${service.administrator.key}`);

describe('every refusal is a problem document', () => {
  it('an unknown address', async () => {
    const problem = problemIn(await http().get('/v1/nothing-here').expect(404));
    expect(problem.code).toBe('UNKNOWN_ROUTE');
  });

  it('a known address with a method that it does not have', async () => {
    expect(problemIn(await http().delete('/v1/people').expect(404)).code).toBe('UNKNOWN_ROUTE');
  });

  it('an address that cannot be decoded', async () => {
    expect(problemIn(await http().get('/v1/%zz').expect(400)).code).toBe('MALFORMED_ADDRESS');
  });

  it.each(['{"email": ', 'null,', '{"a":1}}', ''])('JSON that cannot be read: %j', async (body) => {
    const response = await signed(http().post('/v1/people'))
      .set('Content-Type', 'application/json')
      .send(body)
      .expect(400);
    expect(problemIn(response).code).toBe('MALFORMED_JSON');
  });

  it('JSON that would poison a prototype', async () => {
    const response = await signed(http().post('/v1/people'))
      .set('Content-Type', 'application/json')
      .send('{"__proto__": {"isAdministrator": true}, "email": "x@example.org", "name": "X"}')
      .expect(400);
    expect(problemIn(response).code).toBe('MALFORMED_JSON');
  });

  it('a body that is too large', async () => {
    const response = await signed(http().post('/v1/people'))
      .send({ name: 'x'.repeat(3_000_000) })
      .expect(413);
    expect(problemIn(response).code).toBe('BODY_TOO_LARGE');
  });

  it('a body in a format that nobody reads', async () => {
    const response = await signed(http().post('/v1/people'))
      .set('Content-Type', 'application/xml')
      .send('<person/>')
      .expect(415);
    expect(problemIn(response).code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('properties that are missing, wrong and unknown, all at once', async () => {
    const response = await signed(http().post('/v1/people'))
      .send({ email: 'not an address', isAdministrator: 'yes', role: 'provider' })
      .expect(400);
    const { code, faults } = problemIn(response);
    expect(code).toBe('VALIDATION_FAILED');
    expect(faults.map(({ at }) => at).sort()).toEqual([
      '/email',
      '/isAdministrator',
      '/name',
      '/role',
    ]);
    expect(faults.find(({ at }) => at === '/role')).toMatchObject({ code: 'UNKNOWN_PROPERTY' });
  });

  it('part of an address that is not what it should be', async () => {
    const response = await service.administrator.delete('/v1/people/me/keys/1').expect(400);
    expect(problemIn(response).code).toBe('MALFORMED_REQUEST');
  });

  it.each(['limit=0', 'limit=501', 'limit=ten', 'limit=1e2&x=1', 'page=2'])(
    'a query that is not understood: %s',
    async (query) => {
      const response = await service.administrator.get(`/v1/people?${query}`).expect(400);
      expect(problemIn(response).code).toBe('VALIDATION_FAILED');
    },
  );

  it.each(['x', 'WyJhIiwiYiJd', Buffer.from('{}').toString('base64url')])(
    'a cursor that this service did not make: %s',
    async (cursor) => {
      const response = await service.administrator.get(`/v1/people?cursor=${cursor}`).expect(400);
      expect(problemIn(response).code).toBe('CURSOR_MALFORMED');
    },
  );

  it('nothing in any of them tells what the code looks like inside', async () => {
    const responses = [
      await http().get('/v1/nothing-here'),
      await http().get('/v1/people'),
      await signed(http().post('/v1/people')).set('Content-Type', 'application/json').send('{'),
    ];
    for (const { text } of responses) expect(text).not.toMatch(/node_modules|\.ts:|\.js:| {4}at /);
  });
});

describe('request ids', () => {
  it('are echoed when they are harmless', async () => {
    const response = await http().get('/v1/nothing-here').set('X-Request-Id', 'my-request.7');
    expect(response.headers['x-request-id']).toBe('my-request.7');
    expect(response.body.requestId).toBe('my-request.7');
  });

  it('are made when they are missing or could do harm in a log', async () => {
    for (const id of ['a b', 'x'.repeat(65), '{"level":"fatal"}']) {
      const response = await http().get('/v1').set('X-Request-Id', id);
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('headers', () => {
  it('keep a browser from doing anything with an answer', async () => {
    const { headers } = await http().get('/v1').expect(200);
    expect(headers['content-security-policy']).toContain(`default-src 'none'`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('health and metrics', () => {
  it('says that the process lives', async () => {
    await http().get('/health/live').expect(200, { status: 'up' });
  });

  it('names each thing it needs', async () => {
    const { body } = await http().get('/health/ready').expect(200);
    expect(body.checks.map(({ name }: { name: string }) => name)).toEqual([
      'database',
      'migrations',
      'queue',
      'oldest waiting work',
      'letters',
    ]);
    expect(body.status).toBe('up');
  });

  it('measures requests by the template of their route, never by their address', async () => {
    const id = '0195f3d2-7c1e-7000-8000-000000000009';
    await service.administrator.post(`/v1/people/${id}/keys`, { label: 'x' }).expect(404);
    const { text } = await http().get('/metrics').expect(200);
    expect(text).toMatch(
      /outturn_http_request_duration_seconds_count\{method="POST",route="\/v1\/people\/:personId\/keys",status="404"\} 1/,
    );
    expect(text).not.toContain(id);
    expect(text).toMatch(/outturn_outbox_depth 0/);
    expect(text).toMatch(/outturn_oldest_waiting_work_seconds 0/);
  });

  it.each(['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Proto'])(
    'has no metrics for whoever comes by a proxy (%s): they count acts',
    async (header) => {
      const refused = await http().get('/metrics?a=1').set(header, 'for=198.51.100.1').expect(404);
      expect(refused.text).not.toContain('outturn_');
      expect(problemIn(refused).code).toBe('UNKNOWN_ROUTE');
      await http().get('/health/live').set(header, 'for=198.51.100.1').expect(200);
    },
  );
});
