import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  OrganisationsService,
  type Organisation,
} from '../../access/organisations/organisations.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import {
  NewOrganisationBody,
  OrganisationsList,
  PartyOrganisationBody,
  type OrganisationView,
} from './organisation.dto.js';

@ApiTags('Organisations')
@Controller('v1')
export class OrganisationsController {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Adds an organisation. */
  @Requires('organisation:manage')
  @Post('organisations')
  @ApiOperation({ summary: 'Add an organisation' })
  create(
    @CurrentActor() actor: Actor,
    @Body() { name }: NewOrganisationBody,
  ): Promise<OrganisationView> {
    return this.transactions.run(actor, async (tx) =>
      viewOf(await this.organisations.create(tx, actor, name)),
    );
  }

  /** The organisations that one belongs to; all of them for an administrator. */
  @Requires('any')
  @Get('organisations')
  @ApiOperation({ summary: 'The organisations you belong to, or all of them for an administrator' })
  async list(@CurrentActor() actor: Actor): Promise<OrganisationsList> {
    const items = await this.transactions.readOnly(actor, (tx) =>
      this.organisations.list(tx, actor),
    );
    return { items: items.map(viewOf) };
  }

  /** Says which organisation a party is: from then on only its people act for the party. */
  @Requires('member:manage')
  @Put('contracts/:code/parties/:party/organisation')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say which organisation a party of a contract is, once and for all' })
  nameParty(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('party') party: string,
    @Body() { organisationId }: PartyOrganisationBody,
  ): Promise<void> {
    return this.transactions.run(actor, (tx) =>
      this.organisations.nameParty(tx, actor, code, party, organisationId),
    );
  }
}

const viewOf = ({ id, name, managed }: Organisation): OrganisationView => ({
  id,
  name,
  isManagedByYou: managed !== null,
  people: managed?.people ?? null,
  reviewDueOn: managed?.dueOn ?? null,
  isReviewOverdue: managed?.isOverdue ?? null,
});
