import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { FactorsService } from '../../access/sign-in/factors.service.js';
import { LastFactor, LastWayIn, NotYours } from '../../access/sign-in/sign-in.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { json, page, redirect, type Answer } from '../frame/answer.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { ClientOfRequest, SignedIn } from '../frame/visitor.js';
import { paths, pathTo } from '../paths.js';
import { AddingFactors, type AddingPlaces } from './adding.js';
import { REMOVAL, removalPage } from './removal.presenter.js';
import {
  AUTHENTICATOR,
  authenticatorPage,
  PASSKEY,
  passkeyPage,
} from './second-factors.presenter.js';

const BACK = { back: paths.account, done: withNotice(paths.account, 'factor-added') };
const AUTHENTICATOR_PLACES: AddingPlaces = {
  action: paths.authenticator,
  optionsAddress: '',
  ...BACK,
};
const PASSKEY_PLACES: AddingPlaces = {
  action: paths.passkey,
  optionsAddress: paths.passkeyOptions,
  ...BACK,
};

/** More second factors, and fewer. Every change needs a recent proof of who it is. */
@Requires('any')
@Pages()
@Controller()
export class FactorsController {
  constructor(
    private readonly factors: FactorsService,
    private readonly adding: AddingFactors,
  ) {}

  @Get(paths.authenticator)
  showAuthenticator(): Answer {
    return page(AUTHENTICATOR, authenticatorPage(AUTHENTICATOR_PLACES, ''));
  }

  @Post(paths.authenticator)
  addAuthenticator(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    return this.adding.authenticator(AUTHENTICATOR_PLACES, session, body, client);
  }

  @Get(paths.passkey)
  showPasskey(): Answer {
    return page(PASSKEY, passkeyPage(PASSKEY_PLACES, ''));
  }

  @Post(paths.passkeyOptions)
  async passkeyOptions(
    @SignedIn() session: BrowserSession,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return json(await this.factors.offerPasskey(session));
  }

  @Post(paths.passkey)
  addPasskey(@SignedIn() session: BrowserSession, @Body() body: unknown): Promise<Answer> {
    return this.adding.passkey(PASSKEY_PLACES, session, body);
  }

  @Get(paths.factorRemoval)
  async showRemoval(
    @SignedIn() session: BrowserSession,
    @Param('factorId', IdInPath) factorId: string,
  ): Promise<Answer> {
    return page(REMOVAL, removalPage(await this.factorOf(session, factorId)));
  }

  @Post(paths.factorRemoval)
  async remove(
    @SignedIn() session: BrowserSession,
    @Param('factorId', IdInPath) factorId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    try {
      const issued = await this.factors.remove(session, factorId);
      return redirect(withNotice(paths.account, 'factor-removed'), { session: issued.token });
    } catch (error) {
      const { errors } = refusalAt(error, [
        [LastFactor, 'form'],
        [LastWayIn, 'form'],
      ]);
      return page(REMOVAL, removalPage(await this.factorOf(session, factorId), errors));
    }
  }

  private async factorOf(session: BrowserSession, factorId: string) {
    const { factors } = await this.factors.factors(session);
    const factor = factors.find(({ id }) => id === factorId);
    if (!factor) throw new NotYours('second factor');
    return { ...factor, action: pathTo(paths.factorRemoval, { factorId }) };
  }
}
