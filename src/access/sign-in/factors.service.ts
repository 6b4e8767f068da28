import { Inject, Injectable } from '@nestjs/common';
import { v7, validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { requireRecent } from '../../platform/auth/recent-authentication.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { PersonUnknown } from '../access.errors.js';
import { AccessService } from '../access.service.js';
import { AccountLetters } from './account-letters.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { newSeed, seedForApp } from './authenticator-code.js';
import type { BrowserSession, IssuedSession } from './browser-session.js';
import type { Client } from './client.js';
import { Codes } from './codes.js';
import { FactorsRepository, type FactorKind } from './factors.repository.js';
import { PasskeyCeremonies } from './passkey-ceremonies.js';
import type { PasskeyCreation } from './passkeys.js';
import { mintRecoveryCode, RECOVERY_CODES } from './recovery-code.js';
import { Seeds } from './seeds.js';
import { SessionKeeper } from './session-keeper.js';
import { actorOfComplete } from './session.mapping.js';
import { SessionsService } from './sessions.service.js';
import { SignInCompletion } from './sign-in-completion.js';
import {
  CodeRefused,
  FactorNotNamed,
  LastFactor,
  LastWayIn,
  NotYours,
  WrongStage,
} from './sign-in.errors.js';

/** A second factor as its owner sees it. */
export interface FactorView {
  readonly id: string;
  readonly kind: FactorKind;
  readonly label: string;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface FactorsView {
  readonly factors: readonly FactorView[];
  readonly recoveryCodesLeft: number;
}

/** An authenticator about to be added; nothing counts until one of its codes was entered. */
export interface AuthenticatorOffer {
  readonly factorId: string;
  /** Base32, for typing in. */
  readonly secret: string;
  /** otpauth:// address, for a QR code. */
  readonly uri: string;
}

/** After a factor was added. */
export interface FactorAdded {
  /** Takes the place of the token so far; complete, where the sign-in was waiting for a first factor. */
  readonly issued: IssuedSession;
  /** Ten codes, shown only now; null when the person has codes already. */
  readonly recoveryCodes: readonly string[] | null;
}

/** An offer not confirmed for this long is void. */
export const OFFER_MS = 15 * 60_000;
const LABEL_MAX = 60;
/** A person with more factors than this has lost track of them. */
const FACTORS_MAX = 20;

/**
 * A person's second factors. A session at stage `enrolment` may add the first one; a complete session needs a recent
 * proof of identity (AuthenticationNotRecent) for every change.
 */
@Injectable()
export class FactorsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly repository: FactorsRepository,
    private readonly accounts: AccountsRepository,
    private readonly access: AccessService,
    private readonly limits: AttemptLimits,
    private readonly codes: Codes,
    private readonly seeds: Seeds,
    private readonly passkeys: PasskeyCeremonies,
    private readonly keeper: SessionKeeper,
    private readonly sessions: SessionsService,
    private readonly completion: SignInCompletion,
    private readonly letters: AccountLetters,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Refuses WrongStage at stage `second-factor`: half a sign-in sees nothing. */
  async factors(session: BrowserSession): Promise<FactorsView> {
    if (session.stage === 'second-factor') throw new WrongStage();
    return this.transactions.readOnly(SERVICE.authenticator, async (tx) => ({
      factors: (await this.repository.confirmed(tx, session.personId)).map((row) => ({
        id: row.id,
        kind: row.kind,
        label: row.label,
        addedAt: row.confirmed_at,
        lastUsedAt: row.last_used_at,
      })),
      recoveryCodesLeft: await this.repository.recoveryCodes(tx, session.personId),
    }));
  }

  /** Refuses WrongStage, FactorNotNamed and AuthenticationNotRecent. */
  async offerAuthenticator(session: BrowserSession, label: string): Promise<AuthenticatorOffer> {
    this.requireMayAdd(session);
    const { personId } = session;
    const id = v7();
    const seed = newSeed();
    const offer = {
      id,
      personId,
      label: named(label),
      sealedSeed: this.seeds.seal(id, personId, seed),
      at: this.clock.now(),
    };
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.lockToAdd(tx, session);
      await this.repository.offerAuthenticator(tx, offer);
    });
    return { factorId: id, ...seedForApp(seed, session.email) };
  }

  /** Refuses WrongStage, NotYours, CodeRefused, TooManyAttempts and AuthenticationNotRecent. */
  async confirmAuthenticator(
    session: BrowserSession,
    factorId: string,
    code: string,
    client: Client,
  ): Promise<FactorAdded> {
    this.requireMayAdd(session);
    if (!validate(factorId)) throw new NotYours('second factor');
    const attempt = await this.limits.code(session.personId, client);
    const now = this.clock.now();
    const added = await this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.lockToAdd(tx, session);
      const since = new Date(now.getTime() - OFFER_MS);
      const offer = await this.repository.offered(tx, session.personId, factorId, since);
      if (!offer) throw new NotYours('second factor');
      const step = this.codes.stepOf(offer, session.personId, code, now);
      if (step === null || !(await this.repository.confirm(tx, factorId, step, now))) return null;
      return this.added(tx, session, factorId, 'authenticator', now);
    });
    if (added === null) throw new CodeRefused(attempt.limits);
    await attempt.succeeded();
    return added;
  }

  /** Refuses WrongStage and AuthenticationNotRecent. */
  async offerPasskey(session: BrowserSession): Promise<PasskeyCreation> {
    this.requireMayAdd(session);
    return this.passkeys.creation(session);
  }

  /** Refuses WrongStage, FactorNotNamed, PasskeyRefused and AuthenticationNotRecent. */
  async confirmPasskey(
    session: BrowserSession,
    ceremonyId: string,
    response: unknown,
    label: string,
  ): Promise<FactorAdded> {
    this.requireMayAdd(session);
    const name = named(label);
    const passkey = await this.passkeys.proveNew(session, ceremonyId, response);
    const now = this.clock.now();
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.lockToAdd(tx, session);
      const id = v7();
      await this.repository.insertPasskey(tx, {
        id,
        person_id: session.personId,
        label: name,
        credential_id: passkey.credentialId,
        public_key: passkey.publicKey,
        sign_count: passkey.count,
        transports: passkey.transports,
        at: now,
      });
      return this.added(tx, session, id, 'passkey', now);
    });
  }

  /** Refuses WrongStage, NotYours, LastFactor, LastWayIn and AuthenticationNotRecent. */
  async remove(session: BrowserSession, factorId: string): Promise<IssuedSession> {
    const actor = this.requireMayChange(session);
    if (!validate(factorId)) throw new NotYours('second factor');
    const { personId } = session;
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.accounts.lock(tx, personId);
      const kind = await this.repository.remove(tx, personId, factorId);
      if (kind === null) throw new NotYours('second factor');
      if ((await this.repository.confirmed(tx, personId)).length === 0) throw new LastFactor();
      if (!(await this.accounts.hasWayIn(tx, personId))) throw new LastWayIn();
      const payload = { personId, factorId, kind };
      await this.record.append(tx, actor, personId, 'second-factor.removed', payload);
      return this.keeper.renew(tx, session, this.clock.now());
    });
  }

  /** Ten new codes; the old ones are void. Refuses WrongStage and AuthenticationNotRecent. */
  async renewRecoveryCodes(session: BrowserSession): Promise<readonly string[]> {
    const actor = this.requireMayChange(session);
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.accounts.lock(tx, session.personId);
      return this.issueRecoveryCodes(tx, actor, session.personId);
    });
  }

  /**
   * For somebody who lost every factor: an administrator takes them all away, every session ends, and the person is
   * told and enrols anew at the next sign-in. Refuses PermissionRefused, PersonUnknown and, at a browser, AuthenticationNotRecent.
   */
  async resetFactors(actor: Actor, personId: string): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    requireRecent(actor, this.clock.now());
    const owner = await this.transactions.run(SERVICE.authenticator, async (tx) => {
      const account = validate(personId) ? await this.accounts.byId(tx, personId) : null;
      if (!account) throw new PersonUnknown();
      await this.accounts.lock(tx, personId);
      const factors = await this.repository.removeAll(tx, personId);
      const payload = { personId, factors };
      await this.record.append(tx, actor, personId, 'second-factors.reset', payload);
      await this.sessions.endAllOf(tx, actor, personId, 'factors-reset');
      return account;
    });
    this.letters.behindTheAnswer(() => this.letters.factorsReset(owner));
  }

  private requireMayAdd(session: BrowserSession): void {
    if (session.stage === 'enrolment') return;
    this.requireMayChange(session);
  }

  private requireMayChange(session: BrowserSession): Actor {
    const actor = actorOfComplete(session);
    requireRecent(actor, this.clock.now());
    return actor;
  }

  /**
   * Two sign-ins may wait for a first factor at once, one of them a thief's who has the password: once a factor is there
   * the other one can add none. Refuses WrongStage.
   */
  private async lockToAdd(tx: Transaction, session: BrowserSession): Promise<void> {
    await this.accounts.lock(tx, session.personId);
    const { length } = await this.repository.confirmed(tx, session.personId);
    if (length >= FACTORS_MAX || (session.stage === 'enrolment' && length > 0))
      throw new WrongStage();
  }

  private async added(
    tx: Transaction,
    session: BrowserSession,
    factorId: string,
    kind: FactorKind,
    now: Date,
  ): Promise<FactorAdded> {
    const { personId } = session;
    const issued =
      session.stage === 'enrolment'
        ? await this.completion.complete(tx, session, 'enrolled', now)
        : await this.keeper.renew(tx, session, now);
    const { actor } = issued.session;
    const payload = { personId, factorId, kind };
    await this.record.append(tx, actor, personId, 'second-factor.added', payload);
    const hasCodes = (await this.repository.recoveryCodes(tx, personId)) > 0;
    const recoveryCodes = hasCodes ? null : await this.issueRecoveryCodes(tx, actor, personId);
    return { issued, recoveryCodes };
  }

  private async issueRecoveryCodes(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
  ): Promise<readonly string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, mintRecoveryCode);
    await this.repository.replaceRecoveryCodes(
      tx,
      personId,
      codes.map(({ hash }) => hash),
    );
    const payload = { personId, codes: codes.length };
    await this.record.append(tx, actor, personId, 'recovery-codes.issued', payload);
    return codes.map(({ text }) => text);
  }
}

/** Refuses FactorNotNamed. */
function named(label: string): string {
  const name = label.trim();
  if (name === '' || name.length > LABEL_MAX || /[\u0000-\u001f\u007f]/.test(name))
    throw new FactorNotNamed();
  return name;
}
