import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { withinContext } from '../logging/work-context.js';
import type { Metrics } from '../metrics/metrics.js';

const QUIET = new Set(['/health/live', '/health/ready', '/metrics']);

/** Gives each request its id, measures it, and logs it by its route's template: an address may name a participant. */
export function observeRequests(server: FastifyInstance, metrics: Metrics): void {
  const logger = new Logger('Http');
  server.addHook('onRequest', (request, reply, done) => {
    const requestId = String(request.id);
    void reply.header('X-Request-Id', requestId);
    withinContext({ requestId }, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = templateOf(request);
    const seconds = reply.elapsedTime / 1_000;
    metrics.observeRequest(request.method, route, reply.statusCode, seconds);
    const facts = { method: request.method, route, status: reply.statusCode };
    const milliseconds = Math.round(reply.elapsedTime);
    if (!QUIET.has(route)) logger.log('Request answered', { ...facts, milliseconds });
    done();
  });
}

const templateOf = (request: FastifyRequest): string =>
  request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
