import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { CredentialsRefused, TooManyAttempts } from '../../access/sign-in/sign-in.errors.js';
import { SignInService } from '../../access/sign-in/sign-in.service.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { noticeOf } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { AnySession, ClientOfRequest } from '../frame/visitor.js';
import { paths } from '../paths.js';
import { nextStep, returnToOf } from './next-step.js';
import { SIGN_IN, signInPage } from './sign-in.presenter.js';

const FIELDS = ['email', 'password', 'return'] as const;

/** The first factor. */
@Public()
@Pages()
@Controller(paths.signIn)
export class SignInController {
  constructor(private readonly signIn: SignInService) {}

  @Get()
  show(
    @AnySession() session: BrowserSession | null,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Answer {
    const returnTo = returnToOf(query['return']);
    if (session?.stage === 'complete') return redirect(returnTo ?? paths.home);
    return page(SIGN_IN, signInPage({ returnTo, notice: noticeOf(query['done']) }));
  }

  @Post()
  async enter(@Body() body: unknown, @ClientOfRequest() client: Client): Promise<Answer> {
    const { email, password, return: back } = readForm(body, FIELDS);
    const returnTo = returnToOf(back);
    const missing = errorsWhere(
      ['email', email.trim() === '', 'Enter your e-mail address'],
      ['password', password === '', 'Enter your password'],
    );
    if (hasErrors(missing)) return page(SIGN_IN, signInPage({ returnTo, email, errors: missing }));
    try {
      const step = await this.signIn.withPassword({ email: email.trim(), password }, client);
      return nextStep(step, returnTo);
    } catch (error) {
      const { errors, options } = refusalAt(error, [
        [CredentialsRefused, 'email'],
        [TooManyAttempts, 'form'],
      ]);
      return page(SIGN_IN, signInPage({ returnTo, email, errors }), options);
    }
  }
}
