import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { FigureInput } from '../../domain/outcomes/check-figure.js';
import {
  FiguresService,
  type FigureView,
  type SubmittedFigures,
} from '../../figures/figures.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import type { Page } from '../../platform/http/cursor.js';
import { FiguresBody, FiguresQuery, type FigureBody } from './figure.dto.js';

/** Counts and rates that a provider submits for groups and spans, without saying who stands behind them. */
@ApiTags('figures')
@Controller('v1/contracts/:code/figures')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Post()
  @Requires('figure:submit')
  @IdempotencyKey()
  @ApiOperation({
    summary:
      'Submit figures, or correct them with a reason: all of the request is recorded, or nothing with every fault',
  })
  async submit(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() { figures }: FiguresBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmittedFigures> {
    const performed = await this.figures.submit(command, code, figures.map(inputOf));
    return answerPerformed(reply, performed, `/v1/contracts/${code}/figures`);
  }

  @Get()
  @Requires('figure:read')
  @ApiOperation({ summary: 'Every version of every figure, as known now or at an earlier entry' })
  list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { limit, cursor, knownThrough, metric }: FiguresQuery,
  ): Promise<Page<FigureView>> {
    return this.figures.list(actor, code, {
      limit,
      cursor: cursor ?? null,
      knownThrough: knownThrough === undefined ? null : BigInt(knownThrough),
      metric: metric ?? null,
    });
  }
}

const inputOf = (body: FigureBody): FigureInput => ({
  metric: body.metric,
  group: body.group ?? '',
  from: body.from,
  to: body.to,
  numerator: String(body.numerator ?? ''),
  denominator: String(body.denominator ?? ''),
  definition: body.definition ?? '',
  definitionDiffers: body.definitionDiffers === true ? 'yes' : '',
  status: body.status ?? '',
  correctionReason: body.correctionReason ?? '',
});
