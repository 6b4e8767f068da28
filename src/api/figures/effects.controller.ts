import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { EffectInput } from '../../domain/outcomes/check-effect.js';
import {
  EffectsService,
  type EffectView,
  type SignedEffect,
} from '../../figures/effects.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import type { Page } from '../../platform/http/cursor.js';
import { EffectBody, EffectsQuery } from './figure.dto.js';

/** Results that an independent evaluator works out and signs. */
@ApiTags('effects')
@Controller('v1/contracts/:code/effects')
export class EffectsController {
  constructor(private readonly effects: EffectsService) {}

  @Post()
  @Requires('effect:sign')
  @IdempotencyKey()
  @ApiOperation({
    summary:
      'Sign a result, or with a reason one that supersedes it; only a verifier of the evaluator that the metric names',
  })
  async sign(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() body: EffectBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedEffect> {
    const performed = await this.effects.sign(command, code, inputOf(body));
    return answerPerformed(reply, performed, `/v1/contracts/${code}/effects`);
  }

  @Get()
  @Requires('effect:read')
  @ApiOperation({ summary: 'Every version of every result, as known now or at an earlier entry' })
  list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { limit, cursor, knownThrough }: EffectsQuery,
  ): Promise<Page<EffectView>> {
    return this.effects.list(actor, code, {
      limit,
      cursor: cursor ?? null,
      knownThrough: knownThrough === undefined ? null : BigInt(knownThrough),
    });
  }
}

const inputOf = (body: EffectBody): EffectInput => ({
  metric: body.metric,
  cohort: body.cohort ?? '',
  value: body.value ?? '',
  low: body.low ?? '',
  high: body.high ?? '',
  n: String(body.n ?? ''),
  signedOn: body.signedOn,
  documentHash: body.documentHash ?? '',
  status: body.status ?? '',
  correctionReason: body.correctionReason ?? '',
});
