import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { SecondFactorKind } from '../../access/sign-in/sign-in.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, withQuery } from '../paths.js';

interface SignInPage extends PageModel {
  readonly action: string;
  readonly email: string;
  readonly returnTo: string | null;
  readonly forgottenPassword: string;
  readonly organisation: string;
  readonly passkey: string;
  readonly passkeyOptions: string;
}

export const SIGN_IN = view<SignInPage>('sign-in/sign-in.njk');

interface Attempt {
  readonly returnTo: string | null;
  readonly email?: string;
  readonly errors?: FormErrors;
  readonly notice?: string | null;
}

export const signInPage = ({
  returnTo,
  email = '',
  errors,
  notice = null,
}: Attempt): SignInPage => ({
  title: 'Sign in',
  action: paths.signIn,
  email,
  returnTo,
  forgottenPassword: paths.forgottenPassword,
  organisation: withQuery(paths.signInOrganisation, { return: returnTo }),
  passkey: paths.signInPasskey,
  passkeyOptions: paths.signInPasskeyOptions,
  notice,
  ...(errors && { errors }),
});

interface CodePage extends PageModel {
  readonly action: string;
  readonly email: string;
  readonly returnTo: string | null;
  readonly hasAuthenticator: boolean;
  readonly hasPasskey: boolean;
  readonly hasRecoveryCodes: boolean;
  readonly recoveryCode: string;
  readonly passkey: string;
  readonly passkeyOptions: string;
  readonly startAgain: string;
}

export const CODE = view<CodePage>('sign-in/code.njk');

export const codePage = (
  { email }: BrowserSession,
  factors: readonly SecondFactorKind[],
  returnTo: string | null,
  errors?: FormErrors,
): CodePage => ({
  title: factors.includes('authenticator')
    ? 'Enter the code of your authenticator app'
    : 'Use your second factor',
  action: paths.signInCode,
  email,
  returnTo,
  hasAuthenticator: factors.includes('authenticator'),
  hasPasskey: factors.includes('passkey'),
  hasRecoveryCodes: factors.includes('recovery-code'),
  recoveryCode: withQuery(paths.signInRecoveryCode, { return: returnTo }),
  passkey: paths.signInPasskey,
  passkeyOptions: paths.signInPasskeyOptions,
  startAgain: paths.signIn,
  ...(errors && { errors }),
});

interface RecoveryCodePage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly returnTo: string | null;
}

export const RECOVERY_CODE = view<RecoveryCodePage>('sign-in/recovery-code.njk');

export const recoveryCodePage = (
  returnTo: string | null,
  errors?: FormErrors,
): RecoveryCodePage => ({
  title: 'Use a recovery code',
  action: paths.signInRecoveryCode,
  back: withQuery(paths.signInCode, { return: returnTo }),
  returnTo,
  ...(errors && { errors }),
});
