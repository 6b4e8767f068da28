import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { CodeRefused, TooManyAttempts } from '../../access/sign-in/sign-in.errors.js';
import { SignInService } from '../../access/sign-in/sign-in.service.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { page, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt, type ShownRefusal } from '../frame/refusals.js';
import { ClientOfRequest, SessionAt } from '../frame/visitor.js';
import { paths } from '../paths.js';
import { nextStep, returnToOf } from './next-step.js';
import { CODE, codePage, RECOVERY_CODE, recoveryCodePage } from './sign-in.presenter.js';

const FIELDS = ['code', 'return'] as const;
const AT_CODE = [
  [CodeRefused, 'code'],
  [TooManyAttempts, 'form'],
] as const;
const EMPTY: ShownRefusal = { errors: { code: 'Enter the code' }, options: {} };

/** The second factor, by a code. The session waits for it, so these pages are open to it and to nobody else. */
@Public()
@Pages()
@Controller()
export class SecondFactorController {
  constructor(private readonly signIn: SignInService) {}

  @Get(paths.signInCode)
  async show(
    @SessionAt(['second-factor']) session: BrowserSession,
    @Query('return') back: unknown,
  ): Promise<Answer> {
    const factors = await this.signIn.secondFactors(session);
    return page(CODE, codePage(session, factors, returnToOf(back)));
  }

  @Post(paths.signInCode)
  async enter(
    @SessionAt(['second-factor']) session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const { code, return: back } = readForm(body, FIELDS);
    const returnTo = returnToOf(back);
    const again = async ({ errors, options }: ShownRefusal) =>
      page(
        CODE,
        codePage(session, await this.signIn.secondFactors(session), returnTo, errors),
        options,
      );
    if (code.trim() === '') return again(EMPTY);
    try {
      return nextStep(await this.signIn.withAuthenticatorCode(session, code, client), returnTo);
    } catch (error) {
      return again(refusalAt(error, AT_CODE));
    }
  }

  @Get(paths.signInRecoveryCode)
  showRecovery(
    @SessionAt(['second-factor']) _: BrowserSession,
    @Query('return') back: unknown,
  ): Answer {
    return page(RECOVERY_CODE, recoveryCodePage(returnToOf(back)));
  }

  @Post(paths.signInRecoveryCode)
  async enterRecovery(
    @SessionAt(['second-factor']) session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const { code, return: back } = readForm(body, FIELDS);
    const returnTo = returnToOf(back);
    const again = ({ errors, options }: ShownRefusal) =>
      page(RECOVERY_CODE, recoveryCodePage(returnTo, errors), options);
    if (code.trim() === '') return again(EMPTY);
    try {
      return nextStep(await this.signIn.withRecoveryCode(session, code, client), returnTo);
    } catch (error) {
      return again(refusalAt(error, AT_CODE));
    }
  }
}
