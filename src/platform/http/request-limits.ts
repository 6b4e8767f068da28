import { PassThrough, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { BodyTooSlow, BodyCompressed, NothingNamedSo, TooManyHeaders } from './http.errors.js';
import { AddressWithNul, HeaderTwice } from './malformed-request.js';

/** All headers of a request together; what is longer is answered with 431 by the parser itself. */
const HEADERS_MAX_BYTES = 16 * 1024;
const HEADERS_MAX = 100;
/** An upload of the largest size over a slow line; everything else has ended long before. */
const WHOLE_REQUEST_MAX_MS = 60 * 60 * 1_000;
/** How often Node looks for requests that are late. */
const LATENESS_CHECK_MS = 1_000;

/** Headers that say one thing each. Node keeps the first of two, another reader the last. */
const ONCE = ['authorization', 'content-type', 'cookie', 'host', 'idempotency-key', 'if-match'];

/** What the server that parses HTTP is told; the times that are configured follow with limitRequests. */
export const SERVER_LIMITS = {
  requestTimeout: WHOLE_REQUEST_MAX_MS,
  http: {
    maxHeaderSize: HEADERS_MAX_BYTES,
    connectionsCheckingInterval: LATENESS_CHECK_MS,
  },
} as const;

/**
 * Refuses requests for their form, before anything of theirs is looked up: headers that take too long, are too many or
 * contradict each other, an address that no database would take, and a body that is compressed or does not come.
 */
export function limitRequests(
  server: FastifyInstance,
  { headersSeconds, bodySeconds }: Pick<Config, 'headersSeconds' | 'bodySeconds'>,
): void {
  server.server.headersTimeout = headersSeconds * 1_000;
  server.addHook('onRequest', (request, _reply, done) => done(faultOf(request) ?? undefined));
  server.addHook('preParsing', (request, reply, payload, done) => {
    const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
    // an upload may take long as a whole: its own parser watches that it goes on
    const isUpload = request.headers['content-type']?.startsWith('text/csv') ?? false;
    done(
      null,
      hasBody && !isUpload ? withDeadline(payload as Readable, reply, bodySeconds) : payload,
    );
  });
}

function faultOf({ raw, headers, url }: FastifyRequest): Error | null {
  if (raw.rawHeaders.length > 2 * HEADERS_MAX) return new TooManyHeaders(HEADERS_MAX);
  const names = raw.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const twice = ONCE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) return new HeaderTwice(twice);
  const [path, query = ''] = url.split('?', 2) as [string, string?];
  if (path.includes('%00')) return new NothingNamedSo();
  if (query.includes('%00')) return new AddressWithNul();
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return ['', 'identity'].includes(encoding) ? null : new BodyCompressed();
}

/**
 * The same bytes, which fail with BodyTooSlow when they have not all come in time. What a route did not read is thrown away
 * once it has answered, so that the connection can go on, and for as long as that, too, comes in time.
 */
function withDeadline(payload: Readable, { raw }: FastifyReply, seconds: number): Readable {
  const passed = new PassThrough();
  const timer = setTimeout(() => {
    if (raw.writableFinished) payload.destroy();
    else passed.destroy(new BodyTooSlow(seconds));
  }, seconds * 1_000);
  timer.unref();
  const stop = (): void => clearTimeout(timer);
  payload.on('end', stop).on('close', stop);
  payload.on('error', (error) => passed.destroy(error));
  passed.on('error', () => undefined); // a route that reads no body learns of it from nobody
  raw.on('finish', () => {
    payload.unpipe(passed);
    payload.resume();
  });
  return payload.pipe(passed);
}
