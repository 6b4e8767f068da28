import { TokenRefused } from '../../access/keys/token.errors.js';
import type { TokenRequest } from '../../access/keys/machine-clients.service.js';

const BASIC = /^Basic +([A-Za-z0-9+/]+=*)$/i;

/**
 * Who asks for a token and for what, by RFC 6749, section 4.4: the client shows itself in the Authorization header or in
 * the form, and not in both. Refuses TokenRefused.
 */
export function readTokenRequest(authorization: string | undefined, body: unknown): TokenRequest {
  const field = fieldsOf(body);
  const grant = field('grant_type');
  if (grant === null)
    throw new TokenRefused('invalid_request', 'Send a form with grant_type=client_credentials.');
  if (grant !== 'client_credentials')
    throw new TokenRefused(
      'unsupported_grant_type',
      'Only client_credentials is known here; people sign in with a browser.',
    );
  const inForm = { clientId: field('client_id'), clientSecret: field('client_secret') };
  const inHeader = basic(authorization);
  if (inHeader !== null && inForm.clientSecret !== null)
    throw new TokenRefused(
      'invalid_request',
      'Send the secret in the header or in the form, not in both.',
    );
  const clientId = inHeader?.clientId ?? inForm.clientId;
  const clientSecret = inHeader?.clientSecret ?? inForm.clientSecret;
  if (clientId === null || clientSecret === null)
    throw new TokenRefused('invalid_client', 'Send client_id and client_secret.');
  return { clientId, clientSecret, scope: field('scope') };
}

function fieldsOf(body: unknown): (name: string) => string | null {
  if (typeof body !== 'object' || body === null) return () => null;
  return (name) => {
    const value: unknown = Object.hasOwn(body, name)
      ? (body as Record<string, unknown>)[name]
      : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
}

/** Identifier and secret are each form-encoded before they are joined (RFC 6749, section 2.3.1). */
function basic(header: string | undefined): { clientId: string; clientSecret: string } | null {
  const encoded = BASIC.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  return { clientId: decoded(text.slice(0, colon)), clientSecret: decoded(text.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}
