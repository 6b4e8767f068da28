// Signing in on the pages themselves, as somebody with an authenticator app does it.
import { TOTP } from 'otpauth';
import { expectAt, type Visit, WebBrowser } from './web-browser.js';
import type { TestTime } from './sign-in.js';
import { invited, PASSWORD } from './sign-in.js';
import type { TestApp } from './service.js';

/** Somebody at a browser, with an app that shows codes. */
export class PersonAtBrowser {
  /** What the app was given. */
  secret = '';
  recoveryCodes: readonly string[] = [];

  constructor(
    readonly browser: WebBrowser,
    private readonly time: TestTime,
    readonly id: string,
    readonly email: string,
  ) {}

  /** The code that the app shows now. */
  code(secret = this.secret): string {
    const timestamp = this.time.present.getTime();
    return TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp });
  }

  /** The first factor. */
  async password(password = PASSWORD, at = '/sign-in'): Promise<Visit> {
    const page = await this.browser.open(at);
    return this.browser.submit(page, '/sign-in', { email: this.email, password });
  }

  /** The first sign-in of all, with the authenticator that must be added; ends at the recovery codes. */
  async enrol(): Promise<Visit> {
    return this.enrolAt(expectAt(await this.password(), '/sign-in/second-factor'));
  }

  /** As enrol, from the page that asks for a second factor, however the first was proved. */
  async enrolAt(choice: Visit): Promise<Visit> {
    const naming = await this.browser.open(choice.page.link('Authenticator app'));
    const path = '/sign-in/second-factor/authenticator';
    const offer = await this.browser.submit(naming, path, { label: 'phone' });
    this.secret = offer.page.codes[0]!.replaceAll(' ', '');
    const codes = await this.browser.submit(offer, path, { code: this.code() });
    this.recoveryCodes = codes.page.codes;
    return codes;
  }

  async signOut(): Promise<Visit> {
    return this.browser.submit(await this.browser.open('/account'), '/sign-out');
  }

  /** Password and code; the time passes into the next step of the app first, so that its code is a new one. */
  async signIn(at = '/sign-in'): Promise<Visit> {
    this.time.pass({ seconds: 30 });
    const asked = await this.password(PASSWORD, at);
    return this.browser.submit(asked, '/sign-in/code', { code: this.code() });
  }

  /** Proves again who it is, on the page that asks for it. */
  async confirm(asked: Visit): Promise<Visit> {
    this.time.pass({ seconds: 30 });
    return this.browser.submit(asked, '/confirm-it-is-you', {
      password: PASSWORD,
      code: this.code(),
    });
  }
}

/** A person with a password, in front of a browser. */
export async function atBrowser(
  service: TestApp,
  time: TestTime,
  options: { name?: string; isAdministrator?: boolean } = {},
): Promise<PersonAtBrowser> {
  const { id, email } = await invited(service, time, options);
  return new PersonAtBrowser(new WebBrowser(service.app), time, id, email);
}

/** A person who is signed in. */
export async function signedInAtBrowser(
  service: TestApp,
  time: TestTime,
  options: { name?: string; isAdministrator?: boolean } = {},
): Promise<PersonAtBrowser> {
  const person = await atBrowser(service, time, options);
  await person.enrol();
  return person;
}
