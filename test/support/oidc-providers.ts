// Two OpenID Connect providers on this machine: an honest one (oidc-provider), and one that says whatever it is told.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';

export const CLIENT_ID = 'outturn';
export const CLIENT_SECRET = 'a secret that only the two of them know';
export const SECRET_NAME = 'OIDC_SECRET_TEST';

/** Somebody at a provider. */
export interface ProviderAccount {
  readonly subject: string;
  readonly email: string;
  readonly isVerified: boolean;
}

export interface RunningProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const stop = (server: Server) => () =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

/** The certified library, with its own pages to sign in on. */
export async function startHonestProvider(
  redirectUri: string,
  accounts: readonly ProviderAccount[],
): Promise<RunningProvider> {
  let provider: Provider | null = null;
  const server = createServer((request, response) => void provider!.callback()(request, response));
  const issuer = await listen(server);
  provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['for this test only'] },
    findAccount: (_, id) => {
      const account = accounts.find(({ subject }) => subject === id);
      return account === undefined
        ? undefined
        : {
            accountId: id,
            claims: () => ({ sub: id, email: account.email, email_verified: account.isVerified }),
          };
    },
  });
  return { issuer, stop: stop(server) };
}

/** Goes through the pages of the honest provider as a browser would, and gives the address it sends back to. */
export async function signInAtProvider(
  start: string,
  subject: string,
  redirectUri: string,
): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = start;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 20; step++) {
    if (address.startsWith(redirectUri)) return new URL(address);
    const response: Response = await fetch(address, {
      method: form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      cookies.set(name!, value!);
    }
    const next = response.headers.get('location');
    if (next !== null) {
      address = new URL(next, address).href;
      form = null;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined) throw new Error(`No form at ${address}: ${page.slice(0, 300)}`);
    address = new URL(/action="([^"]+)"/.exec(page)![1]!, address).href;
    form = new URLSearchParams({ prompt, login: subject, password: 'any' });
  }
  throw new Error('the provider never sent the browser back');
}

/** What a forger puts into the ID token, and how it signs it. */
export interface Forgery {
  readonly claims?: JWTPayload;
  /** Claims to leave out. */
  readonly without?: readonly string[];
  readonly signature?: 'own' | 'other-key' | 'none';
  readonly expiresInSeconds?: number;
}

export interface ForgingProvider extends RunningProvider {
  /** What the next ID token is to be like; the nonce is that of the latest visit unless it is forged. */
  forge(forgery: Forgery, nonce: string): void;
}

export async function startForgingProvider(): Promise<ForgingProvider> {
  const own = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let next: { forgery: Forgery; nonce: string } = { forgery: {}, nonce: '' };
  let issuer = '';
  const server = createServer((request, response) => void answer(request, response));
  issuer = await listen(server);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (body: object) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return void send({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      });
    if (request.url === '/jwks') return void send({ keys: [jwk] });
    return void send({
      access_token: 'x',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: await idToken(),
    });
  }

  async function idToken(): Promise<string> {
    const { forgery, nonce } = next;
    const now = Math.floor(Date.now() / 1_000);
    const claims: JWTPayload = {
      iss: issuer,
      aud: CLIENT_ID,
      sub: 'forged',
      iat: now,
      exp: now + (forgery.expiresInSeconds ?? 60),
      nonce,
      ...forgery.claims,
    };
    for (const name of forgery.without ?? []) delete claims[name];
    if (forgery.signature === 'none') return new UnsecuredJWT(claims).encode();
    const key = forgery.signature === 'other-key' ? other.privateKey : own.privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  }

  return {
    issuer,
    forge: (forgery, nonce) => {
      next = { forgery, nonce };
    },
    stop: stop(server),
  };
}
