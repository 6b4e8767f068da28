// Reading what was done in a real browser, without JavaScript: narrowing, one record, its proof, the list as a file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { Browser, Page } from 'playwright-core';
import { formatVkey } from '../../src/domain/log/note-key.js';
import { Sealer } from '../../src/log/sealer.service.js';
import { SigningKey } from '../../src/log/signing-key.js';
import { freePort } from '../support/free-port.js';
import { startTestApp, startTestWorker, type TestApp } from '../support/harness.js';
import { aReviewedQuarter } from '../support/reviewed-quarter.js';
import { signedInAtBrowser, type PersonAtBrowser } from '../support/sign-in-pages.js';
import { PASSWORD, TestTime } from '../support/sign-in.js';
import { barriersOn, Complaints, isTooWide, startChromium, WIDTHS } from './chromium.js';

let service: TestApp;
let worker: INestApplication;
let time: TestTime;
let browser: Browser;
let origin: string;
let cora: PersonAtBrowser;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  process.env['PUBLIC_URL'] = origin;
  service = await startTestApp();
  worker = await startTestWorker();
  const { path, provider, computation } = await aReviewedQuarter(service, 'watched');
  await provider.post(`${path}/claims`, { computation }).expect(201);
  await provider.get(`${path}/participants/P-1`).expect(200);
  time = new TestTime(service, new Date().toISOString());
  cora = await signedInAtBrowser(service, time, { name: 'Cora Browser' });
  const part = { email: cora.email, party: 'council', role: 'commissioner' };
  await service.administrator.post(`${path}/members`, part).expect(201);
  await service.get(Sealer).sealAll();
  await service.app.listen({ host: '127.0.0.1', port });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
  await service?.stop();
});

async function signedIn(options: { readonly width?: number; readonly javaScriptEnabled: boolean }) {
  const { width = WIDTHS.desk, javaScriptEnabled } = options;
  const context = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled,
    acceptDownloads: true,
    viewport: { width, height: 800 },
  });
  context.setDefaultTimeout(10_000);
  const complaints = new Complaints(context);
  const page = await context.newPage();
  time.pass({ seconds: 30 });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(cora.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(cora.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  return { context, page, complaints };
}

const SAID = 'Pat Provider submitted claim 1: 3 lines, £3,960.00.';
const acts = (page: Page) => page.getByRole('main').getByRole('listitem');

it('without JavaScript a commissioner narrows the list, opens a record and takes its proof away', async () => {
  const { context, page, complaints } = await signedIn({ javaScriptEnabled: false });
  await page.getByRole('link', { name: 'Activity' }).click();
  expect(await page.locator('h1').innerText()).toBe('Activity');
  await page.getByLabel('Claim').fill('none');
  await page.getByRole('button', { name: 'Show' }).click();
  expect(await page.title()).toBe('Error: Activity – Outturn');
  expect(await page.locator('.govuk-error-summary').innerText()).toContain(
    'Enter the number of a claim',
  );
  await page.getByLabel('Claim').fill('1');
  await page.getByLabel('Kind of act').selectOption('Claim submitted');
  await page.getByRole('button', { name: 'Show' }).click();
  expect(await acts(page).filter({ hasText: SAID }).count()).toBe(1);
  const csv = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  expect((await csv).suggestedFilename()).toBe('watched-activity.csv');
  await acts(page).filter({ hasText: SAID }).getByRole('link').click();
  expect(await page.locator('h1').innerText()).toMatch(/^Entry \d+$/);
  expect(await page.getByRole('main').innerText()).toContain('is as it was written');
  const proof = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the proof' }).click();
  expect(verdictOf(await (await proof).path())).toMatch(/UNWITNESSED/);
  expect(complaints.all).toEqual([]);
  await context.close();
});

it.each(Object.entries(WIDTHS))('on a %s the pages have no barriers', async (_, width) => {
  const { context, page, complaints } = await signedIn({ width, javaScriptEnabled: true });
  const look = async (shot: string) => {
    const found = [await page.locator('h1').count(), await barriersOn(page), await isTooWide(page)];
    expect([shot, ...found]).toEqual([shot, 1, [], false]);
  };
  await page.goto('/contracts/watched/activity');
  await look('list');
  await page.goto('/contracts/watched/activity?claim=none&from=2015-02-30');
  await look('error');
  await page.goto('/contracts/watched/activity?claim=99');
  await look('absent');
  await page.goto('/contracts/watched/activity/1');
  await look('record');
  expect(complaints.all).toEqual([]);
  await context.close();
});

/** What a stranger's own verifier says of the file. */
function verdictOf(bundle: string): string {
  const policy = join(mkdtempSync(join(tmpdir(), 'outturn-policy-')), 'policy');
  writeFileSync(policy, `log ${formatVkey(service.get(SigningKey).signer().key)}\nquorum none\n`);
  try {
    return execFileSync('node', ['verifier/outturn-verify.mjs', bundle, '--policy', policy], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout; // UNWITNESSED ends with 10
  }
}
