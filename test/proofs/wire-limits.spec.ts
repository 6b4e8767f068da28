import { Controller, Get, HttpCode, Module, Post, Body } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import net from 'node:net';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Public } from '../../src/platform/auth/access.decorators.js';
import { CsvBody } from '../../src/platform/http/csv-body.js';
import { createHttpServer } from '../../src/platform/http/http-server.js';
import { ProblemFilter } from '../../src/platform/http/problem.filter.js';
import { createPino, StructuredLogger } from '../../src/platform/logging/logger.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { portOf, sendRaw, type RawAnswer } from '../support/raw-http.js';

const reached: string[] = [];

@Public()
@Controller('v1/wire')
class WireController {
  @Get()
  read(): string {
    reached.push('read');
    return 'read';
  }

  @HttpCode(200)
  @Post()
  write(@Body() body: unknown): unknown {
    reached.push('write');
    return body ?? {};
  }

  @HttpCode(200)
  @Post('upload')
  async upload(@CsvBody() body: Readable): Promise<{ bytes: number }> {
    let bytes = 0;
    for await (const chunk of body) bytes += (chunk as Buffer).length;
    return { bytes };
  }
}

@Module({
  imports: [PlatformModule],
  controllers: [WireController],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class WireModule {}

let app: NestFastifyApplication;
let port: number;
beforeAll(async () => {
  Object.assign(process.env, { HEADERS_SECONDS: '1', BODY_SECONDS: '1' });
  app = await createHttpServer(WireModule, new StructuredLogger(createPino('silent')));
  port = await portOf(app);
});
afterAll(async () => {
  await app.close();
  delete process.env['HEADERS_SECONDS'];
  delete process.env['BODY_SECONDS'];
});
beforeEach(() => reached.splice(0));

const head = (first: string, ...headers: readonly string[]): string =>
  [first, 'Host: service', ...headers, '', ''].join('\r\n');
const post = (...headers: readonly string[]): string =>
  head('POST /v1/wire HTTP/1.1', 'Content-Type: application/json', ...headers);

/** The status and code of a refusal, after it has been held to be a problem document. */
function refusal({ status, head: headers, body }: RawAnswer): [number | null, unknown] {
  expect(headers.toLowerCase()).toContain('content-type: application/problem+json');
  expect(body).not.toMatch(/node_modules|\.[jt]s:\d+/);
  const problem = JSON.parse(body) as Record<string, unknown>;
  expect(problem['status']).toBe(status);
  expect(reached).toEqual([]);
  return [status, problem['code']];
}

describe('a request that takes its time is answered and let go', () => {
  it('while its headers come', async () => {
    const started = Date.now();
    const answer = await sendRaw(port, 'GET /v1/wire HTTP/1.1\r\nHost: service\r\n', 20_000);
    expect(refusal(answer)).toEqual([408, 'REQUEST_TOO_SLOW']);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('while its body comes, drop by drop', async () => {
    const drops = Array.from({ length: 40 }, () => [' ', 200]).flat();
    const answer = await sendRaw(port, post('Content-Length: 1000'), ...drops);
    expect(refusal(answer)).toEqual([408, 'BODY_TOO_SLOW']);
    expect(answer.head.toLowerCase()).toContain('connection: close');
  });

  it('while its body comes in pieces of no announced length', async () => {
    const answer = await sendRaw(port, post('Transfer-Encoding: chunked'), '1\r\n{\r\n', 20_000);
    expect(refusal(answer)).toEqual([408, 'BODY_TOO_SLOW']);
  });

  it('while an upload has fallen silent', async () => {
    const upload = head(
      'POST /v1/wire/upload HTTP/1.1',
      'Content-Type: text/csv',
      'Content-Length: 1000',
    );
    expect(refusal(await sendRaw(port, upload, 'a,b\n', 20_000))).toEqual([408, 'BODY_TOO_SLOW']);
  });

  it('but not an upload that goes on', async () => {
    const upload = head(
      'POST /v1/wire/upload HTTP/1.1',
      'Content-Type: text/csv',
      'Content-Length: 20',
      'Connection: close',
    );
    const pieces = Array.from({ length: 20 }, () => ['a', 150]).flat();
    const answer = await sendRaw(port, upload, ...pieces);
    expect([answer.status, answer.body]).toEqual([200, '{"bytes":20}']);
  });
});

describe('what nobody reads does no harm', () => {
  const starts = ['POST /v1/wire', 'POST /v1/nothing-here', 'GET /v1/wire', 'DELETE /v1/wire'];

  it.each(['text/csv', 'application/json'])(
    'when it never comes, or is cut off: %s',
    async (type) => {
      const requests = starts.map((start) =>
        head(`${start} HTTP/1.1`, `Content-Type: ${type}`, 'Content-Length: 900000'),
      );
      const part = 'x'.repeat(100_000);
      await Promise.all([
        ...requests.map((request) => sendRaw(port, request, part, 1_500)),
        ...requests.map((request) => cutOff(`${request}${part}`)),
      ]);
      const answer = await sendRaw(port, head('GET /v1/wire HTTP/1.1', 'Connection: close'));
      expect(answer.status).toBe(200);
    },
  );

  /** Goes away in the middle, and waits until the service must have noticed. */
  async function cutOff(bytes: string): Promise<void> {
    const socket = net.connect({ host: '127.0.0.1', port }, () => socket.write(bytes));
    socket.on('error', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
});

describe('headers', () => {
  it('are refused when they are too large together', async () => {
    const answer = await sendRaw(
      port,
      head('GET /v1/wire HTTP/1.1', `X-Long: ${'x'.repeat(20_000)}`),
    );
    expect(refusal(answer)).toEqual([431, 'HEADERS_TOO_LARGE']);
  });

  it('are refused when they are too many', async () => {
    const many = Array.from({ length: 150 }, (_, n) => `X-${n}: 1`);
    const answer = await sendRaw(port, head('GET /v1/wire HTTP/1.1', ...many));
    expect(refusal(answer)).toEqual([431, 'TOO_MANY_HEADERS']);
  });

  it.each(['Authorization: Bearer', 'If-Match:', 'Idempotency-Key:', 'Cookie: a='])(
    'that say one thing are refused twice: %s',
    async (header) => {
      const answer = await sendRaw(
        port,
        head('GET /v1/wire HTTP/1.1', `${header} a`, `${header} b`),
      );
      expect(refusal(answer)).toEqual([400, 'HEADER_TWICE']);
    },
  );

  it('are refused with a line break or a NUL in them, and without a host', async () => {
    for (const request of [
      head('GET /v1/wire HTTP/1.1', 'X-A: a\0b'),
      head('GET /v1/wire HTTP/1.1', 'X-A: a\rX-B: b'),
      head('GET /v1/wire HTTP/1.1', ' X-A: folded'),
      'GET /v1/wire HTTP/1.1\r\n\r\n',
    ]) {
      const { status } = await sendRaw(port, request);
      expect([JSON.stringify(request), status]).toEqual([JSON.stringify(request), 400]);
      expect(reached).toEqual([]);
    }
  });
});

describe('a message whose end can be read in two ways', () => {
  it.each([
    ['two lengths', ['Content-Length: 2', 'Content-Length: 40'], '{}'],
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['chunks twice', ['Transfer-Encoding: chunked, chunked'], '0\r\n\r\n'],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a length that is none', ['Content-Length: +2'], '{}'],
    ['a hidden encoding', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
  ])('is refused and its connection closed: %s', async (_what, headers, body) => {
    const smuggled = head('GET /v1/wire HTTP/1.1');
    const answer = await sendRaw(port, post(...headers), body, smuggled);
    expect(answer.status).toBe(400);
    expect(answer.head.toLowerCase()).toContain('connection: close');
    expect(reached).toEqual([]);
  });

  it('is refused with a chunk of no size', async () => {
    const answer = await sendRaw(port, post('Transfer-Encoding: chunked'), 'zz\r\n{}\r\n0\r\n\r\n');
    expect(answer.status === null || answer.status === 400).toBe(true);
    expect(reached).toEqual([]);
  });
});

describe('a body', () => {
  it('that is compressed is refused and not unpacked, whatever is in it', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const answer = await sendRaw(
      port,
      post('Content-Encoding: gzip', `Content-Length: ${bomb.length}`),
      bomb,
    );
    expect(refusal(answer)).toEqual([415, 'BODY_COMPRESSED']);
  });

  it('of chunks is refused when it grows beyond what is accepted', async () => {
    const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
    const answer = await sendRaw(port, post('Transfer-Encoding: chunked'), chunk, chunk, chunk);
    expect(refusal(answer)).toEqual([413, 'BODY_TOO_LARGE']);
  });

  it('is read when it is as it should be', async () => {
    const answer = await sendRaw(port, post('Content-Length: 7'), '{"a":1}');
    expect([answer.status, answer.body]).toEqual([200, '{"a":1}']);
  });
});

describe('the first line', () => {
  it.each(['TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND', 'PURGE', 'BREW', 'get'])(
    'is refused with the method %s',
    async (method) => {
      const { status, body } = await sendRaw(
        port,
        head(`${method} /v1/wire HTTP/1.1`, 'Authorization: Bearer secret', 'Connection: close'),
      );
      // what Node closes without an answer has been refused as well
      if (status !== null) expect([400, 404, 405]).toContain(status);
      expect(body).not.toContain('secret');
      expect(reached).toEqual([]);
    },
  );

  it.each([
    '//v1/wire',
    '/v1//wire',
    '/v1/./wire',
    '/v1/x/../wire',
    '/v1/%2e%2e/v1/wire',
    '/v1/%2E/wire',
    '/v1%2Fwire',
    '/v1\\wire',
    '/V1/wire',
    '/v1/wire/',
    '/v1/wire;a=b',
    '/v1/wire%00',
    '/v1/%c0%ae/wire',
    `/v1/${'x'.repeat(5_000)}`,
  ])('is refused with the address %j, which is not made into another', async (path) => {
    const { status } = await sendRaw(port, head(`GET ${path} HTTP/1.1`, 'Connection: close'));
    expect([400, 404, 414]).toContain(status);
    expect(reached).toEqual([]);
  });

  it.each(['HTTP/3.0', 'HTP/1.1', ''])('is refused with the version %j', async (version) => {
    const { status } = await sendRaw(port, head(`GET /v1/wire ${version}`));
    expect(status === null || status >= 400).toBe(true);
    expect(reached).toEqual([]);
  });
});
