import type { ProofsPossible } from '../../access/sign-in/reauthentication.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths } from '../paths.js';

interface ConfirmPage extends PageModel {
  readonly action: string;
  readonly email: string;
  readonly returnTo: string;
  readonly proofs: ProofsPossible;
  readonly passkey: string;
  readonly passkeyOptions: string;
}

export const CONFIRM = view<ConfirmPage>('confirm/confirm.njk');

export const confirmPage = (
  email: string,
  proofs: ProofsPossible,
  returnTo: string,
  errors?: FormErrors,
): ConfirmPage => ({
  title: 'Confirm that it is you',
  action: paths.confirm,
  email,
  returnTo,
  proofs,
  passkey: paths.confirmPasskey,
  passkeyOptions: paths.confirmPasskeyOptions,
  ...(errors && { errors }),
});
