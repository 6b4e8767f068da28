import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { claimTag } from '../../claims/claim-tag.js';
import type {
  ClaimLineView,
  ClaimSummary,
  DecidedClaim,
  SubmittedClaim,
} from '../../claims/claim-view.js';
import { ClaimsService } from '../../claims/claims.service.js';
import { DecisionService } from '../../claims/decision.service.js';
import {
  DependentDecisionsService,
  type DependentDecisions,
} from '../../claims/dependent-decisions.service.js';
import { SubmissionService } from '../../claims/submission.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import type { Page } from '../../platform/http/cursor.js';
import { IfMatch } from '../../platform/http/etag.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { ClaimLinesQuery, DecisionsBody, SubmissionBody } from './claim.dto.js';
import { claimPath, presentClaim, type ClaimResource } from './claim.presenter.js';
import { AnsweredWith, DecidedClaimAnswer, SubmittedClaimAnswer } from '../log/receipt.dto.js';
import { NumberInPath } from '../number-in-path.pipe.js';

/** Claims: submitted by the provider, decided line by line by a commissioner. */
@ApiTags('claims')
@Controller('v1/contracts/:code/claims')
export class ClaimsController {
  constructor(
    private readonly claims: ClaimsService,
    private readonly submission: SubmissionService,
    private readonly decision: DecisionService,
    private readonly dependent: DependentDecisionsService,
  ) {}

  @Post()
  @Requires('claim:submit')
  @IdempotencyKey()
  @AnsweredWith(SubmittedClaimAnswer)
  @ApiOperation({ summary: "Submit a computation's payable lines for payment, all or those named" })
  async submit(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() { computation, lines }: SubmissionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmittedClaim> {
    const selection = { computation, lines: lines ?? null };
    const performed = await this.submission.submit(command, code, selection);
    const { number, revision } = performed.result;
    void reply.header('etag', claimTag(code, number, revision));
    return answerPerformed(reply, performed, claimPath(code, number));
  }

  @Get()
  @Requires('claim:read')
  @ApiOperation({ summary: 'The claims of a contract, latest first' })
  list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ClaimSummary>> {
    return this.claims.list(actor, code, { limit, cursor: cursor ?? null });
  }

  @Get('dependent-decisions')
  @Requires('claim:oversee')
  @ApiOperation({
    summary:
      'Decisions whose decider, as is known now, is the human who submitted the claim or had entered a score',
  })
  dependentDecisions(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<DependentDecisions>> {
    return this.dependent.list(actor, code, { limit, cursor: cursor ?? null });
  }

  @Get(':number')
  @Requires('claim:read')
  @ApiOperation({
    summary: 'One claim as it is reviewed: payer shares, caps and headroom, then counts and totals',
  })
  async get(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('number', new NumberInPath('claim')) number: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClaimResource> {
    const view = await this.claims.get(actor, code, number);
    void reply.header('etag', claimTag(code, number, view.revision));
    return presentClaim(view);
  }

  @Get(':number/lines')
  @Requires('claim:read')
  @ApiOperation({ summary: 'The lines of a claim, each with the sentence that explains it' })
  lines(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('number', new NumberInPath('claim')) number: number,
    @Query() { limit, cursor, state, clause }: ClaimLinesQuery,
  ): Promise<Page<ClaimLineView>> {
    return this.claims.lines(actor, code, number, {
      limit,
      cursor: cursor ?? null,
      state: state ?? null,
      clause: clause ?? null,
    });
  }

  @Post(':number/decisions')
  @Requires('claim:decide')
  @IdempotencyKey()
  @AnsweredWith(DecidedClaimAnswer)
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag of the claim as you read it.',
  })
  @ApiOperation({
    summary: 'Approve lines, return lines with a reason, and approve the rest, in one act',
  })
  async decide(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('number', new NumberInPath('claim')) number: number,
    @IfMatch() ifMatch: string,
    @Body() { decisions = [], approveUndecided = false }: DecisionsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecidedClaim> {
    const performed = await this.decision.decide(command, code, number, {
      ifMatch,
      decisions: decisions.map((its) => ({ ...its, reason: its.reason ?? null })),
      approveUndecided,
    });
    void reply.header('etag', claimTag(code, number, performed.result.revision));
    return answerPerformed(reply, performed, claimPath(code, number));
  }
}
