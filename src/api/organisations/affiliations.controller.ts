import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessReviewsService } from '../../access/organisations/access-reviews.service.js';
import { AffiliationsService } from '../../access/organisations/affiliations.service.js';
import { InvitationsService } from '../../access/sign-in/invitations.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import {
  AccessReviewBody,
  AccessToReviewView,
  AffiliatesList,
  InvitedView,
  NewAffiliateBody,
  type AccessReviewView,
  type SentAgainView,
} from './organisation.dto.js';

@ApiTags('Organisations')
@Controller('v1/organisations/:organisationId')
export class AffiliationsController {
  constructor(
    private readonly affiliations: AffiliationsService,
    private readonly invitations: InvitationsService,
    private readonly reviews: AccessReviewsService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Lets somebody belong to the organisation; whoever is new gets a letter with a link to choose a password. */
  @Requires('organisation:manage')
  @Post('people')
  @ApiOperation({
    summary: 'Let somebody belong to an organisation, or change whether they manage it',
  })
  async add(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Body() body: NewAffiliateBody,
  ): Promise<InvitedView> {
    return this.invitations.invite(actor, organisationId, body);
  }

  /** Everybody who belongs or belonged. */
  @Requires('organisation:manage')
  @Get('people')
  @ApiOperation({ summary: 'Who belongs to an organisation, also those who have left' })
  async list(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
  ): Promise<AffiliatesList> {
    const people = await this.invitations.people(actor, organisationId);
    return {
      items: people.map(({ invitation: { state, expiresAt }, ...person }) => ({
        ...person,
        invitation: { state, expiresAt: expiresAt?.toISOString() ?? null },
      })),
    };
  }

  /** A new link to choose a password; the one before is void. */
  @Requires('organisation:manage')
  @Post('people/:personId/invitation')
  @ApiOperation({ summary: 'Send an invitation again that has not been taken up' })
  async sendAgain(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
  ): Promise<SentAgainView> {
    return { isInvited: await this.invitations.sendAgain(actor, organisationId, personId) };
  }

  /** The person belongs to the organisation no more. */
  @Requires('organisation:manage')
  @Delete('people/:personId/invitation')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take back an invitation that has not been taken up' })
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
  ): Promise<void> {
    return this.invitations.withdraw(actor, organisationId, personId);
  }

  /** Ends a person's belonging, and every part they have in contracts for the organisation. */
  @Requires('organisation:manage')
  @Delete('people/:personId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let somebody leave an organisation; their access for it ends at once' })
  end(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
  ): Promise<void> {
    return this.transactions.run(actor, (tx) =>
      this.affiliations.end(tx, actor, organisationId, personId),
    );
  }

  /** Every access in force for the organisation. */
  @Requires('organisation:manage')
  @Get('access')
  @ApiOperation({ summary: 'Who may do what for an organisation, and when they last did anything' })
  async access(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
  ): Promise<AccessToReviewView> {
    const { access, ...review } = await this.transactions.readOnly(actor, (tx) =>
      this.reviews.toReview(tx, actor, organisationId),
    );
    return { ...review, access: [...access] };
  }

  /** Records a review; what is not kept ends at once. */
  @Requires('organisation:manage')
  @Post('access-reviews')
  @ApiOperation({ summary: 'Review access: each is kept or ended by name, none by silence' })
  review(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Body() { decisions }: AccessReviewBody,
  ): Promise<AccessReviewView> {
    return this.transactions.run(actor, (tx) =>
      this.reviews.review(tx, actor, organisationId, decisions),
    );
  }
}
