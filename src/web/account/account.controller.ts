import { Controller, Get, Query } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import { FactorsService, type FactorView } from '../../access/sign-in/factors.service.js';
import { PasswordsService } from '../../access/sign-in/passwords.service.js';
import {
  ProviderIdentitiesService,
  type LinkedIdentity,
} from '../../access/sign-in/provider-identities.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { page, view, type Answer, type PageModel } from '../frame/answer.js';
import { noticeOf } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { SignedIn } from '../frame/visitor.js';
import { paths, pathTo } from '../paths.js';

interface AccountPage extends PageModel {
  readonly name: string;
  readonly email: string;
  readonly hasPassword: boolean;
  readonly factors: readonly (FactorView & { readonly remove: string })[];
  readonly recoveryCodesLeft: number;
  readonly identities: readonly (LinkedIdentity & { readonly remove: string })[];
  readonly places: Readonly<
    Record<
      'password' | 'authenticator' | 'passkey' | 'recoveryCodes' | 'sessions' | 'identities',
      string
    >
  >;
}

const ACCOUNT = view<AccountPage>('account/account.njk');

/** How a person signs in, all on one page, with a way to change each part. */
@Requires('any')
@Pages()
@Controller(paths.account)
export class AccountController {
  constructor(
    private readonly factors: FactorsService,
    private readonly passwords: PasswordsService,
    private readonly identities: ProviderIdentitiesService,
  ) {}

  @Get()
  async show(@SignedIn() session: BrowserSession, @Query('done') done: unknown): Promise<Answer> {
    const { factors, recoveryCodesLeft } = await this.factors.factors(session);
    const identities = await this.identities.identities(session);
    return page(ACCOUNT, {
      title: 'Your account',
      name: session.name,
      email: session.email,
      hasPassword: await this.passwords.hasPassword(session),
      factors: factors.map((factor) => ({
        ...factor,
        remove: pathTo(paths.factorRemoval, { factorId: factor.id }),
      })),
      recoveryCodesLeft,
      identities: identities.map((identity) => ({
        ...identity,
        remove: pathTo(paths.identityRemoval, { identityId: identity.id }),
      })),
      places: paths,
      notice: noticeOf(done),
    });
  }
}
