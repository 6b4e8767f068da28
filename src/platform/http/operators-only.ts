import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

const BY_A_PROXY = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto'];

/**
 * Metrics are asked for on the service's own network, of the process itself. Whoever comes by a proxy, as everybody else
 * does, is told that there are none: how often a route was asked is a count of acts, and an act can be about one person.
 */
export function keepMetricsForOperators(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _, done) => {
    const isMetrics = request.routeOptions.url === '/metrics';
    const isForwarded = BY_A_PROXY.some((name) => request.headers[name] !== undefined);
    done(isMetrics && isForwarded ? new NotFoundException() : undefined);
  });
}
