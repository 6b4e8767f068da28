import type { Readable } from 'node:stream';
import { Controller, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandOfFile, Upload } from '../../cohorts/import/file-imports.js';
import type { ImportResult } from '../../cohorts/import/import-result.js';
import { ImportsService } from '../../figures/import/imports.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import {
  commandFromRequest,
  IdempotencyKey,
  idempotencyKeyOf,
} from '../../platform/http/command-from-request.js';
import { CsvBody } from '../../platform/http/csv-body.js';
import { ImportQuery } from './import.dto.js';

const CSV = { schema: { type: 'string', format: 'binary' } } as const;

/** Uploads of CSV files. All of a file is recorded, or nothing with every fault by row and column. */
@ApiTags('imports')
@Controller('v1/contracts/:code/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post('participants')
  @Requires('participant:write')
  @IdempotencyKey()
  @ApiConsumes('text/csv')
  @ApiBody(CSV)
  @ApiOperation({
    summary:
      'Import participants.csv: the same file again gives the first result and changes nothing',
  })
  async importParticipants(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: ImportQuery,
    @CsvBody() body: Readable,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResult> {
    const commandOf = commandOfUpload(request);
    const upload = uploadOf(body, query, 'participants.csv');
    const done = await this.imports.upload('participants', actor, commandOf, code, upload);
    return answerPerformed(reply, done);
  }

  @Post('measurements')
  @Requires('measurement:write')
  @IdempotencyKey()
  @ApiConsumes('text/csv')
  @ApiBody(CSV)
  @ApiOperation({
    summary:
      'Import measurements.csv: the same file again gives the first result and changes nothing',
  })
  async importMeasurements(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: ImportQuery,
    @CsvBody() body: Readable,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResult> {
    const commandOf = commandOfUpload(request);
    const upload = uploadOf(body, query, 'measurements.csv');
    const done = await this.imports.upload('measurements', actor, commandOf, code, upload);
    return answerPerformed(reply, done);
  }

  @Post('figures')
  @Requires('figure:submit')
  @IdempotencyKey()
  @ApiConsumes('text/csv')
  @ApiBody(CSV)
  @ApiOperation({
    summary: 'Import figures.csv: the same file again gives the first result and changes nothing',
  })
  async importFigures(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: ImportQuery,
    @CsvBody() body: Readable,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResult> {
    const commandOf = commandOfUpload(request);
    const upload = uploadOf(body, query, 'figures.csv');
    const done = await this.imports.upload('figures', actor, commandOf, code, upload);
    return answerPerformed(reply, done);
  }

  @Post('effects')
  @Requires('effect:sign')
  @IdempotencyKey()
  @ApiConsumes('text/csv')
  @ApiBody(CSV)
  @ApiOperation({
    summary: 'Import effects.csv: the same file again gives the first result and changes nothing',
  })
  async importEffects(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: ImportQuery,
    @CsvBody() body: Readable,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResult> {
    const commandOf = commandOfUpload(request);
    const upload = uploadOf(body, query, 'effects.csv');
    const done = await this.imports.upload('effects', actor, commandOf, code, upload);
    return answerPerformed(reply, done);
  }
}

/** Asks for the key at once, before the file is received; the hash of the file is part of what was asked. */
function commandOfUpload(request: FastifyRequest): CommandOfFile {
  idempotencyKeyOf(request);
  return (fileSha256) => commandFromRequest(request, fileSha256);
}

const uploadOf = (source: Readable, query: ImportQuery, otherwise: string): Upload => ({
  source,
  fileName: query.file_name ?? otherwise,
});
