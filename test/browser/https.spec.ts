// The pages over HTTPS in a real browser, with a proxy before the service that ends the encryption, as in production.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort } from '../support/free-port.js';
import { startTestApp, type TestApp } from '../support/harness.js';
import { signedInAtBrowser } from '../support/sign-in-pages.js';
import { PASSWORD, TestTime } from '../support/sign-in.js';
import { Complaints, startChromium } from './chromium.js';

let service: TestApp;
let time: TestTime;
let proxy: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const [inside, outside] = [await freePort(), await freePort()];
  origin = `https://localhost:${outside}`;
  process.env['PUBLIC_URL'] = origin;
  service = await startTestApp();
  time = new TestTime(service, new Date().toISOString());
  await service.app.listen({ host: '127.0.0.1', port: inside });
  proxy = await startProxy(outside, inside);
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  proxy?.closeAllConnections();
  proxy?.close();
  await service?.stop();
  delete process.env['PUBLIC_URL'];
});

/** Ends the encryption and hands everything on as it came. */
async function startProxy(outside: number, inside: number): Promise<Server> {
  const server = createServer(certificate(), (request, response) => {
    const { method, url, headers } = request;
    const onward = forward(
      { host: '127.0.0.1', port: inside, method, path: url, headers },
      (answer) => {
        response.writeHead(answer.statusCode!, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(outside, '127.0.0.1', resolve));
  expect((server.address() as AddressInfo).port).toBe(outside);
  return server;
}

/** For this test and this machine. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'outturn-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', ['req', ...made, ...whose, '-days', '2', '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  const read = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return read;
}

it('keeps cookies of this host alone, is told to stay with HTTPS, and is cleared at the end', async () => {
  const ann = await signedInAtBrowser(service, time);
  time.pass({ seconds: 30 });
  const context = await browser.newContext({ baseURL: origin, ignoreHTTPSErrors: true });
  const complaints = new Complaints(context);
  const page = await context.newPage();
  const first = await page.goto('/sign-in');
  expect(first!.headers()['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  await page.getByLabel('E-mail address').fill(ann.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(ann.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${origin}/`);
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual([
    '__Host-outturn-form',
    '__Host-outturn-session',
  ]);
  for (const cookie of cookies)
    expect(cookie).toMatchObject({
      domain: 'localhost',
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    });
  expect(await page.evaluate('document.cookie')).toBe('');

  await page.evaluate(`localStorage.setItem('left', 'behind')`);
  const leaving = page.waitForResponse((answer) => answer.url() === `${origin}/sign-out`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  expect((await (await leaving).allHeaders())['clear-site-data']).toBe('"cache", "storage"');
  await page.getByText('You have signed out.').waitFor();
  expect(await page.evaluate(`localStorage.getItem('left')`)).toBeNull();
  const left = (await context.cookies()).map(({ name }) => name);
  expect(left).not.toContain('__Host-outturn-session');
  await page.goto('/account');
  expect(await page.locator('h1').innerText()).toBe('Sign in');
  expect(complaints.all).toEqual([]);
  await context.close();
});
