import type { AddressInfo, Server } from 'node:net';
import http from 'node:http';
import type { Readable } from 'node:stream';
import { Controller, Module, Post } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Public } from '../../../src/platform/auth/access.decorators.js';
import { CsvBody } from '../../../src/platform/http/csv-body.js';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { ProblemFilter } from '../../../src/platform/http/problem.filter.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { PlatformModule } from '../../../src/platform/platform.module.js';
import { waitUntil } from '../../support/wait.js';

const endings: string[] = [];
let received = 0;

@Controller('uploads')
class UploadController {
  @Public()
  @Post()
  async receive(@CsvBody() body: Readable): Promise<{ bytes: number }> {
    let bytes = 0;
    try {
      for await (const chunk of body) {
        bytes += (chunk as Buffer).length;
        received = bytes;
      }
      endings.push('whole');
    } catch (error) {
      endings.push((error as Error).name);
      throw error;
    }
    return { bytes };
  }
}

@Module({
  imports: [PlatformModule],
  controllers: [UploadController],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
class UploadModule {}

const MAX = 64 * 1_048_576;
let app: NestFastifyApplication;
let port: number;
beforeAll(async () => {
  process.env['UPLOAD_MAX_BYTES'] = String(MAX);
  app = await createHttpServer(UploadModule, new StructuredLogger(createPino('silent')));
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = ((app.getHttpServer() as Server).address() as AddressInfo).port;
});
afterAll(() => app.close());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Sends so many megabytes without saying how many they will be, unless a length is announced. */
function upload(
  megabytes: number,
  headers: Record<string, string> = {},
  cutAfter = Infinity,
): Promise<Answer> {
  received = 0;
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        path: '/uploads',
        method: 'POST',
        headers: { 'Content-Type': 'text/csv', ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            body: JSON.parse(text) as Record<string, unknown>,
          }),
        );
      },
    );
    let answered = false;
    request.once('response', () => (answered = true));
    request.on('error', (error) => (answered ? undefined : reject(error)));
    const piece = Buffer.alloc(1_048_576, 'a');
    void (async () => {
      for (let sent = 0; sent < megabytes && !answered; sent++) {
        if (sent >= cutAfter) return request.destroy(new Error('gone'));
        if (!request.write(piece)) await new Promise((go) => request.once('drain', go));
        if (sent === 0) await waitUntil('the first bytes are read', async () => received || null);
      }
      return request.end();
    })();
  });
}

it('a file passes as a stream: its first bytes are read before its last are sent', async () => {
  const { status, body } = await upload(50);
  expect(status).toBe(201);
  expect(body['bytes']).toBe(50 * 1_048_576);
});

it('a file that announces more than is accepted is refused before it is read', async () => {
  const { status, body } = await upload(0, { 'Content-Length': String(MAX + 1) });
  expect(status).toBe(413);
  expect(body).toMatchObject({ code: 'UPLOAD_TOO_LARGE', status: 413 });
});

it('a file that turns out longer is refused at the first byte too many', async () => {
  const answer = await upload(80).catch((error: NodeJS.ErrnoException) => error.code);
  // the connection may be closed while the caller still writes: then the answer cannot be read
  if (typeof answer === 'string') expect(['EPIPE', 'ECONNRESET']).toContain(answer);
  else expect(answer).toMatchObject({ status: 413, body: { code: 'UPLOAD_TOO_LARGE' } });
  expect(endings.at(-1)).toBe('UploadTooLarge');
});

it('an upload that is cut off ends in an error and not as a short file', async () => {
  const before = endings.length;
  await expect(upload(20, {}, 5)).rejects.toThrow('gone');
  await waitUntil('the reader learns of it', () =>
    Promise.resolve(endings.length > before ? true : null),
  );
  expect(endings.at(-1)).not.toBe('whole');
});

it('a body that is not CSV is refused', async () => {
  const { status, body } = await upload(0, { 'Content-Type': 'application/json' });
  expect(status).toBe(400);
  expect(['NOT_CSV', 'MALFORMED_JSON']).toContain(body['code']);
});
