import type { LinkHolder } from '../../access/sign-in/passwords.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths } from '../paths.js';

interface ForgottenPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly email: string;
}

export const FORGOTTEN = view<ForgottenPage>('passwords/forgotten.njk');

export const forgottenPage = (email = '', errors?: FormErrors): ForgottenPage => ({
  title: 'Set a new password',
  action: paths.forgottenPassword,
  back: paths.signIn,
  email,
  ...(errors && { errors }),
});

interface SentPage extends PageModel {
  readonly back: string;
}

export const SENT = view<SentPage>('passwords/sent.njk');

export const sentPage = (): SentPage => ({ title: 'Check your e-mail', back: paths.signIn });

interface SetPage extends PageModel {
  readonly action: string;
  readonly email: string;
  readonly isInvitation: boolean;
}

export const SET = view<SetPage>('passwords/set.njk');

export const setPage = (
  { email, purpose }: LinkHolder,
  action: string,
  errors?: FormErrors,
): SetPage => ({
  title: purpose === 'invitation' ? 'Choose your password' : 'Choose a new password',
  action,
  email,
  isInvitation: purpose === 'invitation',
  ...(errors && { errors }),
});

interface ChangePage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly email: string;
}

export const CHANGE = view<ChangePage>('passwords/change.njk');

export const changePage = (email: string, errors?: FormErrors): ChangePage => ({
  title: 'Change your password',
  action: paths.password,
  back: paths.account,
  email,
  ...(errors && { errors }),
});
