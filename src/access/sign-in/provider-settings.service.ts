import type { Actor } from '../../platform/auth/actor.js';
import type { Transaction } from '../../platform/database/transaction.js';

/** How an organisation's provider is reached. The client secret is never here: only where the service reads it. */
export interface ProviderSettings {
  readonly name: string;
  /** https:// address whose /.well-known/openid-configuration describes the provider; http is allowed for this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Name of the environment variable that holds the client secret, or with _FILE the path of a file that does. */
  readonly clientSecretName: string;
  /** Whoever has an e-mail address at one of these signs in here: "council.example". */
  readonly emailDomains: readonly string[];
}

export interface SavedProvider extends ProviderSettings {
  readonly id: string;
}

/** Organisations' own sign-in providers, set up by administrators. */
export abstract class ProviderSettingsService {
  abstract list(tx: Transaction, actor: Actor): Promise<readonly SavedProvider[]>;
  /** Refuses PermissionRefused, ProviderSettingsRefused and DomainTaken. */
  abstract add(tx: Transaction, actor: Actor, settings: ProviderSettings): Promise<SavedProvider>;
  /** Identities already linked stay and can no longer be used. Refuses PermissionRefused and NotYours. */
  abstract remove(tx: Transaction, actor: Actor, providerId: string): Promise<void>;
}
