// Every route there is, from the table that the router is built from: a new one is under test without being named here.
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { startTestApp, type TestApp } from '../support/harness.js';
import { signedInAtBrowser } from '../support/sign-in-pages.js';
import { TestTime } from '../support/sign-in.js';

let service: TestApp;
let cookies: string;
beforeAll(async () => {
  service = await startTestApp();
  const ann = await signedInAtBrowser(service, new TestTime(service), { isAdministrator: true });
  cookies = [...ann.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
});
afterAll(() => service.stop());

interface Route {
  readonly method: string;
  readonly path: string;
}

function everyRoute(): Route[] {
  const scanner = new MetadataScanner();
  return service
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as unknown as { prototype: Record<string, object> };
      return scanner.getAllMethodNames(controller.prototype).flatMap((name) => {
        const handler = controller.prototype[name]!;
        const verb = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
        if (verb === undefined) return [];
        const at = [controller, handler].map((one) => Reflect.getMetadata('path', one) as string);
        const path = at.flat().join('/').split('/').filter(Boolean).join('/');
        return [{ method: RequestMethod[verb], path: `/${path}` }];
      });
    });
}

it('every route tells browsers and whatever is between to keep no answer, whoever asks', async () => {
  const routes = everyRoute();
  expect(routes.length).toBeGreaterThan(130);
  const kept: string[] = [];
  const statuses = new Map<number, number>();
  for (const { method, path } of routes)
    for (const [who, headers] of [
      ['a stranger', {}],
      ['a key', { authorization: `Bearer ${service.administrator.key}` }],
      ['a browser', { cookie: cookies, 'sec-fetch-site': 'same-origin' }],
    ] as const) {
      if (path === '/sign-out') continue; // the next would be nobody; see below
      const answer = await service.app.inject({
        method: method as 'GET',
        url: path.replace(/:\w+/g, 'nothing'),
        headers: { host: 'localhost:3000', ...headers },
      });
      statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
      if (answer.headers['cache-control'] !== 'no-store')
        kept.push(`${method} ${path} as ${who}: ${String(answer.headers['cache-control'])}`);
    }
  expect(kept).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(20);
  const out = await service.app.inject({
    method: 'POST',
    url: '/sign-out',
    headers: { host: 'localhost:3000', cookie: cookies, 'sec-fetch-site': 'same-origin' },
  });
  expect([out.statusCode, out.headers['cache-control']]).toEqual([303, 'no-store']);
});

it('but files whose address changes with their content', async () => {
  const page = await service.app.inject({ url: '/sign-in', headers: { host: 'localhost:3000' } });
  const [, asset] = /(\/assets\/[^"]+\.css)/.exec(page.body)!;
  const { headers } = await service.app.inject({ url: asset! });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
});
