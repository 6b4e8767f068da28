import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { StatementDocument } from '../../statements/statement-document.js';
import { StatementsService } from '../../statements/statements.service.js';
import { prefersCsv } from './prefers-csv.js';
import { presentSummary, type StatementList } from './statement.presenter.js';

/** Statements: what each period came to, for those who put up the money. No participant and no line is named. */
@ApiTags('statements')
@Controller('v1/contracts/:code/statements')
export class StatementsController {
  constructor(private readonly statements: StatementsService) {}

  @Get()
  @Requires('statement:read')
  @ApiOperation({ summary: 'The periods for which there is a statement' })
  async list(@CurrentActor() actor: Actor, @Param('code') code: string): Promise<StatementList> {
    return { items: (await this.statements.list(actor, code)).map(presentSummary) };
  }

  @Get(':period')
  @Requires('statement:read')
  @Header('vary', 'Accept')
  @ApiProduces('application/json', 'text/csv')
  @ApiOperation({
    summary:
      'The statement of a period, as JSON or (Accept: text/csv) as CSV with the same numbers',
  })
  async quarter(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('period') period: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementDocument | string> {
    if (!prefersCsv(accept)) return this.statements.quarter(actor, code, period);
    const csv = await this.statements.quarterAsCsv(actor, code, period);
    void reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${code}-${period}-statement.csv"`);
    return csv;
  }
}
