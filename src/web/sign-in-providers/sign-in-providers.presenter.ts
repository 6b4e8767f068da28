import type { SavedProvider } from '../../access/sign-in/provider-settings.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo } from '../paths.js';

interface ProvidersPage extends PageModel {
  readonly providers: readonly (SavedProvider & { readonly remove: string })[];
  readonly add: string;
}

export const PROVIDERS = view<ProvidersPage>('sign-in-providers/providers.njk');

export const providersPage = (
  providers: readonly SavedProvider[],
  notice: string | null,
): ProvidersPage => ({
  title: 'Sign-in providers',
  providers: providers.map((one) => ({ ...one, remove: removalOf(one) })),
  add: paths.newSignInProvider,
  notice,
});

const removalOf = ({ id }: SavedProvider): string =>
  pathTo(paths.signInProviderRemoval, { providerId: id });

export interface NewProviderForm {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretName: string;
  readonly emailDomains: string;
}

interface NewProviderPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly form: NewProviderForm;
}

export const NEW_PROVIDER = view<NewProviderPage>('sign-in-providers/new-provider.njk');

const EMPTY = { name: '', issuer: '', clientId: '', clientSecretName: '', emailDomains: '' };

export const newProviderPage = (
  form: NewProviderForm = EMPTY,
  errors?: FormErrors,
): NewProviderPage => ({
  title: 'Add a sign-in provider',
  action: paths.newSignInProvider,
  back: paths.signInProviders,
  form,
  ...(errors && { errors }),
});

interface RemoveProviderPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly provider: SavedProvider;
}

export const REMOVE_PROVIDER = view<RemoveProviderPage>('sign-in-providers/remove-provider.njk');

export const removeProviderPage = (provider: SavedProvider): RemoveProviderPage => ({
  title: 'Remove a sign-in provider',
  action: removalOf(provider),
  back: paths.signInProviders,
  provider,
});
