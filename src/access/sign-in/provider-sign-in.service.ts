import { Inject, Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { requireRecent } from '../../platform/auth/recent-authentication.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AttemptLimits } from './attempt-limits.js';
import type { BrowserSession } from './browser-session.js';
import type { Client } from './client.js';
import { asEmail, domainOf } from './email.js';
import { ProviderClient, type VisitChecks } from './provider-client.js';
import { ProviderIdentitiesService } from './provider-identities.service.js';
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
    private readonly identities: ProviderIdentitiesService,
    private readonly client: ProviderClient,
    private readonly signIn: SignInService,
    private readonly limits: AttemptLimits,
    private readonly box: SecretBox,
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
   * once. `session` is the one at hand, if any: linking needs the very session that began it. Accounts that turn out to be
   * one human's are recognised, also where this is refused. Refuses ProviderSignInRefused, NoAccountForIdentity and
   * IdentityTaken.
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
    // who is one human with whom stays known whatever comes of it, so refusals are thrown once it is committed
    if (visit.session_id === null || session === null) {
      const step = await this.amongOthers(async (tx) => {
        const account = await this.identities.accountOf(tx, provider, identity);
        return account && this.signIn.firstFactorDone(tx, account, 'provider', client, []);
      });
      if (step === null) throw new NoAccountForIdentity();
      return { kind: 'signed-in', step };
    }
    const isLinked = await this.amongOthers((tx) =>
      this.identities.linkToSession(tx, provider, identity, session),
    );
    if (!isLinked) throw new IdentityTaken();
    return { kind: 'linked' };
  }

  /**
   * Two visits at once may join the same accounts, each from its side, or link the same identity: whoever comes second
   * begins again, and then finds what the first has found.
   */
  private amongOthers<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transactions.runAgainIfInTheWay(
      SERVICE.authenticator,
      work,
      (error) => error instanceof IdentityTaken,
    );
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
}

const ownerOf = (tokenHash: Buffer) => ({
  purpose: 'provider visit',
  owner: tokenHash.toString('hex'),
});
