import { networksIn, type Networks } from '../network/networks.js';

/** With whom the service speaks, and how it knows who they are. */
export interface NetworkSettings {
  /** Whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody's where it is empty. */
  readonly trustedProxies: Networks;
  /** Hosts of PostgreSQL and Redis that may be reached without TLS. */
  readonly unencryptedHosts: readonly string[];
  /** Hosts of sign-in providers that may be called; `*.` before one means every host below it. */
  readonly providerHosts: readonly string[];
  /** Those of them whose address may be one of an inside network. */
  readonly providerHostsInside: readonly string[];
}

/** What the environment says of it. */
export interface NetworkSources {
  readonly TRUSTED_PROXIES?: string | undefined;
  readonly UNENCRYPTED_HOSTS?: string | undefined;
  readonly PROVIDER_HOSTS?: string | undefined;
  readonly PROVIDER_HOSTS_INSIDE?: string | undefined;
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(${LABEL}(\\.${LABEL})*|\\[[0-9a-f:.]+\\])$`);
const HOST_OR_BELOW = new RegExp(`^(\\*\\.${LABEL}(\\.${LABEL})+|${HOST.source.slice(1, -1)})$`);

/** Reads them. Faults name the variable only. */
export function readNetworkSettings(sources: NetworkSources): {
  readonly settings: NetworkSettings;
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const hosts = (name: keyof NetworkSources, form: RegExp, what: string): readonly string[] => {
    const items = itemsOf(sources[name]).map((item) => item.toLowerCase());
    if (!items.every((item) => form.test(item))) faults.push(`${name} ${what}`);
    return Object.freeze(items);
  };
  const trustedProxies = networksIn(itemsOf(sources.TRUSTED_PROXIES));
  if (trustedProxies === null)
    faults.push(
      'TRUSTED_PROXIES must be addresses or networks with commas between, such as 192.0.2.10 or 10.0.0.0/8, and not everybody',
    );
  const named = 'must be names of hosts with commas between, without scheme or port';
  const orBelow = `${named}; "*." and a name of at least two parts means every host below it`;
  return {
    settings: Object.freeze({
      trustedProxies: trustedProxies ?? networksIn([])!,
      unencryptedHosts: hosts('UNENCRYPTED_HOSTS', HOST, named),
      providerHosts: hosts('PROVIDER_HOSTS', HOST_OR_BELOW, orBelow),
      providerHostsInside: hosts('PROVIDER_HOSTS_INSIDE', HOST, named),
    }),
    faults,
  };
}

const itemsOf = (text: string | undefined): string[] =>
  (text ?? '').split(/[\s,]+/).filter((item) => item !== '');

/**
 * Which connections of production would be told in the clear, or to somebody whose certificate nobody checks. On this machine
 * itself, and where UNENCRYPTED_HOSTS says that the network keeps them, they may be.
 */
export function unencryptedFaults(config: {
  readonly network: NetworkSettings;
  readonly databaseUrl: string;
  readonly migrationDatabaseUrl: string;
  readonly redisUrl: string | null;
  /** NODE_TLS_REJECT_UNAUTHORIZED, with which Node stops checking certificates. */
  readonly tlsCheck: string | undefined;
}): string[] {
  const { network, databaseUrl, migrationDatabaseUrl, redisUrl, tlsCheck } = config;
  const mayBePlain = (host: string): boolean =>
    isThisMachine(host) || network.unencryptedHosts.includes(host.toLowerCase());
  const faults: string[] = [];
  for (const [name, url] of [
    ['DATABASE_URL', databaseUrl],
    ['MIGRATION_DATABASE_URL', migrationDatabaseUrl],
  ] as const)
    if ((name === 'DATABASE_URL' || url !== databaseUrl) && !isDatabaseSafe(url, mayBePlain))
      faults.push(
        `${name} must say sslmode=verify-full so that the connection is encrypted and the certificate checked (sslrootcert=FILE names an authority of your own); where the network itself keeps it, leave sslmode out and name its host in UNENCRYPTED_HOSTS`,
      );
  if (redisUrl !== null && !isRedisSafe(redisUrl, mayBePlain))
    faults.push(
      'REDIS_URL must begin with rediss:// so that the connection is encrypted; where the network itself keeps it, name its host in UNENCRYPTED_HOSTS',
    );
  if (tlsCheck !== undefined && tlsCheck !== '1')
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED turns the check of certificates off: unset it, and name an authority of your own in NODE_EXTRA_CA_CERTS',
    );
  return faults;
}

/** Why a service in production would not know whether its callers came by HTTPS; null when it does. */
export const proxyFaultInProduction = (config: {
  readonly network: NetworkSettings;
  readonly publicUrl: string;
}): string | null =>
  config.publicUrl.startsWith('https:') && config.network.trustedProxies.isEmpty
    ? 'TRUSTED_PROXIES is not set: PUBLIC_URL is https, so name the proxy where TLS ends, such as 192.0.2.10'
    : null;

/** pg takes a host in the query before that of the address; a path is a socket of this machine. */
function isDatabaseSafe(databaseUrl: string, mayBePlain: (host: string) => boolean): boolean {
  const { hostname, searchParams } = new URL(databaseUrl);
  const modes = searchParams.getAll('sslmode');
  if (searchParams.has('ssl')) return false;
  if (modes.length > 0) return modes.length === 1 && modes[0] === 'verify-full';
  return [...searchParams.getAll('host'), decodeURIComponent(hostname)].every(mayBePlain);
}

function isRedisSafe(redisUrl: string, mayBePlain: (host: string) => boolean): boolean {
  const { protocol, hostname } = new URL(redisUrl);
  return protocol === 'rediss:' || mayBePlain(hostname);
}

const LOOPBACK = networksIn(['127.0.0.0/8', '::1'])!;

const isThisMachine = (host: string): boolean =>
  host === '' ||
  host.startsWith('/') ||
  host === 'localhost' ||
  LOOPBACK.has(host.replace(/^\[|\]$/g, ''));
