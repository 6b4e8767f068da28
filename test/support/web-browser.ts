// A browser without a screen: it keeps cookies as a browser does, follows redirects, and says with each request where it
// came from. What it shows is read with PageReader.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request, { type Response, type Test } from 'supertest';
import type { Config } from '../../src/platform/config/config.js';
import { CONFIG } from '../../src/platform/config/config.module.js';
import { PageReader } from './page.reader.js';

/** A page as it came. */
export interface Visit {
  readonly status: number;
  /** The address that was asked for last, after every redirect. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly page: PageReader;
}

/** Headers that replace the browser's own; null leaves one out. */
export type Headers = Readonly<Record<string, string | null>>;
type Form = Readonly<Record<string, string>> | string;

export class WebBrowser {
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie header as it came. */
  readonly setCookies: string[] = [];
  private readonly origin: URL;

  constructor(private readonly app: NestFastifyApplication) {
    this.origin = new URL(app.get<Config>(CONFIG, { strict: false }).publicUrl);
  }

  /** Types an address, or follows a link. */
  async open(path: string, headers: Headers = {}): Promise<Visit> {
    return this.land(path, await this.openOnly(path, headers));
  }

  /** As open, without following a redirect. */
  openOnly(path: string, headers: Headers = {}): Promise<Response> {
    return this.send(this.http().get(path), { 'Sec-Fetch-Site': 'none', ...headers });
  }

  /** Fills in a form of a page and sends it. */
  submit({ page }: Visit, action: string, filled: Readonly<Record<string, string>> = {}) {
    return this.post(action, { ...page.form(action).fields, ...filled });
  }

  /** Sends a form that need not be on any page. */
  async post(path: string, form: Form, headers: Headers = {}): Promise<Visit> {
    return this.land(path, await this.postOnly(path, form, headers));
  }

  /** As post, without following a redirect. */
  postOnly(path: string, form: Form, headers: Headers = {}): Promise<Response> {
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const test = this.http().post(path).type('application/x-www-form-urlencoded').send(body);
    const own = { 'Sec-Fetch-Site': 'same-origin', Origin: this.origin.origin };
    return this.send(test, { ...own, ...headers });
  }

  private http() {
    return request(this.app.getHttpServer());
  }

  private async send(test: Test, headers: Headers): Promise<Response> {
    const usual: Headers = {
      Host: this.origin.host,
      Accept: 'text/html,application/xhtml+xml',
      'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0',
      Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') || null,
    };
    for (const [name, value] of Object.entries({ ...usual, ...headers }))
      if (value !== null) void test.set(name, value);
    const answer = await test.redirects(0).ok(() => true);
    this.keep(answer);
    return answer;
  }

  private async land(path: string, answer: Response): Promise<Visit> {
    const headers = answer.headers as Record<string, string>;
    if (answer.status === 303) {
      const next = new URL(headers['location']!, this.origin);
      expect(next.origin).toBe(this.origin.origin);
      return this.open(next.pathname + next.search, { 'Sec-Fetch-Site': 'same-origin' });
    }
    return { status: answer.status, path, headers, page: new PageReader(answer.text ?? '') };
  }

  private keep(answer: Response): void {
    for (const cookie of (answer.headers['set-cookie'] ?? []) as unknown as string[]) {
      this.setCookies.push(cookie);
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value === '') this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
  }
}

/** A page that came with 200 at the address that was expected. */
export function expectAt(visit: Visit, path: string): Visit {
  expect([visit.status, visit.path, visit.page.errors]).toEqual([200, path, {}]);
  return visit;
}
