import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { HttpsRequired } from './http.errors.js';
import { isPageAddress } from './page-address.js';

/** Asked by whoever runs the service, on its own network, without HTTPS. */
const OF_THE_OPERATOR = new Set(['/health/live', '/health/ready', '/metrics']);

/**
 * Where people come by HTTPS, by way of a proxy that is believed, nothing is answered to whoever came without: a browser that
 * asks for a page is led to its https address, and a program is refused, so that nobody sends a key in the clear unnoticed.
 * A proxy that does not say how somebody came (X-Forwarded-Proto) counts as one that lets them come without.
 */
export function refusePlainConnections(
  server: FastifyInstance,
  { publicUrl, network }: Pick<Config, 'publicUrl' | 'network'>,
): void {
  if (!publicUrl.startsWith('https:') || network.trustedProxies.isEmpty) return;
  server.addHook('onRequest', (request, reply, done) => {
    const { url, method, protocol } = request;
    if (protocol === 'https' || OF_THE_OPERATOR.has(url)) return done();
    const isForBrowser = url.startsWith('/') && isPageAddress(url);
    if (!isForBrowser || !['GET', 'HEAD'].includes(method)) return done(new HttpsRequired());
    void reply.header('Cache-Control', 'no-store').redirect(publicUrl + url, 308);
  });
}
