import { gzipSync } from 'node:zlib';
import request, { type Response, type Test } from 'supertest';
import { aContract, startTestApp, type TestApp, type TestContract } from '../support/harness.js';
import { refusedWell } from '../support/never-a-fault.js';
import { addressOf, routesOf, type Route } from '../support/routes.js';

let service: TestApp;
let contract: TestContract;
let routes: readonly Route[];

beforeAll(async () => {
  service = await startTestApp();
  contract = await aContract()
    .withTerms({ code: 'protocol' })
    .withParticipants({ reference: 'P-001', startedOn: '2015-06-02' })
    .withScores({ reference: 'P-001', timePoint: 'baseline', measuredOn: '2015-06-02', score: 8 })
    .in(service);
  routes = routesOf(service.app);
});
afterAll(() => service.stop());

const ABSENT = '0195f3d2-7c1e-7000-8000-000000000009';
const real = (name: string): string =>
  ({ code: contract.code, reference: 'P-001', number: '1', period: '2015-Q2', metric: 'ucla' })[
    name
  ] ?? ABSENT;

let sent = 0;
function send(route: Route, address: string, key: string | null): Test {
  const test = request(service.app.getHttpServer())
    [route.method](address)
    .set('Idempotency-Key', `protocol-${++sent}`)
    .set('If-Match', '*');
  return key === null ? test : test.set('Authorization', `Bearer ${key}`);
}

const asIs = (test: Test, type: string, body: string | Buffer): Test =>
  test
    .set('Content-Type', type)
    .serialize((text) => text as never)
    .send(body as string);

const writing = (): Route[] => routes.filter(({ method }) => ['post', 'put'].includes(method));
const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

