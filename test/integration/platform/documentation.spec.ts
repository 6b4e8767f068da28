import { readFileSync } from 'node:fs';
import request from 'supertest';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from '../../../src/api/api.module.js';
import { serveDocumentation } from '../../../src/platform/http/documentation.js';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { SERVICE_VERSION } from '../../../src/platform/version.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await createHttpServer(ApiModule, new StructuredLogger(createPino('silent')));
  serveDocumentation(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());
const http = () => request(app.getHttpServer());

interface Operation {
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

it('describes every route as OpenAPI 3.1, without what only older versions know', async () => {
  const { body, text } = await http().get('/v1/openapi.json').expect(200);
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/v1', '/v1/people', '/health/ready', '/v1/contracts/{code}/audit']),
  );
  expect(text).not.toContain('"nullable"');
});

it('says of every route that needs a key that it does, and of no other', async () => {
  const { body } = await http().get('/v1/openapi.json').expect(200);
  const open: string[] = [];
  for (const [path, methods] of Object.entries<Record<string, Operation>>(body.paths)) {
    for (const [method, { security }] of Object.entries(methods)) {
      if (!security?.length) open.push(`${method} ${path}`);
    }
  }
  expect(open.sort()).toEqual(
    expect.arrayContaining(['get /health/live', 'get /health/ready', 'get /metrics', 'get /v1']),
  );
  // a client shows its secret there and has no key yet
  expect(open.filter((route) => !route.startsWith('get ')).sort()).toEqual(['post /oauth/token']);
});

it('is browsable without any other server', async () => {
  const page = await http().get('/docs').expect(200);
  const addresses = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, at]) => at!);
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) {
    expect(address).not.toMatch(/^https?:|^\/\//);
    await http().get(new URL(address, 'http://service/docs').pathname).expect(200);
  }
});

it('knows the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(SERVICE_VERSION).toBe(version);
});

describe('answers', () => {
  interface Schema {
    readonly $ref?: string;
    readonly required?: readonly string[];
    readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
  const described = async () => {
    const { body } = await http().get('/v1/openapi.json').expect(200);
    return (path: string, method: string, status: string): Schema => {
      const { content } = body.paths[path][method].responses[status];
      const { $ref } = content['application/json'].schema as { $ref: string };
      return body.components.schemas[$ref.split('/').at(-1)!] as Schema;
    };
  };

  it.each([
    ['/v1/contracts/{code}/claims', true],
    ['/v1/contracts/{code}/claims/{number}/decisions', true],
    ['/v1/contracts/{code}/statements/{period}/issues', true],
    ['/v1/contracts/{code}/consents', false],
  ])('of POST %s say what a receipt is, done now or before', async (path, isAlways) => {
    const schemaOf = await described();
    for (const status of ['201', '200']) {
      const { properties, required = [] } = schemaOf(path, 'post', status);
      const receipt = properties!['receipt']!;
      expect(receipt['type']).toEqual(['string', 'null']);
      expect(receipt['description']).toContain('outturn-receipt/v1');
      expect(new RegExp(receipt['pattern'] as string).test('outturn-receipt/v2\n')).toBe(false);
      expect(required.includes('receipt')).toBe(isAlways);
    }
  });

  it.each([
    ['/v1/contracts/{code}/activity', 'items'],
    ['/v1/people/{personId}/activity', 'items'],
    ['/v1/contracts/{code}/activity/{seq}', 'sentence'],
    ['/v1/contracts/{code}/activity/{seq}', 'verification'],
  ])('of GET %s have %s', async (path, member) => {
    const schemaOf = await described();
    expect(Object.keys(schemaOf(path, 'get', '200').properties!)).toContain(member);
  });
});
