import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { isEmail } from 'class-validator';
import type { Client } from '../../access/sign-in/client.js';
import { PasswordsService } from '../../access/sign-in/passwords.service.js';
import { PasswordNotAccepted, TooManyAttempts } from '../../access/sign-in/sign-in.errors.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { page, redirect, type Answer } from '../frame/answer.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { ClientOfRequest } from '../frame/visitor.js';
import { paths, pathTo } from '../paths.js';
import { FORGOTTEN, forgottenPage, SENT, sentPage, SET, setPage } from './passwords.presenter.js';

/** A password by a link that was sent to its owner: the first one, or another for one that was forgotten. */
@Public()
@Pages()
@Controller()
export class ForgottenPasswordController {
  constructor(private readonly passwords: PasswordsService) {}

  @Get(paths.forgottenPassword)
  show(): Answer {
    return page(FORGOTTEN, forgottenPage());
  }

  /** The answer is the same whether or not anybody has the address. */
  @Post(paths.forgottenPassword)
  async request(@Body() body: unknown, @ClientOfRequest() client: Client): Promise<Answer> {
    const email = readForm(body, ['email'] as const).email.trim();
    if (!isEmail(email)) {
      const errors = { email: 'Enter an e-mail address, such as name@example.org' };
      return page(FORGOTTEN, forgottenPage(email, errors));
    }
    try {
      await this.passwords.requestReset(email, client);
      return redirect(paths.passwordSent);
    } catch (error) {
      const { errors, options } = refusalAt(error, [[TooManyAttempts, 'form']]);
      return page(FORGOTTEN, forgottenPage(email, errors), options);
    }
  }

  @Get(paths.passwordSent)
  sent(): Answer {
    return page(SENT, sentPage());
  }

  /** Looking at the link does not use it up, because programs that check e-mails look at every link. */
  @Get(paths.setPassword)
  async showLink(@Param('token') token: string): Promise<Answer> {
    const holder = await this.passwords.holderOf(token);
    return page(SET, setPage(holder, pathTo(paths.setPassword, { token })));
  }

  @Post(paths.setPassword)
  async set(@Param('token') token: string, @Body() body: unknown): Promise<Answer> {
    const { next } = readForm(body, ['next'] as const);
    try {
      await this.passwords.setByLink(token, next);
      return redirect(withNotice(paths.signIn, 'password-set'), { session: null });
    } catch (error) {
      const { errors } = refusalAt(error, [[PasswordNotAccepted, 'next']]);
      const holder = await this.passwords.holderOf(token);
      return page(SET, setPage(holder, pathTo(paths.setPassword, { token }), errors));
    }
  }

  /** Where programs that keep passwords look for the page that changes one. */
  @Get('.well-known/change-password')
  wellKnown(): Answer {
    return redirect(paths.password);
  }
}
