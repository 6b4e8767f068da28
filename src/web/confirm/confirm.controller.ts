import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { ReauthenticationService } from '../../access/sign-in/reauthentication.service.js';
import {
  CodeRefused,
  CredentialsRefused,
  PasskeyRefused,
  TooManyAttempts,
} from '../../access/sign-in/sign-in.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { hasErrors, json, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { Pages } from '../frame/pages.decorator.js';
import { passkeyAnswerOf } from '../frame/passkey-answer.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt, type ShownRefusal } from '../frame/refusals.js';
import { returnPathOf } from '../frame/return-path.js';
import { ClientOfRequest, SignedIn } from '../frame/visitor.js';
import { paths, withQuery } from '../paths.js';
import { CONFIRM, confirmPage } from './confirm.presenter.js';

/** A new proof of who sits at the browser, before an act that needs one; then back to the page of that act. */
@Requires('any')
@Pages()
@Controller()
export class ConfirmController {
  constructor(private readonly proving: ReauthenticationService) {}

  @Get(paths.confirm)
  show(@SignedIn() session: BrowserSession, @Query('return') back: unknown): Promise<Answer> {
    return this.page(session, returnPathOf(back));
  }

  @Post(paths.confirm)
  async withCode(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const form = readForm(body, ['password', 'code', 'return'] as const);
    const returnTo = returnPathOf(form.return);
    const needsPassword = (await this.proving.proofsPossible(session)).password;
    const errors = errorsWhere(
      ['password', needsPassword && form.password === '', 'Enter your password'],
      ['code', form.code.trim() === '', 'Enter the code'],
    );
    if (hasErrors(errors)) return this.page(session, returnTo, { errors, options: {} });
    const proof = { password: needsPassword ? form.password : null, code: form.code };
    try {
      const { token } = await this.proving.withCode(session, proof, client);
      return redirect(returnTo, { session: token });
    } catch (error) {
      return this.page(session, returnTo, refusalOf(error));
    }
  }

  @Get(paths.confirmPasskey)
  backToForm(@Query('return') back: unknown): Answer {
    return redirect(withQuery(paths.confirm, { return: returnPathOf(back) }));
  }

  @Post(paths.confirmPasskeyOptions)
  async passkeyOptions(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return json(await this.proving.passkeyRequest(session));
  }

  @Post(paths.confirmPasskey)
  async withPasskey(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const form = readForm(body, ['ceremonyId', 'response', 'return'] as const);
    const returnTo = returnPathOf(form.return);
    try {
      const answer = passkeyAnswerOf(form.response);
      const { token } = await this.proving.withPasskey(session, form.ceremonyId, answer, client);
      return redirect(returnTo, { session: token });
    } catch (error) {
      return this.page(session, returnTo, refusalOf(error));
    }
  }

  private async page(
    session: BrowserSession,
    returnTo: string,
    refused?: ShownRefusal,
  ): Promise<Answer> {
    const proofs = await this.proving.proofsPossible(session);
    return page(
      CONFIRM,
      confirmPage(session.email, proofs, returnTo, refused?.errors),
      refused?.options,
    );
  }
}

const refusalOf = (error: unknown): ShownRefusal =>
  error instanceof CredentialsRefused
    ? { errors: { password: 'This is not your password' }, options: {} }
    : refusalAt(error, [
        [CodeRefused, 'code'],
        [PasskeyRefused, 'form'],
        [TooManyAttempts, 'form'],
      ]);
