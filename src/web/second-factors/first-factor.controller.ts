import { Body, Controller, Get, Post } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { FactorsService } from '../../access/sign-in/factors.service.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { json, page, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { ClientOfRequest, SessionAt } from '../frame/visitor.js';
import { paths } from '../paths.js';
import { AddingFactors, type AddingPlaces } from './adding.js';
import {
  AUTHENTICATOR,
  authenticatorPage,
  CHOICE,
  PASSKEY,
  passkeyPage,
} from './second-factors.presenter.js';

const BACK = { back: paths.firstFactor, done: paths.home };
const AUTHENTICATOR_PLACES: AddingPlaces = {
  action: paths.firstAuthenticator,
  optionsAddress: '',
  ...BACK,
};
const PASSKEY_PLACES: AddingPlaces = {
  action: paths.firstPasskey,
  optionsAddress: paths.firstPasskeyOptions,
  ...BACK,
};
const ENROLLING = () => SessionAt(['enrolment']);

/** The first second factor, without which nobody gets in. Open to a session that waits for it, and to nobody else. */
@Public()
@Pages()
@Controller()
export class FirstFactorController {
  constructor(
    private readonly factors: FactorsService,
    private readonly adding: AddingFactors,
  ) {}

  @Get(paths.firstFactor)
  choose(@ENROLLING() _: BrowserSession): Answer {
    return page(CHOICE, {
      title: 'Add a second factor',
      authenticator: paths.firstAuthenticator,
      passkey: paths.firstPasskey,
    });
  }

  @Get(paths.firstAuthenticator)
  showAuthenticator(@ENROLLING() _: BrowserSession): Answer {
    return page(AUTHENTICATOR, authenticatorPage(AUTHENTICATOR_PLACES, ''));
  }

  @Post(paths.firstAuthenticator)
  addAuthenticator(
    @ENROLLING() session: BrowserSession,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    return this.adding.authenticator(AUTHENTICATOR_PLACES, session, body, client);
  }

  @Get(paths.firstPasskey)
  showPasskey(@ENROLLING() _: BrowserSession): Answer {
    return page(PASSKEY, passkeyPage(PASSKEY_PLACES, ''));
  }

  @Post(paths.firstPasskeyOptions)
  async passkeyOptions(
    @ENROLLING() session: BrowserSession,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return json(await this.factors.offerPasskey(session));
  }

  @Post(paths.firstPasskey)
  addPasskey(@ENROLLING() session: BrowserSession, @Body() body: unknown): Promise<Answer> {
    return this.adding.passkey(PASSKEY_PLACES, session, body);
  }
}
