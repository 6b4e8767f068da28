import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { MeasurementInput } from '../../domain/outcomes/check-measurement.js';
import {
  MeasurementsService,
  type MeasurementOutcome,
} from '../../measurements/measurements.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import { MeasurementBody, MeasurementCorrectionBody } from './measurement.dto.js';
import { presentMeasurements, type MeasurementsView } from './measurement.presenter.js';

/** Single scores, events and spells. */
@ApiTags('measurements')
@Controller('v1/contracts/:code/participants/:reference/measurements')
export class MeasurementsController {
  constructor(private readonly measurements: MeasurementsService) {}

  @Post()
  @Requires('measurement:write')
  @IdempotencyKey()
  @ApiOperation({ summary: 'Record one score, event or spell' })
  async record(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Body() body: MeasurementBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeasurementOutcome> {
    const input = { ...finding(body), ...about(body) };
    return answerPerformed(
      reply,
      await this.measurements.record(command, code, reference, { ...input, correctionReason: '' }),
      `/v1/contracts/${code}/participants/${reference}/measurements`,
    );
  }

  @Post(':metric/:occurrence/corrections')
  @Requires('measurement:write')
  @IdempotencyKey()
  @ApiOperation({
    summary:
      'Correct a measurement, or take it back with status void: a new version; the old one stays. A second attempt is written 6m~2',
  })
  async correct(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Param('metric') metric: string,
    @Param('occurrence') occurrence: string,
    @Body() body: MeasurementCorrectionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeasurementOutcome> {
    const performed = await this.measurements.correct(command, code, reference, {
      metric,
      occurrence: occurrence.replace('~', '/'),
      input: { ...finding(body), status: body.status ?? '', correctionReason: body.reason },
    });
    return answerPerformed(reply, performed);
  }

  @Get()
  @Requires('measurement:read')
  @ApiOperation({
    summary:
      'What is due of a participant and how it stands, with every version of what was recorded',
  })
  async list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
  ): Promise<MeasurementsView> {
    return presentMeasurements(await this.measurements.ofParticipant(actor, code, reference));
  }
}

const finding = (body: MeasurementBody | MeasurementCorrectionBody) => ({
  measuredOn: body.measuredOn,
  endedOn: body.endedOn ?? '',
  score: text(body.score),
  items: Object.fromEntries(
    Object.entries(body.items ?? {}).map(([id, value]) => [id, String(value)]),
  ),
  mode: body.mode ?? '',
  note: body.note ?? '',
});

const about = (
  body: MeasurementBody,
): Pick<MeasurementInput, 'metric' | 'timePoint' | 'event' | 'status' | 'attempt'> => ({
  metric: body.metric,
  timePoint: body.timePoint ?? '',
  event: body.event ?? '',
  status: body.status ?? '',
  attempt: text(body.attempt),
});

const text = (value: number | string | undefined): string =>
  value === undefined ? '' : String(value);
