import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { AdministratorIsNoParty, MemberExists, MemberUnknown } from '../../access/access.errors.js';
import { MembersService } from '../../access/members.service.js';
import { AccessReviewsService } from '../../access/organisations/access-reviews.service.js';
import { AffiliationsService } from '../../access/organisations/affiliations.service.js';
import { NotOfTheOrganisation } from '../../access/organisations/organisations.errors.js';
import { ContractMembersService } from '../../contracts/contract-members.service.js';
import { PartyNotInTerms } from '../../contracts/contracts.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { paths, pathTo } from '../paths.js';
import {
  END_ROLE,
  endRolePage,
  NEW_ROLE,
  newRolePage,
  partKey,
} from './organisation-roles.presenter.js';

/** What the people of an organisation may do in contracts for the parties that it is: given, and ended, one by one. */
@Requires('organisation:manage')
@Pages()
@Controller()
export class OrganisationRolesController {
  constructor(
    private readonly affiliations: AffiliationsService,
    private readonly members: MembersService,
    private readonly contractMembers: ContractMembersService,
    private readonly reviews: AccessReviewsService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get(paths.newOrganisationRole)
  async showNew(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
  ): Promise<Answer> {
    const choices = await this.choices(actor, organisationId);
    return page(NEW_ROLE, newRolePage(organisationId, choices));
  }

  @Post(paths.newOrganisationRole)
  async give(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const form = readForm(body, ['person', 'part'] as const);
    const choices = await this.choices(actor, organisationId);
    const person = choices.people.find(({ personId }) => personId === form.person);
    const part = choices.parts.find((one) => partKey(one) === form.part);
    const wrong = errorsWhere(
      ['person', person === undefined, 'Choose a person'],
      ['part', part === undefined, 'Choose a part'],
    );
    if (hasErrors(wrong) || !person || !part)
      return page(NEW_ROLE, newRolePage(organisationId, choices, form, wrong));
    const member = { email: person.email, party: part.party, role: part.role };
    try {
      await this.transactions.run(actor, (tx) =>
        this.contractMembers.addMember(tx, actor, part.contract, member),
      );
    } catch (error) {
      const { errors } = refusalAt(error, [
        [MemberExists, 'person'],
        [AdministratorIsNoParty, 'person'],
        [NotOfTheOrganisation, 'person'],
        [PartyNotInTerms, 'part'],
      ]);
      return page(NEW_ROLE, newRolePage(organisationId, choices, form, errors));
    }
    return redirect(withNotice(pathTo(paths.organisation, { organisationId }), 'member-added'));
  }

  @Get(paths.organisationRoleEnd)
  async showEnd(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('code') code: string,
    @Param('personId', IdInPath) personId: string,
    @Param('role') role: string,
  ): Promise<Answer> {
    const access = await this.access(actor, organisationId, { code, personId, role });
    return page(END_ROLE, endRolePage(organisationId, access));
  }

  @Post(paths.organisationRoleEnd)
  async end(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('code') code: string,
    @Param('personId', IdInPath) personId: string,
    @Param('role') role: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    const access = await this.access(actor, organisationId, { code, personId, role });
    await this.transactions.run(actor, (tx) =>
      this.members.endMember(tx, actor, access.contract, access.personId, access.role),
    );
    return redirect(withNotice(pathTo(paths.organisation, { organisationId }), 'member-ended'));
  }

  /** Whom a part can be given, and which parts there are. Refuses NotVisible and PermissionRefused. */
  private choices(actor: Actor, organisationId: string) {
    return this.transactions.readOnly(actor, async (tx) => ({
      people: (await this.affiliations.list(tx, actor, organisationId)).filter(
        ({ endedAt }) => endedAt === null,
      ),
      parts: await this.contractMembers.partsOf(tx, actor, organisationId),
    }));
  }

  /** One access in force for the organisation. Refuses NotVisible, PermissionRefused and MemberUnknown. */
  private async access(
    actor: Actor,
    organisationId: string,
    named: { readonly code: string; readonly personId: string; readonly role: string },
  ) {
    const { access } = await this.transactions.readOnly(actor, (tx) =>
      this.reviews.toReview(tx, actor, organisationId),
    );
    const found = access.find(
      (one) =>
        one.contract === named.code && one.personId === named.personId && one.role === named.role,
    );
    if (!found) throw new MemberUnknown();
    return found;
  }
}
