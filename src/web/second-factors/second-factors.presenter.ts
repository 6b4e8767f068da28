import QRCode from 'qrcode';
import type { AuthenticatorOffer } from '../../access/sign-in/factors.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';

interface AuthenticatorPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly label: string;
}

export const AUTHENTICATOR = view<AuthenticatorPage>('second-factors/authenticator.njk');

export const authenticatorPage = (
  { action, back }: { readonly action: string; readonly back: string },
  label: string,
  errors?: FormErrors,
): AuthenticatorPage => ({
  title: 'Add an authenticator app',
  action,
  back,
  label,
  ...(errors && { errors }),
});

interface OfferPage extends PageModel {
  readonly action: string;
  readonly factorId: string;
  /** An SVG of our own making; null when the code was shown before and is not known any more. */
  readonly qrCode: string | null;
  /** In groups of four, for typing in. */
  readonly secret: string | null;
}

export const OFFER = view<OfferPage>('second-factors/offer.njk');

export async function offerPage(action: string, offer: AuthenticatorOffer): Promise<OfferPage> {
  const svg = await QRCode.toString(offer.uri, { type: 'svg', margin: 0 });
  return {
    title: 'Scan the code with your app',
    action,
    factorId: offer.factorId,
    qrCode: svg.replace('<svg ', '<svg class="outturn-qr" role="img" aria-label="QR code" '),
    secret: offer.secret.replace(/(.{4})(?=.)/g, '$1 '),
  };
}

/** After a wrong code: the app has the secret already, and the server does not show it twice. */
export const codeAgainPage = (action: string, factorId: string, errors: FormErrors): OfferPage => ({
  title: 'Enter the next code of your app',
  action,
  factorId,
  qrCode: null,
  secret: null,
  errors,
});

interface PasskeyPage extends PageModel {
  readonly action: string;
  readonly optionsAddress: string;
  readonly back: string;
  readonly label: string;
}

export const PASSKEY = view<PasskeyPage>('second-factors/passkey.njk');

export const passkeyPage = (
  places: { readonly action: string; readonly optionsAddress: string; readonly back: string },
  label: string,
  errors?: FormErrors,
): PasskeyPage => ({ title: 'Add a passkey', ...places, label, ...(errors && { errors }) });

interface RecoveryCodesPage extends PageModel {
  readonly codes: readonly string[];
  readonly goOn: string;
}

export const RECOVERY_CODES = view<RecoveryCodesPage>('second-factors/recovery-codes.njk');

export const recoveryCodesPage = (codes: readonly string[], goOn: string): RecoveryCodesPage => ({
  title: 'Keep your recovery codes',
  codes,
  goOn,
});

interface ChoicePage extends PageModel {
  readonly authenticator: string;
  readonly passkey: string;
}

export const CHOICE = view<ChoicePage>('second-factors/choice.njk');
