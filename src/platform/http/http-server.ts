import type { ServerResponse } from 'node:http';
import helmet from '@fastify/helmet';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Metrics } from '../metrics/metrics.js';
import { acceptCsvUploads } from './csv-body.js';
import { acceptForms } from './form-body.js';
import { acceptJson } from './json-body.js';
import { observeRequests } from './observe-requests.js';
import { problemOf } from './problem.js';
import { sendProblem } from './problem.filter.js';
import { refuseUnwieldyJson } from './refuse-unwieldy-json.js';
import { requestIdOf } from './request-id.js';

const BODY_MAX_BYTES = 2 * 1024 * 1024;

/** A Nest application on Fastify with all that every HTTP answer of ours has; it does not listen yet. */
export async function createHttpServer(
  root: Type,
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    genReqId: requestIdOf,
    bodyLimit: BODY_MAX_BYTES,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, problemOf(error, String(request.id))),
    clientErrorHandler: refuseUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger,
    abortOnError: false, // the composition root says what is wrong and chooses the exit status
    bodyParser: false, // ours, below
  });
  const server = app.getHttpAdapter().getInstance();
  observeRequests(server, app.get(Metrics));
  refuseUnwieldyJson(server);
  acceptJson(server);
  acceptForms(server);
  acceptCsvUploads(server, app.get<Config>(CONFIG).uploadMaxBytes);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: CONTENT_SECURITY },
    strictTransportSecurity: false, // the reverse proxy that ends TLS says it
  });
  return app;
}

/** Only what this server itself serves; the documentation page needs its own styles and images. */
const CONTENT_SECURITY = {
  defaultSrc: [`'none'`],
  scriptSrc: [`'self'`],
  styleSrc: [`'self'`, `'unsafe-inline'`],
  imgSrc: [`'self'`, 'data:'],
  fontSrc: [`'self'`],
  connectSrc: [`'self'`],
  baseUri: [`'none'`],
  formAction: [`'none'`],
  frameAncestors: [`'none'`],
  upgradeInsecureRequests: null,
};

/** What is not HTTP never reaches a route; it gets an answer of the same form, without a request id. */
function refuseUnreadable(this: unknown, error: Error, socket: ServerResponse['socket']): void {
  if (!socket?.writable || ('code' in error && error.code === 'ECONNRESET')) {
    socket?.destroy(error);
    return;
  }
  const problem = problemOf({ statusCode: 400 }, 'none');
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
