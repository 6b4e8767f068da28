import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import type { Clock } from '../../domain/calendar/clock.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { NamedSecrets } from '../../platform/config/named-secrets.js';
import { outboundFetch, type OutboundFetch } from '../../platform/network/outbound-fetch.js';
import { PROVIDER_RETURN_PATH } from './paths.js';
import type { ProviderRow } from './providers.repository.js';
import { ProviderSignInRefused } from './sign-in.errors.js';

/** What the answer of a provider is held against. */
export interface VisitChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who somebody is at their provider. */
export interface ProvedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** In small letters; null unless the provider says that it has verified the address. */
  readonly verifiedEmail: string | null;
}

const SCOPE = 'openid email';
const TIMEOUT_SECONDS = 10;
/** What a provider says of itself is read anew after this long. */
const DESCRIPTION_MS = 10 * 60_000;
const HTTP_HERE = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** Speaks OpenID Connect: authorization code flow with PKCE (S256), state and nonce; to the hosts of PROVIDER_HOSTS only. */
@Injectable()
export class ProviderClient {
  private readonly logger = new Logger(ProviderClient.name);
  private readonly known = new Map<string, { client: Configuration; until: number }>();
  private readonly returnTo: string;
  private readonly fetch: OutboundFetch;

  constructor(
    private readonly secrets: NamedSecrets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.returnTo = `${config.publicUrl}${PROVIDER_RETURN_PATH}`;
    const { providerHosts: hosts, providerHostsInside: inside } = config.network;
    this.fetch = outboundFetch({ hosts, inside });
  }

  /** Where to send the browser, and what to remember until it is back. Refuses ProviderSignInRefused. */
  async begin(provider: ProviderRow): Promise<{ redirectTo: string; checks: VisitChecks }> {
    const client = await this.clientOf(provider);
    const codeVerifier = randomPKCECodeVerifier();
    const checks = { state: randomState(), nonce: randomNonce(), codeVerifier };
    const redirectTo = buildAuthorizationUrl(client, {
      redirect_uri: this.returnTo,
      scope: SCOPE,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return { redirectTo: redirectTo.href, checks };
  }

  /**
   * Who the answer is about, after state, code, nonce, issuer, audience, signature and times were checked. Only the query
   * of the address counts: host and path are our own. Refuses ProviderSignInRefused.
   */
  async finish(
    provider: ProviderRow,
    checks: VisitChecks,
    answeredAt: URL,
  ): Promise<ProvedIdentity> {
    const client = await this.clientOf(provider);
    try {
      const tokens = await authorizationCodeGrant(
        client,
        new URL(`${this.returnTo}${answeredAt.search}`),
        {
          pkceCodeVerifier: checks.codeVerifier,
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          idTokenExpected: true,
        },
      );
      const claims = tokens.claims();
      if (!claims || claims.iss !== client.serverMetadata().issuer || claims.sub === '')
        throw new Error('the ID token names no subject of this issuer');
      const said =
        claims['email'] === undefined && client.serverMetadata().userinfo_endpoint !== undefined
          ? await fetchUserInfo(client, tokens.access_token, claims.sub)
          : claims;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        verifiedEmail:
          said['email_verified'] === true && typeof said['email'] === 'string'
            ? said['email'].toLowerCase()
            : null,
      };
    } catch (error) {
      throw this.refused(error);
    }
  }

  private async clientOf(provider: ProviderRow): Promise<Configuration> {
    const key = [provider.id, provider.issuer, provider.client_id].join(' ');
    const now = this.clock.now().getTime();
    const found = this.known.get(key);
    if (found && found.until > now) return found.client;
    const client = await this.discover(provider).catch((error: unknown) => {
      throw this.refused(error);
    });
    this.known.set(key, { client, until: now + DESCRIPTION_MS });
    return client;
  }

  private async discover(provider: ProviderRow): Promise<Configuration> {
    const secret = await this.secrets.read(provider.client_secret_name);
    if (secret === null) throw new Error(`${provider.client_secret_name} is not set`);
    // the token comes straight from the provider, and its signature is checked all the same (enableNonRepudiationChecks)
    const isHere = HTTP_HERE.test(provider.issuer) && this.config.environment !== 'production';
    return discovery(
      new URL(provider.issuer),
      provider.client_id,
      undefined,
      authenticationWith(secret),
      {
        timeout: TIMEOUT_SECONDS,
        [customFetch]: this.fetch,
        execute: [enableNonRepudiationChecks, ...(isHere ? [allowInsecureRequests] : [])],
      },
    );
  }

  /** Why is for the log, and without the answer itself: it holds the code. */
  private refused(error: unknown): ProviderSignInRefused {
    const { name, message, code } = (error ?? {}) as Partial<Error & { code: unknown }>;
    this.logger.warn('A sign-in at a provider was refused', {
      error: name,
      code: typeof code === 'string' ? code : undefined,
      reason: message?.slice(0, 200),
    });
    return new ProviderSignInRefused();
  }
}

/** By HTTP Basic, which is what OpenID Connect presumes, unless the provider says it takes the secret in the body only. */
function authenticationWith(secret: string): ClientAuth {
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const isBasic = methods === undefined || methods.includes('client_secret_basic');
    const authenticate = isBasic ? ClientSecretBasic(secret) : ClientSecretPost(secret);
    authenticate(server, client, body, headers);
  };
}
