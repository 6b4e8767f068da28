import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  ProviderSettingsService,
  type ProviderSettings,
} from '../../access/sign-in/provider-settings.service.js';
import {
  DomainTaken,
  NotYours,
  ProviderSettingsRefused,
} from '../../access/sign-in/sign-in.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { noticeOf, withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { paths } from '../paths.js';
import {
  NEW_PROVIDER,
  newProviderPage,
  PROVIDERS,
  providersPage,
  REMOVE_PROVIDER,
  removeProviderPage,
} from './sign-in-providers.presenter.js';

const FIELDS = ['name', 'issuer', 'clientId', 'clientSecretName', 'emailDomains'] as const;

/** Organisations' own sign-in providers. Whoever sets one up says who people are, so a recent proof of identity is asked for. */
@Requires('person:manage')
@Pages()
@Controller()
export class SignInProvidersController {
  constructor(
    private readonly settings: ProviderSettingsService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get(paths.signInProviders)
  async list(@CurrentActor() actor: Actor, @Query('done') done: unknown): Promise<Answer> {
    return page(PROVIDERS, providersPage(await this.all(actor), noticeOf(done)));
  }

  @Get(paths.newSignInProvider)
  async showNew(@CurrentActor() actor: Actor): Promise<Answer> {
    await this.all(actor); // whoever may not see them may not add one
    return page(NEW_PROVIDER, newProviderPage());
  }

  @Post(paths.newSignInProvider)
  async add(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const form = readForm(body, FIELDS);
    await this.all(actor);
    const wrong = errorsWhere(
      ['name', form.name.trim() === '', 'Enter the name of the organisation'],
      ['issuer', form.issuer.trim() === '', 'Enter the address of the provider'],
      ['clientId', form.clientId.trim() === '', 'Enter the client id that the provider issued'],
      ['clientSecretName', form.clientSecretName.trim() === '', 'Enter the name of a variable'],
      ['emailDomains', form.emailDomains.trim() === '', 'Enter at least one e-mail domain'],
    );
    if (hasErrors(wrong)) return page(NEW_PROVIDER, newProviderPage(form, wrong));
    try {
      await this.transactions.run(actor, (tx) => this.settings.add(tx, actor, settingsOf(form)));
    } catch (error) {
      const { errors } = refusalAt(error, [
        [ProviderSettingsRefused, 'form'],
        [DomainTaken, 'emailDomains'],
      ]);
      return page(NEW_PROVIDER, newProviderPage(form, errors));
    }
    return redirect(withNotice(paths.signInProviders, 'provider-added'));
  }

  @Get(paths.signInProviderRemoval)
  async showRemoval(
    @CurrentActor() actor: Actor,
    @Param('providerId', IdInPath) providerId: string,
  ): Promise<Answer> {
    const provider = (await this.all(actor)).find(({ id }) => id === providerId);
    if (!provider) throw new NotYours('sign-in provider');
    return page(REMOVE_PROVIDER, removeProviderPage(provider));
  }

  @Post(paths.signInProviderRemoval)
  async remove(
    @CurrentActor() actor: Actor,
    @Param('providerId', IdInPath) providerId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    await this.transactions.run(actor, (tx) => this.settings.remove(tx, actor, providerId));
    return redirect(withNotice(paths.signInProviders, 'provider-removed'));
  }

  private all(actor: Actor) {
    return this.transactions.readOnly(actor, (tx) => this.settings.list(tx, actor));
  }
}

/** Domains stand on lines of their own, or with commas between them. */
const settingsOf = (form: Record<(typeof FIELDS)[number], string>): ProviderSettings => ({
  name: form.name.trim(),
  issuer: form.issuer.trim(),
  clientId: form.clientId.trim(),
  clientSecretName: form.clientSecretName.trim(),
  emailDomains: form.emailDomains.split(/[\s,]+/).filter((domain) => domain !== ''),
});
