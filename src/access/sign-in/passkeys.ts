import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';

/** What a page hands to `startAuthentication`; the ceremony comes back with the answer and counts once. */
export interface PasskeyRequest {
  readonly ceremonyId: string;
  readonly options: PublicKeyCredentialRequestOptionsJSON;
}

/** What a page hands to `startRegistration`; the ceremony comes back with the answer and counts once. */
export interface PasskeyCreation {
  readonly ceremonyId: string;
  readonly options: PublicKeyCredentialCreationOptionsJSON;
}
