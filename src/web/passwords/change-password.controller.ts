import { Body, Controller, Get, Post } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { PasswordsService } from '../../access/sign-in/passwords.service.js';
import {
  CredentialsRefused,
  PasswordNotAccepted,
  TooManyAttempts,
} from '../../access/sign-in/sign-in.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { ClientOfRequest, SignedIn } from '../frame/visitor.js';
import { paths } from '../paths.js';
import { CHANGE, changePage } from './passwords.presenter.js';

/** One's own password, by whoever knows the present one. */
@Requires('any')
@Pages()
@Controller(paths.password)
export class ChangePasswordController {
  constructor(private readonly passwords: PasswordsService) {}

  /** Somebody without a password, who signs in elsewhere, has one set by a link as everybody had their first. */
  @Get()
  async show(@SignedIn() session: BrowserSession): Promise<Answer> {
    if (!(await this.passwords.hasPassword(session))) return redirect(paths.forgottenPassword);
    return page(CHANGE, changePage(session.email));
  }

  @Post()
  async change(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const { present, next } = readForm(body, ['present', 'next'] as const);
    const missing = errorsWhere(
      ['present', present === '', 'Enter your present password'],
      ['next', next === '', 'Enter a new password'],
    );
    if (hasErrors(missing)) return page(CHANGE, changePage(session.email, missing));
    try {
      const issued = await this.passwords.change(session, { present, next }, client);
      return redirect(withNotice(paths.account, 'password-changed'), { session: issued.token });
    } catch (error) {
      if (error instanceof CredentialsRefused)
        return page(CHANGE, changePage(session.email, { present: 'This is not your password' }));
      const { errors, options } = refusalAt(error, [
        [PasswordNotAccepted, 'next'],
        [TooManyAttempts, 'form'],
      ]);
      return page(CHANGE, changePage(session.email, errors), options);
    }
  }
}
