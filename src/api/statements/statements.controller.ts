import { Controller, Get, Header, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import type { IssuedStatement, IssueReceipt } from '../../statements/issued-document.js';
import { IssuingService } from '../../statements/issuing.service.js';
import type { StatementDocument } from '../../statements/statement-document.js';
import { StatementsService } from '../../statements/statements.service.js';
import { AnsweredWith, IssuedAnswer } from '../log/receipt.dto.js';
import { prefersCsv } from './prefers-csv.js';
import { IssueQuery } from './statement.dto.js';
import { presentSummary, type StatementList } from './statement.presenter.js';

/**
 * Statements: what each period came to. Those who keep the record read exact figures, those who put up the money read what
 * was issued, with small counts protected. No participant and no line is named.
 */
@ApiTags('statements')
@Controller('v1/contracts/:code/statements')
export class StatementsController {
  constructor(
    private readonly statements: StatementsService,
    private readonly issuing: IssuingService,
  ) {}

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
    @Query() { issue: asked }: IssueQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementDocument | IssuedStatement | string> {
    const issue = asked ?? null;
    if (!prefersCsv(accept)) return this.statements.quarter(actor, code, period, issue);
    const csv = await this.statements.quarterAsCsv(actor, code, period, issue);
    void reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${code}-${period}-statement.csv"`);
    return csv;
  }

  @Post(':period/issues')
  @Requires('statement:issue')
  @IdempotencyKey()
  @AnsweredWith(IssuedAnswer)
  @ApiOperation({
    summary:
      'Issue the statement of a period, from what is approved by now, to those who read issued statements only',
  })
  async issue(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Param('period') period: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssueReceipt> {
    const performed = await this.issuing.issue(command, code, period);
    const { number } = performed.result;
    const location = `/v1/contracts/${code}/statements/${period}?issue=${number}`;
    return answerPerformed(reply, performed, location);
  }
}
