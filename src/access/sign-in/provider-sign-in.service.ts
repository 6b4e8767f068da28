import { Inject, Injectable } from '@nestjs/common';
import { v7, validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { requireRecent } from '../../platform/auth/recent-authentication.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository, type AccountRow } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import type { BrowserSession } from './browser-session.js';
import type { Client } from './client.js';
import { asEmail } from './email.js';
import { ProviderClient, type ProvedIdentity, type VisitChecks } from './provider-client.js';
import { ProvidersRepository, type ProviderRow, type VisitRow } from './providers.repository.js';
import { actorOfComplete } from './session.mapping.js';
import {
  IdentityTaken,
  NoAccountForIdentity,
  NotYours,
  ProviderSignInRefused,
} from './sign-in.errors.js';
import { SignInService, type SignInStep } from './sign-in.service.js';
import { mintToken, tokenHashOf } from './token.js';

/** An organisation's own OpenID Connect provider, as the sign-in page shows it. */
export interface ProviderChoice {
  readonly providerId: string;
  readonly name: string;
}

/** The way to a provider. */
export interface ProviderVisit {
  /** Where the browser goes. */
  readonly redirectTo: string;
  /**
   * Binds the visit to this browser: the page puts it into a short-lived cookie (SameSite=Lax, because the way back comes
   * from another site) and hands it in again with the answer.
   */
  readonly visitToken: string;
  readonly expiresAt: Date;
}

/** An identity at a provider that belongs to the person. */
export interface LinkedIdentity {
  readonly id: string;
  readonly providerName: string;
  readonly linkedAt: Date;
}

/** How a visit ended: somebody signed in, or the person of a session linked an identity. */
export type VisitEnd =
  { readonly kind: 'signed-in'; readonly step: SignInStep } | { readonly kind: 'linked' };

const VISIT_MS = 10 * 60_000;

/** Sign-in at an organisation's own provider. It takes the place of the password only: a second factor is asked for here. */
@Injectable()
export class ProviderSignInService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly providers: ProvidersRepository,
    private readonly accounts: AccountsRepository,
    private readonly client: ProviderClient,
    private readonly signIn: SignInService,
    private readonly limits: AttemptLimits,
    private readonly box: SecretBox,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The provider of the organisation whose addresses end like this one; null when there is none. Says nothing of people. */
  async providerFor(email: string): Promise<ProviderChoice | null> {
    const found = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.providers.byDomain(tx, domainOf(asEmail(email))),
    );
    return found === null ? null : { providerId: found.id, name: found.name };
  }

  /** Starts a sign-in. Refuses NotYours, ProviderSignInRefused (the provider cannot be reached), TooManyAttempts. */
  begin(providerId: string, client: Client): Promise<ProviderVisit> {
    return this.beginVisit(providerId, null, client);
  }

  /** Starts linking an identity to the person signed in. Refuses as begin does, WrongStage and AuthenticationNotRecent. */
  async beginLinking(
    session: BrowserSession,
    providerId: string,
    client: Client,
  ): Promise<ProviderVisit> {
    requireRecent(actorOfComplete(session), this.clock.now());
    return this.beginVisit(providerId, session.id, client);
  }

  /**
   * The way back: the whole address the provider sent the browser to, and the visit token of the cookie. A visit counts
   * once. `session` is the one at hand, if any: linking needs the very session that began it. Refuses
   * ProviderSignInRefused, NoAccountForIdentity and IdentityTaken.
   */
  async finish(
    visitToken: string,
    answeredAt: URL,
    session: BrowserSession | null,
    client: Client,
  ): Promise<VisitEnd> {
    const tokenHash = tokenHashOf(visitToken);
    if (!tokenHash) throw new ProviderSignInRefused();
    const now = this.clock.now();
    const visit = await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.providers.takeVisit(tx, tokenHash, now),
    );
    if (!visit) throw new ProviderSignInRefused();
    if (visit.session_id !== null && visit.session_id !== session?.id)
      throw new ProviderSignInRefused();
    const provider = await this.provider(visit.provider_id);
    const checks = this.checksOf(visit, tokenHash);
    const identity = await this.client.finish(provider, checks, answeredAt);
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      if (visit.session_id === null || session === null)
        return { kind: 'signed-in', step: await this.signedIn(tx, provider, identity, client) };
      await this.linkToSession(tx, provider, identity, session);
      return { kind: 'linked' };
    });
  }

  /** Refuses WrongStage. */
  async identities(session: BrowserSession): Promise<readonly LinkedIdentity[]> {
    actorOfComplete(session);
    const rows = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.providers.identities(tx, session.personId),
    );
    return rows.map((row) => ({
      id: row.id,
      providerName: row.provider_name,
      linkedAt: row.linked_at,
    }));
  }

  /** Refuses WrongStage, NotYours and AuthenticationNotRecent. */
  async unlink(session: BrowserSession, identityId: string): Promise<void> {
    const actor = actorOfComplete(session);
    requireRecent(actor, this.clock.now());
    const { personId } = session;
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      const providerId = validate(identityId)
        ? await this.providers.unlink(tx, personId, identityId)
        : null;
      if (providerId === null) throw new NotYours('identity');
      await this.record.append(tx, actor, personId, 'identity.unlinked', { personId, providerId });
    });
  }

  private async beginVisit(
    providerId: string,
    sessionId: string | null,
    client: Client,
  ): Promise<ProviderVisit> {
    await this.limits.visit(client);
    const provider = await this.provider(providerId);
    const { redirectTo, checks } = await this.client.begin(provider);
    const { token, tokenHash } = mintToken();
    const expiresAt = new Date(this.clock.now().getTime() + VISIT_MS);
    const sealed = this.box.seal(ownerOf(tokenHash), Buffer.from(JSON.stringify(checks), 'utf8'));
    await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.providers.insertVisit(tx, {
        tokenHash,
        provider_id: provider.id,
        session_id: sessionId,
        sealed_checks: sealed,
        expiresAt,
      }),
    );
    return { redirectTo, visitToken: token, expiresAt };
  }

  private async provider(id: string): Promise<ProviderRow> {
    const found = validate(id)
      ? await this.transactions.readOnly(SERVICE.authenticator, (tx) => this.providers.byId(tx, id))
      : null;
    if (!found) throw new NotYours('sign-in provider');
    return found;
  }

  private checksOf({ sealed_checks: sealed }: VisitRow, tokenHash: Buffer): VisitChecks {
    return JSON.parse(this.box.open(ownerOf(tokenHash), sealed).toString('utf8')) as VisitChecks;
  }

  private async signedIn(
    tx: Transaction,
    provider: ProviderRow,
    identity: ProvedIdentity,
    client: Client,
  ): Promise<SignInStep> {
    const known = await this.providers.identity(tx, identity.issuer, identity.subject);
    const account = known
      ? await this.accounts.byId(tx, known.person_id)
      : await this.accountByVerifiedEmail(tx, provider, identity);
    if (!account || account.is_disabled) throw new NoAccountForIdentity();
    if (!known) await this.link(tx, provider, identity, account);
    return this.signIn.firstFactorDone(tx, account, 'provider', client, []);
  }

  /**
   * The account with an address that the provider has verified and may speak for. Somebody else's subject under an
   * address whose owner is known there already is a new owner of an old address, and gets in nowhere.
   */
  private async accountByVerifiedEmail(
    tx: Transaction,
    provider: ProviderRow,
    { issuer, verifiedEmail }: ProvedIdentity,
  ): Promise<AccountRow | null> {
    if (verifiedEmail === null || !provider.domains.includes(domainOf(verifiedEmail))) return null;
    const account = await this.accounts.byEmail(tx, asEmail(verifiedEmail));
    if (!account || account.is_disabled) return null;
    await this.accounts.lock(tx, account.id);
    return (await this.providers.hasIdentityAt(tx, account.id, issuer)) ? null : account;
  }

  private async linkToSession(
    tx: Transaction,
    provider: ProviderRow,
    identity: ProvedIdentity,
    session: BrowserSession,
  ): Promise<void> {
    const { personId } = actorOfComplete(session);
    const known = await this.providers.identity(tx, identity.issuer, identity.subject);
    if (known?.person_id === personId) return;
    if (known) throw new IdentityTaken();
    const account = await this.accounts.byId(tx, personId);
    if (!account || account.is_disabled) throw new NoAccountForIdentity();
    await this.link(tx, provider, identity, account);
  }

  private async link(
    tx: Transaction,
    { id: providerId }: ProviderRow,
    { issuer, subject }: ProvedIdentity,
    { id: personId, name, is_administrator: isAdministrator }: AccountRow,
  ): Promise<void> {
    const at = this.clock.now();
    await this.providers.link(tx, { id: v7(), personId, providerId, issuer, subject, at });
    const actor = { personId, name, isAdministrator, via: 'web' } as const;
    await this.record.append(tx, actor, personId, 'identity.linked', { personId, providerId });
  }
}

const ownerOf = (tokenHash: Buffer) => ({
  purpose: 'provider visit',
  owner: tokenHash.toString('hex'),
});

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
