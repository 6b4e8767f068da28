import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { EnrolmentOutcome } from '../../cohorts/cohorts.service.js';
import { CohortsService } from '../../cohorts/cohorts.service.js';
import { MeasurementsService } from '../../measurements/measurements.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command, Performed } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import { decodeNumberCursor, pageOf, type Page } from '../../platform/http/cursor.js';
import {
  EnrolmentBody,
  EnrolmentCorrectionBody,
  ExceptionBody,
  ParticipantsQuery,
} from './participant.dto.js';
import {
  presentHistory,
  presentParticipant,
  type ParticipantDetail,
  type ParticipantView,
} from './participant.presenter.js';

/** Participants and their enrolments. */
@ApiTags('participants')
@Controller('v1/contracts/:code')
export class ParticipantsController {
  constructor(
    private readonly cohorts: CohortsService,
    private readonly measurements: MeasurementsService,
  ) {}

  @Post('participants')
  @Requires('participant:write')
  @IdempotencyKey()
  @ApiOperation({ summary: 'Enrol one participant' })
  async enrol(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() body: EnrolmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolmentOutcome> {
    const performed = await this.cohorts.enrol(command, code, withAttributes(body));
    return answer(reply, code, performed);
  }

  @Post('exceptions')
  @Requires('participant:admit')
  @IdempotencyKey()
  @ApiOperation({
    summary: 'As a payer, enrol a participant whom the terms would refuse, with the reason',
  })
  async admit(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() body: ExceptionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolmentOutcome> {
    const performed = await this.cohorts.admit(command, code, withAttributes(body));
    return answer(reply, code, performed);
  }

  @Post('participants/:reference/corrections')
  @Requires('participant:write')
  @IdempotencyKey()
  @ApiOperation({
    summary: 'Correct an enrolment: a new version with its reason; the old one stays',
  })
  async correct(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Body() body: EnrolmentCorrectionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolmentOutcome> {
    return answer(reply, code, await this.cohorts.correct(command, code, reference, body));
  }

  @Get('participants')
  @Requires('participant:read')
  @ApiOperation({ summary: 'Participants in the order of their enrolment' })
  async list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { limit, cursor, cohort }: ParticipantsQuery,
  ): Promise<Page<ParticipantView>> {
    const after = decodeNumberCursor(cursor);
    const rows = await this.cohorts.list(actor, code, {
      after: after === null ? null : String(after),
      limit,
      cohort: cohort ?? null,
    });
    return pageOf(rows, limit, presentParticipant, ({ id }) => [id]);
  }

  @Get('participants/:reference')
  @Requires('participant:read')
  @ApiOperation({
    summary: 'One participant: the enrolment as it stands, its earlier versions, and what is due',
  })
  async get(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
  ): Promise<ParticipantDetail> {
    const { history, ...found } = await this.measurements.inFull(actor, code, reference);
    return presentHistory(history, found);
  }
}

const withAttributes = <Body extends EnrolmentBody>(body: Body) => ({
  ...body,
  attributes: body.attributes ?? {},
});

function answer(
  reply: FastifyReply,
  code: string,
  performed: Performed<EnrolmentOutcome>,
): EnrolmentOutcome {
  const { reference } = performed.result;
  return answerPerformed(reply, performed, `/v1/contracts/${code}/participants/${reference}`);
}
