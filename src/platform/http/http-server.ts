import { STATUS_CODES, type ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Metrics } from '../metrics/metrics.js';
import { acceptCsvUploads } from './csv-body.js';
import { errorPagesOf } from './error-pages.js';
import { acceptForms } from './form-body.js';
import { acceptJson } from './json-body.js';
import { observeRequests } from './observe-requests.js';
import { keepMetricsForOperators } from './operators-only.js';
import { refusePlainConnections } from './plain-connections.js';
import { problemOf } from './problem.js';
import { answerWith } from './problem.filter.js';
import { refuseUnwieldyJson } from './refuse-unwieldy-json.js';
import { limitRequests, SERVER_LIMITS } from './request-limits.js';
import { requestIdOf } from './request-id.js';
import { setSecurityHeaders } from './security-headers.js';

const BODY_MAX_BYTES = 2 * 1024 * 1024;

/** A Nest application on Fastify with all that every HTTP answer of ours has; it does not listen yet. */
export async function createHttpServer(
  root: Type,
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  let created: NestFastifyApplication | null = null;
  const errorPages = () => created && errorPagesOf(created);
  const isProxy = (address: string): boolean =>
    created?.get<Config>(CONFIG).network.trustedProxies.has(address) ?? false;
  const adapter = new FastifyAdapter({
    ...SERVER_LIMITS,
    trustProxy: isProxy,
    genReqId: requestIdOf,
    bodyLimit: BODY_MAX_BYTES,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      answerWith(problemOf(error, String(request.id)), request, reply, errorPages()),
    clientErrorHandler: refuseUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger,
    abortOnError: false, // the composition root says what is wrong and chooses the exit status
    bodyParser: false, // ours, below
  });
  created = app;
  const config = app.get<Config>(CONFIG);
  const server = app.getHttpAdapter().getInstance();
  observeRequests(server, app.get(Metrics));
  refuseUnwieldyJson(server);
  acceptJson(server);
  acceptForms(server);
  acceptCsvUploads(server, config);
  await setSecurityHeaders(app, config);
  refusePlainConnections(server, config);
  keepMetricsForOperators(server);
  limitRequests(server, config); // after the headers that its refusals have, too
  await app.register(cookie);
  return app;
}

/** What is not HTTP never reaches a route; it gets an answer of the same form, without a request id. */
function refuseUnreadable(this: unknown, error: Error, socket: ServerResponse['socket']): void {
  const code = 'code' in error ? String(error.code) : '';
  if (!socket?.writable || code === 'ECONNRESET') {
    socket?.destroy(error);
    return;
  }
  const statusCode = STATUS_OF_PARSER[code] ?? 400;
  const body = JSON.stringify(problemOf({ statusCode }, 'none'));
  socket.end(
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** What Node's parser calls what it refuses, other than as unreadable. */
const STATUS_OF_PARSER: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};
