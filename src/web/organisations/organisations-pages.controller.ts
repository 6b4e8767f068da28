import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { NotVisible } from '../../access/access.errors.js';
import { AccessService } from '../../access/access.service.js';
import { AccessReviewsService } from '../../access/organisations/access-reviews.service.js';
import {
  OrganisationExists,
  PartyHasOthers,
  PartyIsNamed,
} from '../../access/organisations/organisations.errors.js';
import { OrganisationsService } from '../../access/organisations/organisations.service.js';
import { InvitationsService } from '../../access/sign-in/invitations.service.js';
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
import { paths, pathTo } from '../paths.js';
import {
  NEW_ORGANISATION,
  NEW_PARTY,
  newOrganisationPage,
  newPartyPage,
  ORGANISATION,
  organisationPage,
  ORGANISATIONS,
  organisationsPage,
} from './organisations.presenter.js';

/** Organisations, and all that one has: its people, what they may do, and the parties that it is. */
@Pages()
@Controller()
export class OrganisationsPagesController {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly invitations: InvitationsService,
    private readonly reviews: AccessReviewsService,
    private readonly access: AccessService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Requires('any')
  @Get(paths.organisations)
  async list(@CurrentActor() actor: Actor, @Query('done') done: unknown): Promise<Answer> {
    const all = await this.transactions.readOnly(actor, (tx) => this.organisations.list(tx, actor));
    return page(ORGANISATIONS, organisationsPage(actor, all, noticeOf(done)));
  }

  @Requires('organisation:manage')
  @Get(paths.newOrganisation)
  showNew(@CurrentActor() actor: Actor): Answer {
    this.access.authoriseService(actor, 'organisation:manage');
    return page(NEW_ORGANISATION, newOrganisationPage());
  }

  @Requires('organisation:manage')
  @Post(paths.newOrganisation)
  async add(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const name = readForm(body, ['name'] as const).name.trim();
    this.access.authoriseService(actor, 'organisation:manage');
    const errors = errorsWhere(
      ['name', name === '', 'Enter a name'],
      ['name', name.length > 200, 'The name must be 200 characters or fewer'],
      ['name', /\p{C}/u.test(name), 'The name has characters that cannot be shown'],
    );
    if (hasErrors(errors)) return page(NEW_ORGANISATION, newOrganisationPage(name, errors));
    try {
      const { id: organisationId } = await this.transactions.run(actor, (tx) =>
        this.organisations.create(tx, actor, name),
      );
      const place = pathTo(paths.organisation, { organisationId });
      return redirect(withNotice(place, 'organisation-added'));
    } catch (error) {
      const shown = refusalAt(error, [[OrganisationExists, 'name']]);
      return page(NEW_ORGANISATION, newOrganisationPage(name, shown.errors));
    }
  }

  @Requires('organisation:manage')
  @Get(paths.organisation)
  async show(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Query('done') done: unknown,
  ): Promise<Answer> {
    const organisation = await this.managed(actor, organisationId);
    const people = await this.invitations.people(actor, organisationId);
    const review = await this.transactions.readOnly(actor, (tx) =>
      this.reviews.toReview(tx, actor, organisationId),
    );
    const model = organisationPage(actor, { organisation, people, review }, noticeOf(done));
    return page(ORGANISATION, model);
  }

  @Requires('organisation:manage')
  @Get(paths.newParty)
  async showNewParty(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
  ): Promise<Answer> {
    this.access.authoriseService(actor, 'organisation:manage');
    return page(NEW_PARTY, newPartyPage(await this.managed(actor, organisationId)));
  }

  /** Says which party the organisation is: once and for all, so it is an administrator's to say. */
  @Requires('organisation:manage')
  @Post(paths.newParty)
  async nameParty(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const form = readForm(body, ['contract', 'party'] as const);
    this.access.authoriseService(actor, 'organisation:manage');
    const organisation = await this.managed(actor, organisationId);
    const [contract, party] = [form.contract.trim(), form.party.trim()];
    const wrong = errorsWhere(
      ['contract', contract === '', 'Enter the code of a contract'],
      ['party', party === '', 'Enter a party as the terms of the contract call it'],
    );
    if (hasErrors(wrong)) return page(NEW_PARTY, newPartyPage(organisation, form, wrong));
    try {
      await this.transactions.run(actor, (tx) =>
        this.organisations.nameParty(tx, actor, contract, party, organisationId),
      );
    } catch (error) {
      const { errors } = refusalAt(error, [
        [NotVisible, 'contract'],
        [PartyIsNamed, 'party'],
        [PartyHasOthers, 'party'],
      ]);
      return page(NEW_PARTY, newPartyPage(organisation, form, errors));
    }
    return redirect(withNotice(pathTo(paths.organisation, { organisationId }), 'party-named'));
  }

  private managed(actor: Actor, organisationId: string) {
    return this.transactions.readOnly(actor, (tx) =>
      this.organisations.managed(tx, actor, organisationId),
    );
  }
}
