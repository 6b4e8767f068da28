import { Inject, Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { asHashed } from '../../domain/sign-in/password-length.js';
import type { PasswordOwner } from '../../domain/sign-in/personal-password.js';
import { SERVICE } from '../../platform/auth/acting.js';
import type { Actor } from '../../platform/auth/actor.js';
import { requireRecent } from '../../platform/auth/recent-authentication.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { PersonUnknown } from '../access.errors.js';
import { AccessService } from '../access.service.js';
import { AccountLetters } from './account-letters.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository, type AccountRow } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import { asEmail } from './email.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordProof } from './password-proof.js';
import { passwordFault } from './password-strength.js';
import { SessionKeeper } from './session-keeper.js';
import { actorOfComplete } from './session.mapping.js';
import { SessionsService } from './sessions.service.js';
import { LinkNotValid, PasswordNotAccepted } from './sign-in.errors.js';
import { mintToken, tokenHashOf } from './token.js';

/** What a link to set a password is for. */
export type LinkPurpose = 'invitation' | 'reset';

/** A link just issued: the only time that its token is known. */
export interface IssuedLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Whose link it is, for the page that asks for the new password. */
export interface LinkHolder {
  readonly email: string;
  readonly name: string;
  readonly purpose: LinkPurpose;
}

const HOUR_MS = 3_600_000;
const LASTS_MS: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24 * HOUR_MS,
  reset: HOUR_MS,
};

/** Passwords. Only their owner ever sets one; an administrator can at most have a link sent to the owner. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly accounts: AccountsRepository,
    private readonly access: AccessService,
    private readonly hasher: PasswordHasher,
    private readonly proof: PasswordProof,
    private readonly limits: AttemptLimits,
    private readonly keeper: SessionKeeper,
    private readonly sessions: SessionsService,
    private readonly letters: AccountLetters,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A link by which a person sets their first password; an older link of the person is void. Whoever calls this has
   * authorised the actor, and sends the link to the person. A null actor is whoever installs the service. Refuses
   * PersonUnknown.
   */
  async issueInvitation(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
  ): Promise<IssuedLink> {
    const account = validate(personId) ? await this.accounts.byId(tx, personId) : null;
    if (!account || account.is_disabled) throw new PersonUnknown();
    return this.issue(tx, actor, account, 'invitation');
  }

  /**
   * Has a link sent to its owner, for an administrator, who never sees it. Refuses PermissionRefused, PersonUnknown,
   * LettersNotConfigured and, at a browser, AuthenticationNotRecent.
   */
  async sendInvitation(actor: Actor, personId: string): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    requireRecent(actor, this.clock.now());
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      const link = await this.issueInvitation(tx, actor, personId);
      const account = await this.accounts.byId(tx, personId);
      await this.letters.invitation(tx, account!, link); // a letter that cannot be sent leaves no link behind
    });
  }

  /**
   * Sends a link to the address if somebody has it. The answer and the time it takes are the same if nobody has, because
   * everything happens behind it. Refuses TooManyAttempts.
   */
  async requestReset(email: string, client: Client): Promise<void> {
    const address = asEmail(email);
    await this.limits.reset(address, client);
    this.letters.behindTheAnswer(() => this.sendReset(address));
  }

  /** Refuses LinkNotValid. Looking does not use the link up. */
  async holderOf(token: string): Promise<LinkHolder> {
    const { account, purpose } = await this.holder(token);
    return { email: account.email, name: account.name, purpose };
  }

  /**
   * Uses a link up and sets the password. Every session of the person ends; second factors stay, so a link alone signs
   * nobody in. Refuses LinkNotValid and PasswordNotAccepted, which leaves the link in force.
   */
  async setByLink(token: string, password: string): Promise<void> {
    const { account, purpose, tokenHash } = await this.holder(token);
    requireAccepted(password, account);
    const hash = await this.hasher.hash(password);
    const { id: personId, name, is_administrator: isAdministrator } = account;
    const actor: Actor = { personId, name, isAdministrator, via: 'web' };
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      if (!(await this.accounts.takeLink(tx, tokenHash))) throw new LinkNotValid();
      await this.set(tx, actor, hash, purpose);
      await this.sessions.endAllOf(tx, actor, personId, 'password-changed');
    });
    if (purpose === 'reset') this.letters.behindTheAnswer(() => this.letters.passwordSet(account));
  }

  /**
   * Changes one's own password; every other session ends, and a link on its way is void. Refuses WrongStage,
   * CredentialsRefused (the present password is wrong), PasswordNotAccepted and TooManyAttempts.
   */
  async change(
    session: BrowserSession,
    { present, next }: { readonly present: string; readonly next: string },
    client: Client,
  ): Promise<IssuedSession> {
    const actor = actorOfComplete(session);
    await this.proof.require(session, present, client);
    if (asHashed(next) === asHashed(present)) throw new PasswordNotAccepted('unchanged');
    requireAccepted(next, session);
    const hash = await this.hasher.hash(next);
    const issued = await this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.set(tx, actor, hash, 'owner');
      const { personId, id } = session;
      await this.sessions.endAllBut(tx, actor, personId, id, 'password-changed');
      return this.keeper.renew(tx, session, this.clock.now());
    });
    this.letters.behindTheAnswer(() => this.letters.passwordSet(session));
    return issued;
  }

  /** Whether the person of a session has a password: somebody who signs in at a provider may have none. */
  async hasPassword(session: BrowserSession): Promise<boolean> {
    const { personId } = session;
    const account = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.accounts.byId(tx, personId),
    );
    return account !== null && account.hash !== null;
  }

  private async sendReset(email: string): Promise<void> {
    const account = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.accounts.byEmail(tx, email),
    );
    if (!account || account.is_disabled || !(await this.limits.mayWriteTo(email))) return;
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      const link = await this.issue(tx, null, account, 'reset');
      await this.letters.reset(tx, account, link);
    });
  }

  private async issue(
    tx: Transaction,
    actor: Actor | null,
    { id: personId }: AccountRow,
    purpose: LinkPurpose,
  ): Promise<IssuedLink> {
    const { token, tokenHash } = mintToken();
    const expiresAt = new Date(this.clock.now().getTime() + LASTS_MS[purpose]);
    await this.accounts.insertLink(tx, { tokenHash, personId, purpose, expiresAt });
    const payload = { personId, purpose };
    await this.record.append(tx, actor, personId, 'password.link-issued', payload);
    return { token, expiresAt };
  }

  private async set(tx: Transaction, actor: Actor, hash: string, by: string): Promise<void> {
    const { personId } = actor;
    await this.accounts.setPassword(tx, personId, hash, this.clock.now());
    await this.accounts.removeLinks(tx, personId);
    await this.record.append(tx, actor, personId, 'password.set', { personId, by });
  }

  private async holder(
    token: string,
  ): Promise<{ account: AccountRow; purpose: LinkPurpose; tokenHash: Buffer }> {
    const tokenHash = tokenHashOf(token);
    if (!tokenHash) throw new LinkNotValid();
    return this.transactions.readOnly(SERVICE.authenticator, async (tx) => {
      const link = await this.accounts.link(tx, tokenHash, this.clock.now());
      const account = link ? await this.accounts.byId(tx, link.person_id) : null;
      if (!link || !account) throw new LinkNotValid();
      return { account, purpose: link.purpose as LinkPurpose, tokenHash };
    });
  }
}

function requireAccepted(password: string, owner: PasswordOwner): void {
  const fault = passwordFault(password, owner);
  if (fault !== null) throw new PasswordNotAccepted(fault);
}
