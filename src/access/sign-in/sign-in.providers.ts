import { RateLimits } from '../../platform/rate-limits/rate-limits.js';
import { AccountLetters } from './account-letters.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { AttemptLimits } from './attempt-limits.js';
import { Codes } from './codes.js';
import { FactorsRepository } from './factors.repository.js';
import { FactorsService } from './factors.service.js';
import { InvitationsService } from './invitations.service.js';
import { PasskeyCeremonies } from './passkey-ceremonies.js';
import { PasskeyCeremoniesRepository } from './passkey-ceremonies.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordProof } from './password-proof.js';
import { PasswordsService } from './passwords.service.js';
import { ProviderClient } from './provider-client.js';
import { ProviderIdentitiesService } from './provider-identities.service.js';
import { ProviderSettingsService } from './provider-settings.service.js';
import { ProviderSignInService } from './provider-sign-in.service.js';
import { ProvidersRepository } from './providers.repository.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { Seeds } from './seeds.js';
import { SessionKeeper } from './session-keeper.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignInCompletion } from './sign-in-completion.js';
import { SignInService } from './sign-in.service.js';
import { SignInUpkeep } from './sign-in-upkeep.js';

/** What pages and other features use of sign-in. */
export const SIGN_IN_SERVICES = [
  SignInService,
  ReauthenticationService,
  FactorsService,
  PasswordsService,
  InvitationsService,
  SessionsService,
  AccountsService,
  ProviderSignInService,
  ProviderIdentitiesService,
  ProviderSettingsService,
  SignInUpkeep,
  Seeds,
];

/** Everything that sign-in is made of. */
export const SIGN_IN_PROVIDERS = [
  ...SIGN_IN_SERVICES,
  AccountLetters,
  AccountRecord,
  AccountsRepository,
  AttemptLimits,
  Codes,
  FactorsRepository,
  PasskeyCeremonies,
  PasskeyCeremoniesRepository,
  PasswordHasher,
  PasswordProof,
  ProviderClient,
  ProvidersRepository,
  RateLimits,
  SessionKeeper,
  SessionsRepository,
  SignInCompletion,
];
