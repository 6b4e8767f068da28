// Signing in at a browser, as a person does it: a link, a password, an authenticator app, a passkey.
import { TOTP } from 'otpauth';
import { PeopleService } from '../../src/access/people.service.js';
import type { BrowserSession, IssuedSession } from '../../src/access/sign-in/browser-session.js';
import type { Client } from '../../src/access/sign-in/client.js';
import { FactorsService } from '../../src/access/sign-in/factors.service.js';
import { PasswordsService } from '../../src/access/sign-in/passwords.service.js';
import { SessionsService } from '../../src/access/sign-in/sessions.service.js';
import { SignInService, type SignInStep } from '../../src/access/sign-in/sign-in.service.js';
import type { Clock } from '../../src/domain/calendar/clock.js';
import type { Actor } from '../../src/platform/auth/actor.js';
import { CLOCK } from '../../src/platform/clock/clock.module.js';
import { SERVICE } from '../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import { rowsOfOwner } from './owner.js';
import type { TestApp } from './service.js';

export const PASSWORD = 'tortoise gravel ninety lamp';
export const HOME: Client = {
  address: '192.0.2.10',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};
export const ELSEWHERE: Client = { address: '198.51.100.7', userAgent: null };

/** The clock of the service: it stands still until the test moves it. */
export class TestTime {
  private now: Date;

  constructor(service: TestApp, start = '2026-03-02T09:00:00Z') {
    this.now = new Date(start);
    const clock: { now: Clock['now'] } = service.get<Clock>(CLOCK);
    clock.now = () => new Date(this.now);
  }

  get present(): Date {
    return new Date(this.now);
  }

  pass({ hours = 0, minutes = 0, seconds = 0, ms = 0 }: Partial<Record<Unit, number>>): void {
    this.now = new Date(this.now.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms);
  }
}
type Unit = 'hours' | 'minutes' | 'seconds' | 'ms';

/** Somebody with an account and what they sign in with. */
export class BrowserPerson {
  /** What the page got last. */
  issued: IssuedSession | null = null;
  recoveryCodes: readonly string[] = [];
  private secret: string | null = null;

  constructor(
    private readonly service: TestApp,
    private readonly time: TestTime,
    readonly id: string,
    readonly email: string,
  ) {}

  get session(): BrowserSession {
    return this.issued!.session;
  }

  get token(): string {
    return this.issued!.token;
  }

  /** The code that the app shows; an offset names an earlier or later time step. */
  code(steps = 0): string {
    const timestamp = this.time.present.getTime() + steps * 30_000;
    return TOTP.generate({
      secret: new TOTP({ secret: this.secret! }).secret,
      timestamp,
    });
  }

  async withPassword(password = PASSWORD, client = HOME): Promise<SignInStep> {
    const step = await this.service
      .get(SignInService)
      .withPassword({ email: this.email, password }, client);
    this.issued = step.issued;
    return step;
  }

  async withCode(code = this.code(), client = HOME): Promise<SignInStep> {
    const step = await this.service
      .get(SignInService)
      .withAuthenticatorCode(this.session, code, client);
    this.issued = step.issued;
    return step;
  }

  /** Both steps; the time passes into the next step of the authenticator first, so that its code is a new one. */
  async signIn(client = HOME): Promise<IssuedSession> {
    this.time.pass({ seconds: 30 });
    await this.withPassword(PASSWORD, client);
    return (await this.withCode(undefined, client)).issued;
  }

  /** Adds an authenticator; the first one completes the sign-in. */
  async enrol(label = 'phone'): Promise<IssuedSession> {
    const factors = this.service.get(FactorsService);
    const offer = await factors.offerAuthenticator(this.session, label);
    this.secret = offer.secret;
    const added = await factors.confirmAuthenticator(
      this.session,
      offer.factorId,
      this.code(),
      HOME,
    );
    this.issued = added.issued;
    this.recoveryCodes = added.recoveryCodes ?? this.recoveryCodes;
    return added.issued;
  }

  /** The same person, with the same authenticator, at the service as it was started again. */
  at(service: TestApp, time: TestTime): BrowserPerson {
    const same = new BrowserPerson(service, time, this.id, this.email);
    same.secret = this.secret;
    return same;
  }

  /** What the service makes of the cookie. */
  found(token = this.token): Promise<BrowserSession | null> {
    return this.service.get(SessionsService).find(token);
  }
}

let people = 0;

/** A person who followed an invitation and chose a password, and has no second factor yet. */
export async function invited(
  service: TestApp,
  time: TestTime,
  { name = 'Ann Archer', isAdministrator = false } = {},
): Promise<BrowserPerson> {
  const email = `person${++people}@charity.example`;
  const administrator = await administratorOf(service);
  const id = await service.get(TransactionRunner).run(administrator, async (tx) => {
    const person = { email, name, isAdministrator };
    return (await service.get(PeopleService).addPerson(tx, administrator, person)).id;
  });
  const { token } = await service
    .get(TransactionRunner)
    .run(SERVICE.operator, (tx) => service.get(PasswordsService).issueInvitation(tx, null, id));
  await service.get(PasswordsService).setByLink(token, PASSWORD);
  return new BrowserPerson(service, time, id, email);
}

/** A person who is signed in with password and authenticator. */
export async function signedIn(
  service: TestApp,
  time: TestTime,
  options: { name?: string; isAdministrator?: boolean } = {},
): Promise<BrowserPerson> {
  const person = await invited(service, time, options);
  await person.withPassword();
  await person.enrol();
  return person;
}

/** The administrator of the test, as an actor with an API key. */
export const administratorOf = (service: TestApp): Promise<Actor> =>
  service
    .get(TransactionRunner)
    .readOnly(SERVICE.operator, (tx) =>
      service.get(PeopleService).actorByEmail(tx, service.administrator.email, 'api'),
    );

/** What stands in tables that nobody but the authenticator sees, looked at as the owner. */
export const rowsOf = <Row>(_service: TestApp, sql: string, parameters: unknown[] = []) =>
  rowsOfOwner<Row>(sql, parameters);

/** The types of the service's own audit entries about a person, oldest first. */
export async function recordedOf(service: TestApp, personId: string): Promise<string[]> {
  const rows = await rowsOf<{ type: string }>(
    service,
    `select type from audit_entry where stream = 'service' and body like '%' || $1 || '%' order by seq`,
    [personId],
  );
  return rows.map(({ type }) => type);
}
