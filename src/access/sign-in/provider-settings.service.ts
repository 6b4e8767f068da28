import { Inject, Injectable } from '@nestjs/common';
import { v7, validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Actor } from '../../platform/auth/actor.js';
import { requireRecent } from '../../platform/auth/recent-authentication.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { SECRET_NAME } from '../../platform/config/named-secrets.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { standingOf } from '../../platform/network/outbound-hosts.js';
import { AccessService } from '../access.service.js';
import { AccountRecord } from './account-record.js';
import { ProvidersRepository, type ProviderRow } from './providers.repository.js';
import { NotYours, ProviderSettingsRefused } from './sign-in.errors.js';

/** How an organisation's provider is reached. The client secret is never here: only where the service reads it. */
export interface ProviderSettings {
  readonly name: string;
  /** https:// address whose /.well-known/openid-configuration describes the provider. */
  readonly issuer: string;
  readonly clientId: string;
  /** Name of the environment variable, OIDC_SECRET_…, that holds the client secret, or with _FILE the path of its file. */
  readonly clientSecretName: string;
  /** Whoever has an e-mail address at one of these signs in here: "council.example". */
  readonly emailDomains: readonly string[];
}

export interface SavedProvider extends ProviderSettings {
  readonly id: string;
}

const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const HERE = ['localhost', '127.0.0.1', '[::1]'];

/** Organisations' own sign-in providers, set up by administrators. */
@Injectable()
export class ProviderSettingsService {
  constructor(
    private readonly repository: ProvidersRepository,
    private readonly access: AccessService,
    private readonly record: AccountRecord,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Refuses PermissionRefused. */
  async list(tx: Transaction, actor: Actor): Promise<readonly SavedProvider[]> {
    this.access.authoriseService(actor, 'person:manage');
    return (await this.repository.all(tx)).map(savedOf);
  }

  /**
   * Whoever sets up a provider decides who people are, so a browser needs a recent proof of identity. Refuses
   * PermissionRefused, AuthenticationNotRecent, ProviderSettingsRefused and DomainTaken.
   */
  async add(tx: Transaction, actor: Actor, settings: ProviderSettings): Promise<SavedProvider> {
    this.access.authoriseService(actor, 'person:manage');
    requireRecent(actor, this.clock.now());
    const row = this.checked(settings);
    await this.repository.insert(tx, row, this.clock.now());
    const payload = { providerId: row.id, issuer: row.issuer };
    await this.record.append(tx, actor, '', 'sign-in-provider.added', payload);
    return savedOf(row);
  }

  /**
   * Identities already linked stay and can no longer be used. Refuses PermissionRefused, AuthenticationNotRecent and
   * NotYours.
   */
  async remove(tx: Transaction, actor: Actor, providerId: string): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    requireRecent(actor, this.clock.now());
    const issuer = validate(providerId)
      ? await this.repository.remove(tx, providerId, this.clock.now())
      : null;
    if (issuer === null) throw new NotYours('sign-in provider');
    const payload = { providerId, issuer };
    await this.record.append(tx, actor, '', 'sign-in-provider.removed', payload);
  }

  private checked(settings: ProviderSettings): ProviderRow {
    const name = settings.name.trim();
    const domains = [...new Set(settings.emailDomains.map((domain) => domain.toLowerCase()))];
    const refuse = (detail: string) => {
      throw new ProviderSettingsRefused(detail);
    };
    if (name === '' || name.length > 100) refuse('Give the provider a name of 1 to 100 letters.');
    if (!/^[\x21-\x7e]{1,255}$/.test(settings.clientId))
      refuse('Give the client id that the provider issued, without spaces.');
    if (!SECRET_NAME.test(settings.clientSecretName))
      refuse(
        'Name the environment variable of the client secret: OIDC_SECRET_ and capital letters.',
      );
    if (domains.length === 0 || !domains.every((domain) => DOMAIN.test(domain)))
      refuse('Give at least one e-mail domain, such as council.example.');
    return {
      id: v7(),
      name,
      issuer: this.checkedIssuer(settings.issuer),
      client_id: settings.clientId,
      client_secret_name: settings.clientSecretName,
      domains,
    };
  }

  private checkedIssuer(issuer: string): string {
    const url = URL.canParse(issuer) ? new URL(issuer) : null;
    const isHere =
      url !== null &&
      url.protocol === 'http:' &&
      HERE.includes(url.hostname) &&
      this.config.environment !== 'production';
    if (!url || !(url.protocol === 'https:' || isHere) || url.search || url.hash || url.username)
      throw new ProviderSettingsRefused(
        'The issuer is the https:// address that the provider gives for itself, without a query.',
      );
    const { providerHosts: hosts, providerHostsInside: inside } = this.config.network;
    if (standingOf(url.hostname, { hosts, inside }) === 'refused')
      throw new ProviderSettingsRefused(
        `The service may not call ${url.hostname}. Whoever runs it allows that in PROVIDER_HOSTS, or in PROVIDER_HOSTS_INSIDE for an address of an inside network.`,
      );
    return issuer;
  }
}

const savedOf = (row: ProviderRow): SavedProvider => ({
  id: row.id,
  name: row.name,
  issuer: row.issuer,
  clientId: row.client_id,
  clientSecretName: row.client_secret_name,
  emailDomains: row.domains,
});
