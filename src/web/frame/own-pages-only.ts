import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that changes something was made by a page of this service, as far as the browser's own headers say;
 * `unsaid` is for a browser that sends neither, and then the token in the form decides.
 *
 * Every header that is there must agree. An opaque origin ("null": a sandboxed frame, a redirect from another site) is
 * nobody's, so it is refused whatever else is said.
 */
export function madeByOwnPage(
  headers: IncomingHttpHeaders,
  isOwnOrigin: (origin: string) => boolean,
): 'yes' | 'no' | 'unsaid' {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin)) return 'no';
  if (site !== undefined && site !== 'same-origin') return 'no';
  return origin === undefined && site === undefined ? 'unsaid' : 'yes';
}
