import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { BodyTooSlow, UploadTooLarge } from './http.errors.js';
import { NotCsv, UploadCutOff } from './malformed-request.js';

/**
 * Lets a body of text/csv through as a stream: a file of any size passes in constant memory. A length that is announced
 * is refused before a byte is read, and one that is not announced is refused at the first byte too many. A sender who
 * falls silent is not waited for; one who is not read for a while, because the database is busy, is.
 */
export function acceptCsvUploads(
  server: FastifyInstance,
  { uploadMaxBytes: maxBytes, bodySeconds }: Pick<Config, 'uploadMaxBytes' | 'bodySeconds'>,
): void {
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      done(new UploadTooLarge(maxBytes), undefined);
      return;
    }
    const limited = new Upload(maxBytes);
    limited.endWhenSilentFor(bodySeconds);
    payload.on('error', (error) => limited.destroy(error));
    payload.on('aborted', () => limited.destroy(new UploadCutOff()));
    done(null, payload.pipe(limited));
  });
}

class Upload extends Transform {
  private seen = 0;

  constructor(private readonly maxBytes: number) {
    super();
    // a route that takes no upload never reads this: without a listener, its end in an error would end the process
    this.on('error', () => undefined);
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.seen += chunk.length;
    if (this.seen > this.maxBytes) done(new UploadTooLarge(this.maxBytes));
    else done(null, chunk);
  }

  endWhenSilentFor(seconds: number): void {
    let before = -1;
    const timer = setInterval(() => {
      const isAllRead = this.writableLength === 0;
      if (isAllRead && this.seen === before && !this.writableEnded)
        this.destroy(new BodyTooSlow(seconds));
      before = this.seen;
    }, seconds * 1_000);
    timer.unref();
    this.on('close', () => clearInterval(timer)).on('finish', () => clearInterval(timer));
  }
}

/** The uploaded file, as a parameter of a controller's method. Refuses NotCsv. */
export const CsvBody = createParamDecorator((_: unknown, context: ExecutionContext): Readable => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(body instanceof Transform)) throw new NotCsv();
  return body;
});
