import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,16384}$/);
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

const ASSERTION = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

const ATTESTATION = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).nullish(),
  }),
});

/** What a browser gave for a request, read strictly; null when it is not of that form. */
export function readAssertion(response: unknown): AuthenticationResponseJSON | null {
  const parsed = ASSERTION.safeParse(response);
  if (!parsed.success) return null;
  const { id, rawId, type, response: answer } = parsed.data;
  const { clientDataJSON, authenticatorData, signature, userHandle } = answer;
  return {
    id,
    rawId,
    type,
    response: {
      clientDataJSON,
      authenticatorData,
      signature,
      ...(userHandle == null ? {} : { userHandle }),
    },
    clientExtensionResults: {},
  };
}

/** What a browser gave for a creation, read strictly; null when it is not of that form. */
export function readAttestation(response: unknown): RegistrationResponseJSON | null {
  const parsed = ATTESTATION.safeParse(response);
  if (!parsed.success) return null;
  const { id, rawId, type, response: answer } = parsed.data;
  const { clientDataJSON, attestationObject } = answer;
  const transports = (answer.transports ?? []).filter(isTransport);
  return {
    id,
    rawId,
    type,
    response: { clientDataJSON, attestationObject, transports },
    clientExtensionResults: {},
  };
}

/** Only known ways of reaching an authenticator are kept: the rest is text somebody made up. */
export const isTransport = (text: string): text is AuthenticatorTransport =>
  (TRANSPORTS as readonly string[]).includes(text);
