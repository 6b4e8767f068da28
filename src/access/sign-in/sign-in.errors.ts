import { DomainError } from '../../domain/shared/domain-error.js';
import type { LimitFigures } from '../../platform/rate-limits/limit-figures.js';

/**
 * Thrown when the e-mail address is unknown, the password is wrong, the person has no password or is disabled: the words,
 * the work done and the limits used are the same in all four, so that nobody learns who has an account.
 */
export class CredentialsRefused extends DomainError {
  constructor(readonly limits: readonly LimitFigures[]) {
    super({
      code: 'CREDENTIALS_REFUSED',
      kind: 'not-signed-in',
      detail: 'The e-mail address or the password is not right. Check both and try again.',
    });
  }
}

/** Thrown when a code is wrong, was used before, or belongs to a time step that has passed; it does not say which. */
export class CodeRefused extends DomainError {
  constructor(readonly limits: readonly LimitFigures[]) {
    super({
      code: 'CODE_REFUSED',
      kind: 'not-signed-in',
      detail:
        'The code is not right, or it was used before. Wait for the next code and enter that one.',
    });
  }
}

/** Thrown when a passkey cannot be verified: unknown, of somebody else, for another site, replayed or out of time. */
export class PasskeyRefused extends DomainError {
  constructor() {
    super({
      code: 'PASSKEY_REFUSED',
      kind: 'not-signed-in',
      detail: 'The passkey could not be verified. Try again, or sign in another way.',
    });
  }
}

/** Thrown when a sign-in at the organisation's own provider cannot be completed; the log says why, the page does not. */
export class ProviderSignInRefused extends DomainError {
  constructor(cause?: unknown) {
    super({
      code: 'PROVIDER_SIGN_IN_REFUSED',
      kind: 'not-signed-in',
      detail:
        'Your organisation’s sign-in could not be completed. Start again; if it fails again, ask an administrator.',
    });
    this.cause = cause;
  }
}

/** Thrown when somebody signed in at their organisation's provider and no account here is theirs. */
export class NoAccountForIdentity extends DomainError {
  constructor() {
    super({
      code: 'NO_ACCOUNT_FOR_IDENTITY',
      kind: 'not-signed-in',
      detail: 'You have no account here yet. Ask an administrator to invite you.',
    });
  }
}

/** Thrown when attempts come too fast. The account is not locked: known sessions and other networks go on. */
export class TooManyAttempts extends DomainError {
  constructor(
    readonly limits: readonly LimitFigures[],
    readonly retryAfterSeconds: number,
  ) {
    super({
      code: 'TOO_MANY_ATTEMPTS',
      kind: 'too-many',
      detail: `There were too many attempts. Try again in ${inWords(retryAfterSeconds)}.`,
    });
  }
}

/** Thrown when a session is not at the stage that an act belongs to, such as a code when none is asked for. */
export class WrongStage extends DomainError {
  constructor() {
    super({
      code: 'WRONG_STAGE',
      kind: 'conflict',
      detail: 'This step of the sign-in is not the one at hand. Start again from the sign-in page.',
    });
  }
}

/** Thrown when a link to set a password is unknown, was used or has expired; it does not say which. */
export class LinkNotValid extends DomainError {
  constructor() {
    super({
      code: 'LINK_NOT_VALID',
      kind: 'not-found',
      detail: 'This link was used before or has expired. Ask for a new one.',
    });
  }
}

/** Why a password is refused. */
export type PasswordFault = 'too-short' | 'too-long' | 'too-common' | 'too-personal' | 'unchanged';

/** Thrown when a new password is too short, too long, easy to guess, made of the person's own data, or the present one. */
export class PasswordNotAccepted extends DomainError {
  constructor(readonly fault: PasswordFault) {
    super({ code: 'PASSWORD_NOT_ACCEPTED', kind: 'invalid', detail: PASSWORD_ADVICE[fault] });
  }
}

const PASSWORD_ADVICE: Readonly<Record<PasswordFault, string>> = {
  'too-short': 'The password must have at least 8 characters; 15 or more are advised.',
  'too-long': 'The password must have at most 128 characters.',
  'too-common': 'This password is easy to guess or known from breaches. Use several unusual words.',
  'too-personal':
    'The password is made of your name, e-mail address or the name of this service. Choose another.',
  unchanged: 'The new password is the present one. Choose another.',
};

/** Thrown when the last second factor is to be removed: everybody needs one. */
export class LastFactor extends DomainError {
  constructor() {
    super({
      code: 'LAST_FACTOR',
      kind: 'conflict',
      detail: 'This is your only second factor. Add another one before you remove it.',
    });
  }
}

/**
 * Thrown when an identity at a provider or a passkey is to be taken away and there is neither a password, another passkey nor
 * another identity: a second factor alone signs nobody in.
 */
export class LastWayIn extends DomainError {
  constructor() {
    super({
      code: 'LAST_WAY_IN',
      kind: 'conflict',
      detail:
        'This is your only way to sign in. Add a passkey, or ask for a link to choose a password (Forgotten password), and then take this away.',
    });
  }
}

/** Thrown when a factor, a session or an organisation's provider named in a request is not there or not one's own. */
export class NotYours extends DomainError {
  constructor(what: 'second factor' | 'session' | 'identity' | 'sign-in provider') {
    super({ code: 'NOT_FOUND', kind: 'not-found', detail: `There is no such ${what}.` });
  }
}

/** Thrown when a name for a second factor is blank or longer than 60 characters. */
export class FactorNotNamed extends DomainError {
  constructor() {
    super({
      code: 'FACTOR_NOT_NAMED',
      kind: 'invalid',
      detail: 'Give a name of 1 to 60 characters, such as “work phone”.',
    });
  }
}

/** Thrown when an identity at a provider is to be linked and is somebody else's already. */
export class IdentityTaken extends DomainError {
  constructor() {
    super({
      code: 'IDENTITY_TAKEN',
      kind: 'conflict',
      detail: 'This identity at your organisation’s provider belongs to another account here.',
    });
  }
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** Thrown when an administrator is about to disable their own account: nobody might be left to undo it. */
export class OwnAccount extends DomainError {
  constructor() {
    super({
      code: 'OWN_ACCOUNT',
      kind: 'conflict',
      detail: 'You cannot disable your own account. Ask another administrator.',
    });
  }
}

/** Thrown when the settings of an organisation's sign-in provider cannot be used. */
export class ProviderSettingsRefused extends DomainError {
  constructor(detail: string) {
    super({ code: 'PROVIDER_SETTINGS_REFUSED', kind: 'invalid', detail });
  }
}

/** Thrown when people of an e-mail domain sign in at another provider already. */
export class DomainTaken extends DomainError {
  constructor() {
    super({
      code: 'DOMAIN_TAKEN',
      kind: 'conflict',
      detail:
        'One of these e-mail domains belongs to another sign-in provider. Remove that one first.',
    });
  }
}
