import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PeopleService } from '../../src/access/people.service.js';
import { ApiModule } from '../../src/api/api.module.js';
import { parseTermsSource } from '../../src/domain/contract-terms/parse.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import { createHttpServer } from '../../src/platform/http/http-server.js';

/** An answer of the API, as a test reads it. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | undefined>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test states what it expects in it
  readonly body: any;
}

/** Somebody who is signed in and uses the API. */
export class Caller {
  constructor(
    private readonly app: NestFastifyApplication,
    readonly email: string,
    private readonly apiKey: string,
  ) {}

  get = (url: string, headers: Record<string, string> = {}) =>
    this.send('GET', url, undefined, headers);

  /** A new Idempotency-Key unless the test gives one. */
  post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    this.send('POST', url, body, { 'idempotency-key': randomUUID(), ...headers });

  put = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    this.send('PUT', url, body, headers);

  private async send(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await this.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${this.apiKey}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return {
      status: response.statusCode,
      headers: response.headers as Answer['headers'],
      body: response.body === '' ? null : JSON.parse(response.body),
    };
  }
}

/** The API with an administrator, for journeys through HTTP. */
export async function openApi() {
  const silent = { log() {}, error() {}, warn() {} };
  const app = await createHttpServer(ApiModule, silent);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const administrator = await firstAdministrator(app);
  return { app, administrator, person: (name: string) => addPerson(app, administrator, name) };
}

async function firstAdministrator(app: NestFastifyApplication): Promise<Caller> {
  const context: INestApplicationContext = app;
  const email = `admin-${randomUUID()}@example.org`;
  const { apiKey } = await context
    .get(TransactionRunner, { strict: false })
    .run((tx) =>
      context
        .get(PeopleService, { strict: false })
        .addFirstAdministrator(tx, { email, name: 'Ada' }),
    );
  return new Caller(app, email, apiKey);
}

async function addPerson(
  app: NestFastifyApplication,
  administrator: Caller,
  name: string,
): Promise<Caller> {
  const email = `${name.toLowerCase()}-${randomUUID()}@example.org`;
  const added = await administrator.post('/v1/people', { email, name });
  if (added.status !== 201) throw new Error(`${name} was not added: ${JSON.stringify(added.body)}`);
  return new Caller(app, email, added.body.apiKey);
}

/** The example terms of the loneliness contract as plain data, to be changed by a test. */
export function lonelinessTerms(change: Record<string, unknown> = {}): Record<string, unknown> {
  const source = readFileSync('examples/worcestershire-loneliness/terms.yaml', 'utf8');
  return { ...(parseTermsSource(source) as Record<string, unknown>), ...change };
}
