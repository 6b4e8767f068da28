import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { isEmail } from 'class-validator';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import {
  ProviderIdentitiesService,
  type LinkedIdentity,
} from '../../access/sign-in/provider-identities.service.js';
import { ProviderSignInService } from '../../access/sign-in/provider-sign-in.service.js';
import {
  LastWayIn,
  NotYours,
  ProviderSignInRefused,
  TooManyAttempts,
} from '../../access/sign-in/sign-in.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { page, redirect, type Answer } from '../frame/answer.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { ClientOfRequest, SignedIn } from '../frame/visitor.js';
import { GO, goPage } from '../organisation-sign-in/organisation-sign-in.presenter.js';
import { paths } from '../paths.js';
import { LINK, linkPage, UNLINK, unlinkPage } from './identities.presenter.js';

/** A person's accounts at organisations' own providers: linked, and unlinked. Both need a recent proof of who it is. */
@Requires('any')
@Pages()
@Controller()
export class IdentitiesController {
  constructor(
    private readonly identities: ProviderIdentitiesService,
    private readonly providers: ProviderSignInService,
  ) {}

  @Get(paths.identities)
  showLink(@SignedIn() session: BrowserSession): Answer {
    return page(LINK, linkPage(session.email));
  }

  /** Leads to the provider of the address; the way back is the same as for a sign-in. */
  @Post(paths.identities)
  async link(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const email = readForm(body, ['email'] as const).email.trim();
    const again = (error: string) => page(LINK, linkPage(email, { email: error }));
    if (!isEmail(email)) return again('Enter an e-mail address, such as name@example.org');
    const provider = await this.providers.providerFor(email);
    if (provider === null)
      return again('No organisation with this address signs in with its own account here');
    try {
      const visit = await this.providers.beginLinking(session, provider.providerId, client);
      return page(GO, goPage(provider.name, visit.redirectTo), {
        visit: { token: visit.visitToken, expiresAt: visit.expiresAt },
      });
    } catch (error) {
      const { errors, options } = refusalAt(error, [
        [ProviderSignInRefused, 'form'],
        [TooManyAttempts, 'form'],
      ]);
      return page(LINK, linkPage(email, errors), options);
    }
  }

  @Get(paths.identityRemoval)
  async showUnlink(
    @SignedIn() session: BrowserSession,
    @Param('identityId', IdInPath) identityId: string,
  ): Promise<Answer> {
    return page(UNLINK, unlinkPage(await this.identityOf(session, identityId)));
  }

  @Post(paths.identityRemoval)
  async unlink(
    @SignedIn() session: BrowserSession,
    @Param('identityId', IdInPath) identityId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    try {
      await this.identities.unlink(session, identityId);
      return redirect(withNotice(paths.account, 'identity-unlinked'));
    } catch (error) {
      const { errors } = refusalAt(error, [[LastWayIn, 'form']]);
      return page(UNLINK, unlinkPage(await this.identityOf(session, identityId), errors));
    }
  }

  private async identityOf(session: BrowserSession, identityId: string): Promise<LinkedIdentity> {
    const all = await this.identities.identities(session);
    const identity = all.find(({ id }) => id === identityId);
    if (!identity) throw new NotYours('identity');
    return identity;
  }
}
