import { Transform, type Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UploadTooLarge } from './http.errors.js';
import { NotCsv, UploadCutOff } from './malformed-request.js';

/**
 * Lets a body of text/csv through as a stream: a file of any size passes in constant memory. A length that is announced
 * is refused before a byte is read, and one that is not announced is refused at the first byte too many.
 */
export function acceptCsvUploads(server: FastifyInstance, maxBytes: number): void {
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      done(new UploadTooLarge(maxBytes), undefined);
      return;
    }
    const limited = limitedTo(maxBytes);
    payload.on('error', (error) => limited.destroy(error));
    payload.on('aborted', () => limited.destroy(new UploadCutOff()));
    done(null, payload.pipe(limited));
  });
}

function limitedTo(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(new UploadTooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}

/** The uploaded file, as a parameter of a controller's method. Refuses NotCsv. */
export const CsvBody = createParamDecorator((_: unknown, context: ExecutionContext): Readable => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(body instanceof Transform)) throw new NotCsv();
  return body;
});
