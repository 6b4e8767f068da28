import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { PasskeyRefused, TooManyAttempts } from '../../access/sign-in/sign-in.errors.js';
import { SignInService } from '../../access/sign-in/sign-in.service.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { json, page, redirect, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { passkeyAnswerOf } from '../frame/passkey-answer.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { AnySession, ClientOfRequest } from '../frame/visitor.js';
import { paths, withQuery } from '../paths.js';
import { nextStep, returnToOf } from './next-step.js';
import { CODE, codePage, SIGN_IN, signInPage } from './sign-in.presenter.js';

const FIELDS = ['ceremonyId', 'response', 'return'] as const;

/** A passkey: as the second factor of a session that waits for one, or as a whole sign-in where there is none. */
@Public()
@Pages()
@Controller()
export class PasskeySignInController {
  constructor(private readonly signIn: SignInService) {}

  /** The form is on the pages before; whoever comes back to this address starts there. */
  @Get(paths.signInPasskey)
  show(@Query('return') back: unknown): Answer {
    return redirect(withQuery(paths.signIn, { return: returnToOf(back) }));
  }

  @Post(paths.signInPasskeyOptions)
  async options(
    @AnySession() session: BrowserSession | null,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return json(await this.signIn.passkeyRequest(waitingOf(session)));
  }

  @Post(paths.signInPasskey)
  async enter(
    @AnySession() session: BrowserSession | null,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const { ceremonyId, response, return: back } = readForm(body, FIELDS);
    const returnTo = returnToOf(back);
    const waiting = waitingOf(session);
    try {
      const answer = passkeyAnswerOf(response);
      return nextStep(await this.signIn.withPasskey(waiting, ceremonyId, answer, client), returnTo);
    } catch (error) {
      const { errors, options } = refusalAt(error, [
        [PasskeyRefused, 'form'],
        [TooManyAttempts, 'form'],
      ]);
      if (!waiting) return page(SIGN_IN, signInPage({ returnTo, errors }), options);
      const factors = await this.signIn.secondFactors(waiting);
      return page(CODE, codePage(waiting, factors, returnTo, errors), options);
    }
  }
}

const waitingOf = (session: BrowserSession | null): BrowserSession | null =>
  session?.stage === 'second-factor' ? session : null;
