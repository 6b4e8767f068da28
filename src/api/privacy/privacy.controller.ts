import { Body, Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ConsentFact } from '../../domain/privacy/consent.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import { ConsentsService } from '../../privacy/consents.service.js';
import { ErasureService, type Erasure } from '../../privacy/erasure.service.js';
import {
  IdentitiesService,
  type HeldIdentifiers,
  type Identity,
} from '../../privacy/identities.service.js';
import { SubjectAccessService, type SubjectAccess } from '../../privacy/subject-access.service.js';
import { ConsentBody, IdentifiersBody } from './privacy.dto.js';

/** Who a participant is, what they consented to, and what they may ask for. */
@ApiTags('privacy')
@Controller('v1/contracts/:code/participants/:reference')
export class PrivacyController {
  constructor(
    private readonly identities: IdentitiesService,
    private readonly consents: ConsentsService,
    private readonly erasures: ErasureService,
    private readonly access: SubjectAccessService,
  ) {}

  @Post('identity')
  @Requires('identity:write')
  @IdempotencyKey()
  @ApiOperation({
    summary: 'Record direct identifiers that the terms allow; null takes one back',
  })
  async recordIdentity(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Body() body: IdentifiersBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HeldIdentifiers> {
    return answerPerformed(
      reply,
      await this.identities.record(command, code, reference, { ...body }),
    );
  }

  @Get('identity')
  @Requires('identity:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Who a participant is; every reading is recorded' })
  readIdentity(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
  ): Promise<Identity> {
    return this.identities.read(actor, code, reference);
  }

  @Post('consents')
  @Requires('consent:write')
  @IdempotencyKey()
  @ApiOperation({ summary: 'Record that a participant gave or withdrew consent' })
  async recordConsent(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Body() body: ConsentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConsentFact> {
    return answerPerformed(reply, await this.consents.record(command, code, reference, body));
  }

  @Get('consents')
  @Requires('participant:read')
  @ApiOperation({ summary: 'Every consent and withdrawal of a participant, oldest first' })
  async listConsents(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
  ): Promise<{ readonly items: readonly ConsentFact[] }> {
    return { items: await this.consents.ofParticipant(actor, code, reference) };
  }

  @Post('erasure')
  @Requires('participant:erase')
  @IdempotencyKey()
  @ApiOperation({
    summary: 'Destroy the keys of a participant: identifiers, notes and reasons are gone for ever',
  })
  async erase(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Erasure> {
    return answerPerformed(reply, await this.erasures.erase(command, code, reference));
  }

  @Get('subject-access')
  @Requires('participant:export')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'All that is held about a participant; every export is recorded' })
  export(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
  ): Promise<SubjectAccess> {
    return this.access.export(actor, code, reference);
  }
}
