import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request, { type Response, type Test } from 'supertest';

export interface Identity {
  readonly name: string;
  readonly email: string;
  /** null for somebody who has not signed in. */
  readonly key: string | null;
}

/** What goes with an act beside its body. */
export interface ActOptions {
  /** A fresh one for each act unless it is given; null sends none. */
  readonly idempotencyKey?: string | null;
  readonly ifMatch?: string;
}

/** Somebody who uses the service over HTTP with a key of their own. */
export class TestPerson {
  readonly name: string;
  readonly email: string;
  readonly key: string | null;

  constructor(
    private readonly app: NestFastifyApplication,
    { name, email, key }: Identity,
  ) {
    this.name = name;
    this.email = email;
    this.key = key;
  }

  get(path: string, accept = 'application/json'): Test {
    return this.signed(this.http().get(path)).set('Accept', accept);
  }

  post(path: string, body: object = {}, options: ActOptions = {}): Test {
    return this.act(this.http().post(path), options).send(body);
  }

  put(path: string, body: object, options: ActOptions = {}): Test {
    return this.act(this.http().put(path), { idempotencyKey: null, ...options }).send(body);
  }

  delete(path: string): Test {
    return this.signed(this.http().delete(path));
  }

  /** Uploads a CSV file; its text, or its bytes where the encoding matters. */
  upload(path: string, csv: string | Buffer, options: ActOptions = {}): Test {
    return this.act(this.http().post(path), options)
      .set('Content-Type', 'text/csv')
      .send(csv as string);
  }

  /** Every item of a list, page by page. */
  async all<Item>(path: string, limit = 100): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = null; ;) {
      const address = new URL(path, 'http://service');
      address.searchParams.set('limit', String(limit));
      if (cursor !== null) address.searchParams.set('cursor', cursor);
      const page: Response = await this.get(address.pathname + address.search).expect(200);
      items.push(...(page.body.items as Item[]));
      cursor = page.body.next as string | null;
      if (cursor === null) return items;
    }
  }

  private http() {
    return request(this.app.getHttpServer());
  }

  private signed(test: Test): Test {
    return this.key === null ? test : test.set('Authorization', `Bearer ${this.key}`);
  }

  private act(test: Test, { idempotencyKey, ifMatch }: ActOptions): Test {
    const key = idempotencyKey === undefined ? randomUUID() : idempotencyKey;
    if (key !== null) void test.set('Idempotency-Key', key);
    if (ifMatch !== undefined) void test.set('If-Match', ifMatch);
    return this.signed(test);
  }
}
