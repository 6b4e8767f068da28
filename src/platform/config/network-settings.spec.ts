import { randomBytes } from 'node:crypto';
import { loadConfig, loadServiceConfig, type ConfigurationRefused } from './config.js';

const CHECKED = 'postgres://app:a8d1c09be6@db.example/outturn?sslmode=verify-full';
const SERVING = {
  DATABASE_URL: CHECKED,
  OUTTURN_SECRET_KEY: randomBytes(32).toString('base64'),
  LOG_ORIGIN: 'example.org/log',
  LOG_SIGNING_KEY_FILE: '/run/secrets/log',
};
function refusal(environment: NodeJS.ProcessEnv, load = loadConfig): string {
  try {
    load({ DATABASE_URL: CHECKED, ...environment });
    return 'none';
  } catch (error) {
    return (error as ConfigurationRefused).message;
  }
}

describe('connections of production', () => {
  it.each([
    CHECKED,
    'postgres://app@db.example/outturn?application_name=x&sslmode=verify-full&sslrootcert=/ca.pem',
    'postgres://app@localhost/outturn',
    'postgres://app@127.0.0.1:5433/outturn',
    'postgres://app@[::1]/outturn',
    'postgres:///outturn?host=/var/run/postgresql',
  ])('to PostgreSQL may be %s', (DATABASE_URL) => expect(refusal({ DATABASE_URL })).toBe('none'));

  it.each([
    'postgres://app@db.example/outturn',
    'postgres://app@db.example/outturn?sslmode=require',
    'postgres://app@db.example/outturn?sslmode=no-verify',
    'postgres://app@localhost/outturn?sslmode=no-verify',
    'postgres://app@localhost/outturn?host=db.example',
    'postgres://app@db.example/outturn?host=localhost',
    'postgres://app@db.example/outturn?sslmode=verify-full&sslmode=disable',
    'postgres://app@db.example/outturn?sslmode=verify-full&ssl=false',
    'postgres://app@10.0.0.7/outturn',
    'postgres://app@localhost.example/outturn',
  ])('to PostgreSQL may not be %s', (DATABASE_URL) => {
    expect(refusal({ DATABASE_URL })).toContain('DATABASE_URL must say sslmode=verify-full');
    expect(refusal({ DATABASE_URL, NODE_ENV: 'development' })).toBe('none');
  });

  it('of a migration are no exception', () => {
    const MIGRATION_DATABASE_URL = 'postgres://owner@db.example/outturn';
    expect(refusal({ MIGRATION_DATABASE_URL })).toContain('MIGRATION_DATABASE_URL must say');
  });

  it('to Redis are encrypted, or on this machine', () => {
    expect(refusal({ REDIS_URL: 'redis://cache.example' })).toContain('must begin with rediss://');
    expect(refusal({ REDIS_URL: 'rediss://cache.example' })).toBe('none');
    expect(refusal({ REDIS_URL: 'redis://localhost:6379' })).toBe('none');
  });

  it('go unencrypted where that is said of the host, and only there', () => {
    const DATABASE_URL = 'postgres://app@postgres/outturn';
    const plain = { DATABASE_URL, REDIS_URL: 'redis://redis:6379' };
    expect(refusal({ ...plain, UNENCRYPTED_HOSTS: 'postgres, redis' })).toBe('none');
    expect(refusal({ ...plain, UNENCRYPTED_HOSTS: 'postgres' })).toContain('REDIS_URL');
    expect(refusal({ UNENCRYPTED_HOSTS: 'https://postgres' })).toContain('UNENCRYPTED_HOSTS must');
  });

  it('check certificates', () => {
    expect(refusal({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toContain(
      'NODE_TLS_REJECT_UNAUTHORIZED',
    );
    expect(refusal({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toBe('none');
  });
});

describe('the proxies that are believed', () => {
  const proxiesOf = (TRUSTED_PROXIES?: string) =>
    loadConfig({ DATABASE_URL: CHECKED, TRUSTED_PROXIES }).network.trustedProxies;

  it('are those of the list, in either form of an address', () => {
    const proxies = proxiesOf('192.0.2.10, 10.1.0.0/16,2001:db8:1::/48');
    for (const address of ['192.0.2.10', '10.1.255.3', '::ffff:10.1.0.1', '2001:db8:1::9'])
      expect([address, proxies.has(address)]).toEqual([address, true]);
    for (const address of ['192.0.2.11', '10.2.0.1', '2001:db8:2::1', 'proxy', '', '127.0.0.1'])
      expect([address, proxies.has(address)]).toEqual([address, false]);
    expect(proxiesOf().isEmpty).toBe(true);
  });

  it.each([
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    '0.0.0.0/0',
    '::/0',
    '1.2.3.4/8/8',
    'true',
    '1',
    '10.0.0.0/08',
    'fe80::1%eth0',
  ])('are not %s', (text) => {
    const refused = refusal({ TRUSTED_PROXIES: text });
    expect(refused).toContain('TRUSTED_PROXIES must be addresses or networks');
    expect(refused).not.toContain(`${text}.`);
  });

  it('are named in production where PUBLIC_URL is https', () => {
    const PUBLIC_URL = 'https://outturn.example';
    expect(refusal({ ...SERVING, PUBLIC_URL }, loadServiceConfig)).toContain(
      'TRUSTED_PROXIES is not set',
    );
    const named = { ...SERVING, PUBLIC_URL, TRUSTED_PROXIES: '192.0.2.10' };
    expect(refusal(named, loadServiceConfig)).toBe('none');
    expect(refusal(SERVING, loadServiceConfig)).toBe('none');
  });
});

describe('the hosts of providers', () => {
  it('are names, or all below a name', () => {
    const { network } = loadConfig({
      DATABASE_URL: CHECKED,
      PROVIDER_HOSTS: 'login.council.example *.Idp.example',
      PROVIDER_HOSTS_INSIDE: 'localhost, 10.0.0.7, [::1]',
    });
    expect(network.providerHosts).toEqual(['login.council.example', '*.idp.example']);
    expect(network.providerHostsInside).toEqual(['localhost', '10.0.0.7', '[::1]']);
  });

  it.each(['*', '*.example', 'https://login.example', 'login.example:443', 'a b/c', '*.*.example'])(
    'are not %s',
    (PROVIDER_HOSTS) => expect(refusal({ PROVIDER_HOSTS })).toContain('PROVIDER_HOSTS must be'),
  );
  it.each(['*.inside.example', 'http://localhost'])('inside are not %s', (PROVIDER_HOSTS_INSIDE) =>
    expect(refusal({ PROVIDER_HOSTS_INSIDE })).toContain('PROVIDER_HOSTS_INSIDE must be'),
  );
});
