import { Body, Controller, Param, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActivationService } from '../../contracts/activation.service.js';
import { contractTag } from '../../contracts/contract-tag.js';
import type { DraftOutcome } from '../../contracts/contract-view.js';
import { DraftingService } from '../../contracts/drafting.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command, Performed } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import { IfMatch } from '../../platform/http/etag.js';
import { AmendmentBody, TermsConsentBody, DraftBody } from './contract.dto.js';
import { AnsweredWith, ConsentAnswer } from '../log/receipt.dto.js';

/** Changing the terms: drafts, amendments, and the consents that bring them into force. */
@ApiTags('contracts')
@Controller('v1/contracts/:code')
export class DraftsController {
  constructor(
    private readonly drafting: DraftingService,
    private readonly activation: ActivationService,
  ) {}

  @Put('draft')
  @Requires('contract:draft')
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag of the contract as you read it.',
  })
  @ApiOperation({ summary: 'Replace the open draft' })
  async replace(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @IfMatch() ifMatch: string,
    @Body() body: DraftBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftOutcome> {
    const outcome = await this.drafting.replace(actor, code, ifMatch, body);
    void reply.header('etag', contractTag(code, outcome.revision));
    return outcome;
  }

  @Post('amendments')
  @Requires('contract:amend')
  @IdempotencyKey()
  @ApiOperation({
    summary:
      'Draft a new edition of terms in force: the whole new document, its day and its reason',
  })
  async amend(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() body: AmendmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftOutcome> {
    return answer(reply, code, await this.drafting.amend(command, code, body));
  }

  @Post('consents')
  @Requires('contract:consent')
  @IdempotencyKey()
  @AnsweredWith(ConsentAnswer)
  @ApiOperation({
    summary: "Consent to the draft for your side; the second side's consent brings it into force",
  })
  async consent(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() { documentHash }: TermsConsentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftOutcome> {
    return answer(reply, code, await this.activation.consent(command, code, documentHash));
  }
}

function answer(
  reply: FastifyReply,
  code: string,
  performed: Performed<DraftOutcome>,
): DraftOutcome {
  void reply.header('etag', contractTag(code, performed.result.revision));
  return answerPerformed(
    reply,
    performed,
    `/v1/contracts/${code}/terms/${performed.result.number}`,
  );
}
