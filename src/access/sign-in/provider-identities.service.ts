import { Inject, Injectable } from '@nestjs/common';
import { v7, validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { requireRecent } from '../../platform/auth/recent-authentication.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { HumansService } from '../humans/humans.service.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository, type AccountRow } from './accounts.repository.js';
import type { BrowserSession } from './browser-session.js';
import { asEmail, domainOf } from './email.js';
import type { ProvedIdentity } from './provider-client.js';
import { ProvidersRepository, type ProviderRow } from './providers.repository.js';
import { actorOfComplete } from './session.mapping.js';
import { LastWayIn, NoAccountForIdentity, NotYours } from './sign-in.errors.js';

/** An identity at a provider that belongs to the person. */
export interface LinkedIdentity {
  readonly id: string;
  readonly providerName: string;
  readonly linkedAt: Date;
}

/**
 * Who is who at organisations' own providers. What a provider has proved of a human also shows which accounts are one
 * human's: the accounts stay two, and count as one person wherever two are asked for.
 */
@Injectable()
export class ProviderIdentitiesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly providers: ProvidersRepository,
    private readonly accounts: AccountsRepository,
    private readonly humans: HumansService,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One's own. Refuses WrongStage. */
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

  /**
   * From here on the identity signs nobody in until it is linked again from inside a session. Refuses WrongStage, NotYours,
   * LastWayIn and AuthenticationNotRecent.
   */
  async unlink(session: BrowserSession, identityId: string): Promise<void> {
    const actor = actorOfComplete(session);
    const now = this.clock.now();
    requireRecent(actor, now);
    const { personId } = session;
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      await this.accounts.lock(tx, personId); // two ways in, taken away at the same moment, would both be the last
      const providerId = validate(identityId)
        ? await this.providers.unlink(tx, personId, identityId, now)
        : null;
      if (providerId === null) throw new NotYours('identity');
      if (!(await this.accounts.hasWayIn(tx, personId))) throw new LastWayIn();
      await this.record.append(tx, actor, personId, 'identity.unlinked', { personId, providerId });
    });
  }

  /** Whose account an identity is, linked now where its verified address says so; null when nobody who may sign in has it. */
  async accountOf(
    tx: Transaction,
    provider: ProviderRow,
    identity: ProvedIdentity,
  ): Promise<AccountRow | null> {
    const known = await this.providers.identity(tx, identity.issuer, identity.subject);
    const account = known
      ? await this.accounts.byId(tx, known.person_id)
      : await this.accountByVerifiedEmail(tx, provider, identity);
    if (!account) return null;
    await this.recognise(tx, provider, identity, account.id);
    if (account.is_disabled) return null;
    if (!known) await this.link(tx, provider, identity, account);
    return account;
  }

  /**
   * Links an identity to the person of a session; false when another account has it. Their human is the same then, and is
   * recognised. Refuses WrongStage and NoAccountForIdentity.
   */
  async linkToSession(
    tx: Transaction,
    provider: ProviderRow,
    identity: ProvedIdentity,
    session: BrowserSession,
  ): Promise<boolean> {
    const { personId } = actorOfComplete(session);
    const account = await this.accounts.byId(tx, personId);
    if (!account || account.is_disabled) throw new NoAccountForIdentity();
    await this.recognise(tx, provider, identity, personId);
    const known = await this.providers.identity(tx, identity.issuer, identity.subject);
    if (!known) await this.link(tx, provider, identity, account);
    return !known || known.person_id === personId;
  }

  /**
   * The account with an address that the provider has verified and may speak for. Somebody else's subject under an
   * address whose owner is known there already is a new owner of an old address, and gets in nowhere.
   */
  private async accountByVerifiedEmail(
    tx: Transaction,
    provider: ProviderRow,
    identity: ProvedIdentity,
  ): Promise<AccountRow | null> {
    const account = await this.ownerOfAddress(tx, provider, identity);
    if (!account) return null;
    await this.accounts.lock(tx, account.id);
    // once more, now that nobody else can link to it
    return this.ownerOfAddress(tx, provider, identity);
  }

  private async ownerOfAddress(
    tx: Transaction,
    provider: ProviderRow,
    { issuer, verifiedEmail }: ProvedIdentity,
  ): Promise<AccountRow | null> {
    if (verifiedEmail === null || !provider.domains.includes(domainOf(verifiedEmail))) return null;
    const account = await this.accounts.byEmail(tx, asEmail(verifiedEmail));
    if (!account) return null;
    return (await this.providers.hasIdentityAt(tx, account.id, issuer)) ? null : account;
  }

  /** Joins to an account's human every other account that has, or had, the subject, or has its verified address. */
  private async recognise(
    tx: Transaction,
    provider: ProviderRow,
    identity: ProvedIdentity,
    personId: string,
  ): Promise<void> {
    const holders = await this.providers.holdersOf(tx, identity.issuer, identity.subject);
    for (const sameAs of holders)
      await this.humans.joinIfApart(tx, {
        personId,
        sameAs,
        because: 'identity-provider',
        reason: 'The same subject at an organisation’s sign-in provider.',
      });
    const owner = await this.ownerOfAddress(tx, provider, identity);
    if (owner)
      await this.humans.joinIfApart(tx, {
        personId,
        sameAs: owner.id,
        because: 'verified-email',
        reason: 'The address of one account, verified by the sign-in provider of the other.',
      });
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
