import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as requestByHttp, type IncomingMessage } from 'node:http';
import { request as requestByHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isInside } from './inside-addresses.js';
import { OutboundRefused, standingOf, type OutboundHosts } from './outbound-hosts.js';

/** What is asked of a host, in the form of the Fetch API. */
export interface OutboundRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks a host, and gives its own answer: a redirect is an answer and is not followed. Refuses OutboundRefused. */
export type OutboundFetch = (address: string, request: OutboundRequest) => Promise<Response>;

/** What a sign-in provider says of itself, its keys and tokens are a few kilobytes. */
const ANSWER_BYTES_MAX = 1024 * 1024;
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Calls listed hosts only, and at public addresses only unless a host is listed as one of the inside. The address that a name
 * leads to is judged where the connection is made, and the connection is made to that very address: a name that leads elsewhere
 * the second time it is asked for gains nothing. Each call has a connection of its own, and no proxy of the environment is used.
 */
export function outboundFetch(
  hosts: OutboundHosts,
  lookup: typeof systemLookup = systemLookup,
): OutboundFetch {
  return async (address, request) => {
    const url = new URL(address);
    const standing = standingOf(url.hostname, hosts);
    if (standing === 'refused')
      throw new OutboundRefused(`${url.hostname} is not one of the hosts that may be called`);
    if (url.username !== '' || url.password !== '' || !['http:', 'https:'].includes(url.protocol))
      throw new OutboundRefused(`${url.hostname} may not be called in this way`);
    const judged = standing === 'inside' ? (lookup as LookupFunction) : publicOnly(lookup);
    return answerOf(await send(url, request, judged));
  };
}

/** As the system's own, and fails where any of the addresses is of an inside network. */
function publicOnly(lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const found: readonly LookupAddress[] = addresses ?? [];
      if (error) return callback(error, [], 0);
      if (found.length === 0 || found.some(({ address }) => isInside(address)))
        return callback(
          new OutboundRefused(`${hostname} leads to an address of an inside network`),
          [],
          0,
        );
      if (options.all) callback(null, [...found]);
      else callback(null, found[0]!.address, found[0]!.family);
    });
}

function send(
  url: URL,
  { method, headers, body, signal }: OutboundRequest,
  lookup: LookupFunction,
): Promise<IncomingMessage> {
  const content = contentOf(body);
  const request = url.protocol === 'https:' ? requestByHttps : requestByHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      headers: { ...headers, ...(content === null ? {} : { 'content-length': content.length }) },
      lookup,
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    });
    sent.on('response', resolve).on('error', reject);
    sent.end(content ?? undefined);
  });
}

function contentOf(body: unknown): Buffer | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof URLSearchParams)
    return Buffer.from(body.toString());
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new TypeError('a body is sent as a text, as a form or as bytes');
}

async function answerOf(message: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) throw new OutboundRefused('the answer does not end');
    chunks.push(chunk);
  }
  const status = message.statusCode!;
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers))
    for (const each of [value ?? []].flat()) headers.append(name, each);
  return new Response(WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks), { status, headers });
}
