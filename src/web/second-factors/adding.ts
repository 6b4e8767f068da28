import { Injectable } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { FactorsService, type FactorAdded } from '../../access/sign-in/factors.service.js';
import {
  CodeRefused,
  FactorNotNamed,
  PasskeyRefused,
  TooManyAttempts,
} from '../../access/sign-in/sign-in.errors.js';
import { page, redirect, type Answer } from '../frame/answer.js';
import { passkeyAnswerOf } from '../frame/passkey-answer.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import {
  AUTHENTICATOR,
  authenticatorPage,
  codeAgainPage,
  OFFER,
  offerPage,
  PASSKEY,
  passkeyPage,
  RECOVERY_CODES,
  recoveryCodesPage,
} from './second-factors.presenter.js';

/** Where the pages of one way to add a factor are: at the first sign-in, or later in the account. */
export interface AddingPlaces {
  readonly action: string;
  readonly optionsAddress: string;
  readonly back: string;
  /** Where to go once it is done. */
  readonly done: string;
}

/** Adding a second factor, which goes alike at the first sign-in and later. */
@Injectable()
export class AddingFactors {
  constructor(private readonly factors: FactorsService) {}

  /** First the name, which is answered with the code to scan; then a code of the app, which proves that it has it. */
  async authenticator(
    places: AddingPlaces,
    session: BrowserSession,
    body: unknown,
    client: Client,
  ): Promise<Answer> {
    const { label, factorId, code } = readForm(body, ['label', 'factorId', 'code'] as const);
    if (factorId !== '') return this.confirmCode(places, session, { factorId, code }, client);
    try {
      const offer = await this.factors.offerAuthenticator(session, label.trim());
      // the secret is shown in this answer and never again, so it cannot wait for another request
      return page(OFFER, await offerPage(places.action, offer));
    } catch (error) {
      const { errors } = refusalAt(error, [[FactorNotNamed, 'label']]);
      return page(AUTHENTICATOR, authenticatorPage(places, label, errors));
    }
  }

  async passkey(places: AddingPlaces, session: BrowserSession, body: unknown): Promise<Answer> {
    const fields = ['ceremonyId', 'response', 'label'] as const;
    const { ceremonyId, response, label } = readForm(body, fields);
    try {
      const answer = passkeyAnswerOf(response);
      return added(
        await this.factors.confirmPasskey(session, ceremonyId, answer, label.trim()),
        places,
      );
    } catch (error) {
      const { errors } = refusalAt(error, [
        [FactorNotNamed, 'label'],
        [PasskeyRefused, 'form'],
      ]);
      return page(PASSKEY, passkeyPage(places, label, errors));
    }
  }

  private async confirmCode(
    places: AddingPlaces,
    session: BrowserSession,
    { factorId, code }: { readonly factorId: string; readonly code: string },
    client: Client,
  ): Promise<Answer> {
    const again = codeAgainPage.bind(null, places.action, factorId);
    if (code.trim() === '') return page(OFFER, again({ code: 'Enter the code of your app' }));
    try {
      return added(
        await this.factors.confirmAuthenticator(session, factorId, code, client),
        places,
      );
    } catch (error) {
      const { errors, options } = refusalAt(error, [
        [CodeRefused, 'code'],
        [TooManyAttempts, 'form'],
      ]);
      return page(OFFER, again(errors), options);
    }
  }
}

/** On to where it began, or to the recovery codes: this answer is the only time that they are known. */
const added = ({ issued, recoveryCodes }: FactorAdded, { done }: AddingPlaces): Answer =>
  recoveryCodes === null
    ? redirect(done, { session: issued.token })
    : page(RECOVERY_CODES, recoveryCodesPage(recoveryCodes, done), { session: issued.token });
