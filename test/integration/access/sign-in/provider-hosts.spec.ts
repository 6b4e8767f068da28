import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProviderSettingsService } from '../../../../src/access/sign-in/provider-settings.service.js';
import { ProviderSignInService } from '../../../../src/access/sign-in/provider-sign-in.service.js';
import {
  ProviderSettingsRefused,
  ProviderSignInRefused,
} from '../../../../src/access/sign-in/sign-in.errors.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import { CLIENT_ID, CLIENT_SECRET, SECRET_NAME } from '../../../support/oidc-providers.js';
import { administratorOf, HOME } from '../../../support/sign-in.js';

/** A server on this machine that would describe a provider, and counts who asks it. */
let server: Server;
let issuer: string;
let asked: string[] = [];
let redirectsTo: string | null = null;
const settings = ['PROVIDER_HOSTS', 'PROVIDER_HOSTS_INSIDE'] as const;
const before = settings.map((name) => process.env[name]);

beforeAll(async () => {
  process.env[SECRET_NAME] = CLIENT_SECRET;
  server = createServer((request, response) => {
    asked.push(request.url!);
    if (redirectsTo !== null && !request.url!.startsWith('/moved'))
      return void response.writeHead(302, { location: redirectsTo }).end();
    const described = { issuer, authorization_endpoint: `${issuer}/auth` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(described));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  delete process.env[SECRET_NAME];
  settings.forEach((name, at) => (process.env[name] = before[at]));
});

/** A service for which these hosts are listed. */
async function serviceWith(hosts: string, inside: string): Promise<TestApp> {
  process.env['PROVIDER_HOSTS'] = hosts;
  process.env['PROVIDER_HOSTS_INSIDE'] = inside;
  return startTestApp();
}

async function add(service: TestApp, at: string, domain: string): Promise<{ id: string }> {
  const administrator = await administratorOf(service);
  return service.get(TransactionRunner).run(administrator, (tx) =>
    service.get(ProviderSettingsService).add(tx, administrator, {
      name: 'Council',
      issuer: at,
      clientId: CLIENT_ID,
      clientSecretName: SECRET_NAME,
      emailDomains: [domain],
    }),
  );
}

describe('a provider on an inside network', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await serviceWith('localhost, *.council.example', '127.0.0.1');
  });
  afterAll(() => service.stop());

  it('is not called when its name is only listed as a public one', async () => {
    const { id } = await add(service, issuer, 'inside.example');
    asked = [];
    const visit = service.get(ProviderSignInService).begin(id, HOME);
    await expect(visit).rejects.toBeInstanceOf(ProviderSignInRefused);
    expect(asked).toEqual([]);
  });

  it('that is listed as one is called, and a redirect of its is not followed', async () => {
    const { id } = await add(service, issuer.replace('localhost', '127.0.0.1'), 'listed.example');
    redirectsTo = `${issuer.replace('localhost', '127.0.0.1')}/moved`;
    asked = [];
    const visit = service.get(ProviderSignInService).begin(id, HOME);
    await expect(visit).rejects.toBeInstanceOf(ProviderSignInRefused);
    redirectsTo = null;
    expect(asked).toEqual(['/.well-known/openid-configuration']);
  });

  it.each([
    'https://login.elsewhere.example',
    'https://council.example',
    'https://10.0.0.1',
    'https://169.254.169.254',
    'https://[::ffff:127.0.0.1]',
    'http://[::1]:8080',
  ])('or one that is not listed cannot be set up: %s', async (at) => {
    const refused = add(service, at, 'other.example');
    await expect(refused).rejects.toBeInstanceOf(ProviderSettingsRefused);
    await expect(refused).rejects.toThrow('PROVIDER_HOSTS');
  });

  it('that is listed can be set up', async () => {
    await expect(add(service, 'https://login.council.example', 'ours.example')).resolves.toEqual(
      expect.objectContaining({ issuer: 'https://login.council.example' }),
    );
  });
});