/** Bodies that no route takes, by what is wrong with them. */
const BODIES: readonly (readonly [string, string, string | Buffer])[] = [
  ['nothing announced as JSON', 'application/json', ''],
  ['JSON cut short', 'application/json', '{"a":'],
  ['a text', 'application/json', '"text"'],
  ['a number', 'application/json', '7'],
  ['null', 'application/json', 'null'],
  ['a list', 'application/json', '[]'],
  ['a list of lists 10,000 deep', 'application/json', nested(10_000)],
  ['an object 10,000 deep', 'application/json', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['a key twice', 'application/json', '{"code":"a","code":"b"}'],
  ['__proto__', 'application/json', '{"__proto__":{"isAdministrator":true}}'],
  ['constructor', 'application/json', '{"constructor":{"prototype":{"isAdministrator":true}}}'],
  ['__proto__ further in', 'application/json', '{"a":{"__proto__":{"isAdministrator":true}}}'],
  ['bytes that are not UTF-8', 'application/json', Buffer.from('{"a":"\xff"}', 'latin1')],
  ['a NUL', 'application/json', '{"a":"\\u0000"}'],
  ['half a character', 'application/json', '{"a":"\\ud800"}'],
  ['a number beyond every number', 'application/json', '{"a":1e999}'],
  ['JSON that calls itself text', 'text/plain', '{}'],
  ['XML', 'application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['parts', 'multipart/form-data; boundary=x', '--x\r\n\r\na\r\n--x--'],
  ['a type that is none', ';;;', '{}'],
  ['Latin-1 JSON', 'application/json; charset=latin1', '{"a":1}'],
];

describe('every route that takes a body refuses', () => {
  it('routes are found', () => {
    expect(writing().length).toBeGreaterThan(30);
    expect(routes.length).toBeGreaterThan(70);
  });

  it.each(BODIES)('%s', async (what, type, body) => {
    for (const route of writing()) {
      const address = addressOf(route, real);
      for (const person of [contract.officer, service.administrator]) {
        const answer = await asIs(send(route, address, person.key), type, body);
        if (answer.status < 300 && isHarmless(route, answer)) continue;
        if (route.template === '/oauth/token') expect(answer.status).toBeLessThan(500);
        else refusedWell(answer, `${what} to ${route.method} ${address}`);
      }
    }
  });
});

describe('every route that takes a body refuses one that is not there', () => {
  it.each(['application/json', null])('announced as %s', async (type) => {
    const forms = '/oauth/token'; // says so in the words of its own standard
    for (const route of writing()) {
      if (route.accepts === null || route.template === forms) continue;
      const test = send(route, addressOf(route, real), contract.officer.key);
      const answer = await (type === null ? test : test.set('Content-Type', type));
      refusedWell(answer, `nothing to ${route.method} ${route.template}`);
    }
  });
});

/** Answers that say in their content that what was sent is faulty, and acts that take no body. */
function isHarmless({ template, accepts }: Route, { body }: Response): boolean {
  const says = template === '/v1/contract-checks' || template === '/v1/terms/try';
  return accepts === null || (says && (body as { faults?: unknown[] }).faults !== undefined);
}

describe('a compressed body is refused and never unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));

  it.each(['gzip', 'deflate', 'br', 'gzip, gzip'])('%s', async (encoding) => {
    for (const route of writing().filter(({ accepts }) => accepts !== null)) {
      const test = send(route, addressOf(route, real), contract.officer.key);
      const answer = await asIs(
        test.set('Content-Encoding', encoding),
        route.accepts!,
        bomb.subarray(0, 60_000),
      );
      expect([route.template, answer.status]).toEqual([route.template, 415]);
      expect(refusedWell(answer, `${encoding} to ${route.template}`)).toBe('BODY_COMPRESSED');
    }
  });

  it('and identity is what a body is anyway', async () => {
    const body = { reference: 'P-002', cohort: 'all', startedOn: '2015-06-02', attributes: {} };
    const answer = await contract.officer
      .post(`${contract.path}/participants`, body)
      .set('Content-Encoding', 'identity');
    expect(answer.status).not.toBe(415);
  });
});

/** What stands where the id of something should. */
const PARTS = [
  'undefined',
  'null',
  'NaN',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  '__proto__',
  'constructor',
  '%00',
  '%ff',
  '%2e%2e',
  '%2F',
  "'%20or%201=1--",
  ABSENT,
  ABSENT.toUpperCase(),
  'x'.repeat(150),
  'x'.repeat(500),
  '%F0%9F%92%A9',
  '*',
];

describe('every route refuses in its address', () => {
  it.each(PARTS)('%s', async (part) => {
    for (const route of routes.filter(({ template }) => template.includes('{'))) {
      const names = [...route.template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      for (const wrong of names) {
        const address = addressOf(route, (name) => (name === wrong ? part : real(name)));
        const answer = await send(route, address, contract.officer.key);
        const what = `${part} as ${wrong} of ${route.method} ${route.template}`;
        if (answer.status < 300) expect([what, isEmptyList(answer)]).toEqual([what, true]);
        else refusedWell(answer, what);
      }
    }
  });
});

const isPage = ({ status, body }: Response): boolean =>
  status === 200 && 'next' in (body as object) && 'items' in (body as object);

/** A list of what belongs to a thing that is not there may be empty instead of refused. */
const isEmptyList = ({ body }: Response): boolean =>
  Array.isArray((body as { items?: unknown }).items) &&
  (body as { items: unknown[] }).items.length === 0;

describe('every list refuses', () => {
  let lists: readonly Route[];
  beforeAll(async () => {
    const found: Route[] = [];
    for (const route of routes.filter(({ method }) => method === 'get')) {
      const answer = await send(route, addressOf(route, real), contract.officer.key);
      const other = await send(route, addressOf(route, real), service.administrator.key);
      if ([answer, other].some(isPage)) found.push(route);
    }
    lists = found;
  });

  it('lists are found', () => expect(lists.length).toBeGreaterThan(6));

  it.each([
    'limit=-1',
    'limit=0',
    'limit=1e9',
    'limit=1000000000',
    'limit=1.5',
    'limit=NaN',
    'limit=1&limit=2',
    'limit[]=1',
    'limit[$gt]=1',
    'cursor=1&cursor=2',
    'cursor[]=a',
    'cursor=%00',
    "cursor=' or 1=1--",
    'sort=email;drop table person',
    'order=desc',
    'id[]=1&id=2',
    'id=1&id=2',
    '__proto__[isAdministrator]=true',
    'constructor.prototype.isAdministrator=true',
    'personId=1',
  ])('%s', async (query) => {
    for (const route of lists) {
      const address = `${addressOf(route, real)}?${encodeURI(query).replaceAll('#', '%23')}`;
      for (const person of [contract.officer, service.administrator])
        refusedWell(await send(route, address, person.key), `${query} to ${route.template}`);
    }
  });
});

describe('a key to the service that is none', () => {
  it.each([
    ['nothing', ''],
    ['no token', 'Bearer'],
    ['another scheme', 'Basic YTpi'],
    ['one of nobody', `Bearer ot_${'a'.repeat(43)}`],
    ['a token without a signature', `Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.`],
    ['10 KB', `Bearer ${'k'.repeat(10_000)}`],
    ['SQL', `Bearer '--`],
  ])('opens no route: %s', async (_what, authorization) => {
    for (const route of routes.filter(({ isPublic }) => !isPublic)) {
      const test = send(route, addressOf(route, real), null);
      const answer = await (authorization === '' ? test : test.set('Authorization', authorization));
      expect([route.template, answer.status]).toEqual([route.template, 401]);
      expect(refusedWell(answer, route.template)).toBe('NOT_SIGNED_IN');
    }
  });
});

describe('the method of a request is what its first line says', () => {
  it.each([
    ['X-HTTP-Method-Override', 'DELETE'],
    ['X-HTTP-Method', 'DELETE'],
    ['X-Method-Override', 'DELETE'],
  ])('whatever %s says', async (header, method) => {
    const { id } = (await contract.officer.get('/v1/me').expect(200)).body as { id: string };
    const path = `${contract.path}/members/${id}/provider`;
    const answer = await service.administrator.post(path, {}).set(header, method);
    expect(refusedWell(answer, header)).toBe('UNKNOWN_ROUTE');
    const query = await service.administrator.post(`${path}?_method=DELETE`, { _method: 'DELETE' });
    expect(refusedWell(query, '_method')).toBe('UNKNOWN_ROUTE');
    await contract.officer.get(contract.path).expect(200);
  });
});
