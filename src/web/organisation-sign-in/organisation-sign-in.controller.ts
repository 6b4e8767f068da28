import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { isEmail } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { ProviderSignInService } from '../../access/sign-in/provider-sign-in.service.js';
import {
  IdentityTaken,
  NoAccountForIdentity,
  ProviderSignInRefused,
  TooManyAttempts,
} from '../../access/sign-in/sign-in.errors.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { page, redirect, type Answer } from '../frame/answer.js';
import { Cookies } from '../frame/cookies.js';
import { WebOrigin } from '../frame/origin.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { AnySession, ClientOfRequest } from '../frame/visitor.js';
import { LINK, linkPage } from '../identities/identities.presenter.js';
import { paths } from '../paths.js';
import { nextStep, returnToOf } from '../sign-in/next-step.js';
import { ASK, askPage, GO, goPage } from './organisation-sign-in.presenter.js';

/** The first factor at an organisation's own provider. */
@Public()
@Pages()
@Controller()
export class OrganisationSignInController {
  constructor(
    private readonly providers: ProviderSignInService,
    private readonly cookies: Cookies,
    private readonly origin: WebOrigin,
  ) {}

  @Get(paths.signInOrganisation)
  ask(@Query('return') back: unknown): Answer {
    return page(ASK, askPage({ returnTo: returnToOf(back) }));
  }

  /**
   * Answers with a page that leads to the provider, not with a redirect: a form of this site may be answered by this site
   * only (form-action), and people see where they are going.
   */
  @Post(paths.signInOrganisation)
  async find(@Body() body: unknown, @ClientOfRequest() client: Client): Promise<Answer> {
    const form = readForm(body, ['email', 'return'] as const);
    const email = form.email.trim();
    const returnTo = returnToOf(form.return);
    const again = (error: string) =>
      page(ASK, askPage({ email, returnTo, errors: { email: error } }));
    if (!isEmail(email)) return again('Enter an e-mail address, such as name@example.org');
    const provider = await this.providers.providerFor(email);
    if (provider === null)
      return again('No organisation with this address signs in with its own account here');
    try {
      const visit = await this.providers.begin(provider.providerId, client);
      return page(GO, goPage(provider.name, visit.redirectTo), {
        visit: { token: visit.visitToken, expiresAt: visit.expiresAt },
      });
    } catch (error) {
      const { errors, options } = refusalAt(error, [
        [ProviderSignInRefused, 'form'],
        [TooManyAttempts, 'form'],
      ]);
      return page(ASK, askPage({ email, returnTo, errors }), options);
    }
  }

  @Get(paths.signInReturn)
  async comeBack(
    @Req() request: FastifyRequest,
    @AnySession() session: BrowserSession | null,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    try {
      const visit = this.cookies.read(request, 'visit');
      if (visit === undefined) throw new ProviderSignInRefused();
      const answeredAt = new URL(request.url, this.origin.address);
      const end = await this.providers.finish(visit, answeredAt, session, client);
      if (end.kind === 'linked')
        return redirect(withNotice(paths.account, 'identity-linked'), { visit: null });
      const next = nextStep(end.step, null);
      return redirect(next.to, { ...next.options, visit: null });
    } catch (error) {
      const { errors, options } = refusalAt(error, [
        [ProviderSignInRefused, 'form'],
        [NoAccountForIdentity, 'form'],
        [IdentityTaken, 'form'],
        [TooManyAttempts, 'form'],
      ]);
      const again = { ...options, visit: null };
      // whoever is signed in was linking; anybody else was signing in
      return session?.stage === 'complete'
        ? page(LINK, linkPage(session.email, errors), again)
        : page(ASK, askPage({ returnTo: null, errors }), again);
    }
  }
}
