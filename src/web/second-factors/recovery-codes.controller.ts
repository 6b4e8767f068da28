import { Body, Controller, Get, Post } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import { FactorsService } from '../../access/sign-in/factors.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { page, view, type Answer, type PageModel } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { SignedIn } from '../frame/visitor.js';
import { paths } from '../paths.js';
import { RECOVERY_CODES, recoveryCodesPage } from './second-factors.presenter.js';

interface RenewalPage extends PageModel {
  readonly left: number;
  readonly action: string;
  readonly back: string;
}

const RENEWAL = view<RenewalPage>('second-factors/renewal.njk');

/** Ten new recovery codes in place of the old ones. */
@Requires('any')
@Pages()
@Controller(paths.recoveryCodes)
export class RecoveryCodesController {
  constructor(private readonly factors: FactorsService) {}

  @Get()
  async show(@SignedIn() session: BrowserSession): Promise<Answer> {
    const { recoveryCodesLeft } = await this.factors.factors(session);
    return page(RENEWAL, {
      title: 'Make new recovery codes',
      left: recoveryCodesLeft,
      action: paths.recoveryCodes,
      back: paths.account,
    });
  }

  /** The codes are known in this answer and never again, so they cannot wait for another request. */
  @Post()
  async renew(@SignedIn() session: BrowserSession, @Body() body: unknown): Promise<Answer> {
    readForm(body, []);
    const codes = await this.factors.renewRecoveryCodes(session);
    return page(RECOVERY_CODES, recoveryCodesPage(codes, paths.account));
  }
}
