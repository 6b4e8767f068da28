import type { LinkedIdentity } from '../../access/sign-in/provider-identities.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo } from '../paths.js';

interface LinkPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly email: string;
}

export const LINK = view<LinkPage>('identities/link.njk');

export const linkPage = (email: string, errors?: FormErrors): LinkPage => ({
  title: 'Link your organisation’s account',
  action: paths.identities,
  back: paths.account,
  email,
  ...(errors && { errors }),
});

interface UnlinkPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly providerName: string;
}

export const UNLINK = view<UnlinkPage>('identities/unlink.njk');

export const unlinkPage = (
  { id, providerName }: LinkedIdentity,
  errors?: FormErrors,
): UnlinkPage => ({
  title: 'Unlink your organisation’s account',
  action: pathTo(paths.identityRemoval, { identityId: id }),
  back: paths.account,
  providerName,
  ...(errors && { errors }),
});
