import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TOTP } from 'otpauth';
import { FactorsService } from '../access/sign-in/factors.service.js';
import { PasswordsService } from '../access/sign-in/passwords.service.js';
import { SessionsService } from '../access/sign-in/sessions.service.js';
import { SignInService } from '../access/sign-in/sign-in.service.js';
import type { Application } from '../cli/application.js';
import type { Actor } from '../platform/auth/actor.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';

/** What the demo keeps, in a file that only its user may read, so that its people can sign in at a browser. */
interface Kept {
  /** The password of every account of the demo. */
  readonly password: string;
  /** What each account's authenticator was given, by e-mail address. */
  readonly authenticators: Record<string, string>;
}

/** The demo itself sits at a browser on this machine when it signs its people in for the first time. */
const CLIENT = { address: '127.0.0.1', userAgent: null };

/** The code that an authenticator shows at this moment. */
const codeOf = (secret: string): string => new TOTP({ secret }).generate();

/**
 * Passwords and authenticators of the demo's people, set up by the same steps that anybody takes: a link, a password, an
 * authenticator that proves itself with a code. The service has no easier way for the demo.
 */
export class DemoSignIns {
  private constructor(
    private readonly file: string,
    private readonly kept: Kept,
  ) {}

  /** What an earlier run kept, else new. */
  static async open(file: string): Promise<DemoSignIns> {
    const found = await DemoSignIns.find(file);
    if (found) return found;
    const fresh = new DemoSignIns(file, {
      password: `demo ${randomBytes(8)
        .toString('hex')
        .replace(/(.{4})(?=.)/g, '$1 ')}`,
      authenticators: {},
    });
    await fresh.save();
    return fresh;
  }

  /** What an earlier run kept; null when there was none. */
  static async find(file: string): Promise<DemoSignIns | null> {
    const kept = await readKept(file);
    return kept && new DemoSignIns(file, kept);
  }

  get password(): string {
    return this.kept.password;
  }

  /** The code of this moment; null for somebody whom the demo does not know. */
  codeFor(email: string): string | null {
    const secret = this.kept.authenticators[email];
    return secret === undefined ? null : codeOf(secret);
  }

  secretOf(email: string): string {
    return this.kept.authenticators[email] ?? '';
  }

  /** Lets a person sign in at a browser; nothing to do for somebody who can. */
  async add(
    { get }: Application,
    administrator: Actor,
    person: Actor,
    email: string,
  ): Promise<void> {
    if (this.kept.authenticators[email] !== undefined) return;
    const passwords = get(PasswordsService);
    const link = await get(TransactionRunner).run(SERVICE.operator, (tx) =>
      passwords.issueInvitation(tx, null, person.personId),
    );
    await passwords.setByLink(link.token, this.password);
    // a run that was killed may have added an authenticator whose secret it did not keep
    await get(FactorsService).resetFactors(administrator, person.personId);
    const signIn = await get(SignInService).withPassword(
      { email, password: this.password },
      CLIENT,
    );
    const { session } = signIn.issued;
    const offer = await get(FactorsService).offerAuthenticator(session, 'Demo');
    const added = await get(FactorsService).confirmAuthenticator(
      session,
      offer.factorId,
      codeOf(offer.secret),
      CLIENT,
    );
    await get(SessionsService).signOut(added.issued.session);
    this.kept.authenticators[email] = offer.secret;
    await this.save();
  }

  private async save(): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const fresh = `${this.file}.${process.pid}`;
    await writeFile(fresh, `${JSON.stringify(this.kept, null, 2)}\n`, { mode: 0o600 });
    await rename(fresh, this.file);
  }
}

async function readKept(file: string): Promise<Kept | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch {
    return null; // none yet
  }
}
