import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ComputationView } from '../../payments/computation-view.js';
import type { LineView } from '../../payments/payment-line.view.js';
import { PaymentLinesService } from '../../payments/payment-lines.service.js';
import { PaymentsService } from '../../payments/payments.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import type { Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { answerAccepted } from './answer-accepted.js';
import { ComputationBody, LinesQuery } from './computation.dto.js';

/** Asking for payment computations, and what they posted. */
@ApiTags('computations')
@Controller('v1')
export class ComputationsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly paymentLines: PaymentLinesService,
  ) {}

  @Post('contracts/:code/computations')
  @Requires('computation:request')
  @IdempotencyKey()
  @ApiOperation({ summary: 'Ask for a period to be computed from all that is recorded up to now' })
  @ApiAcceptedResponse({ description: 'Accepted; Location names the job to watch.' })
  async request(
    @CommandOfRequest() command: Command,
    @Param('code') code: string,
    @Body() { period }: ComputationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ComputationView> {
    return answerAccepted(
      reply,
      await this.payments.requestComputation(command, { code, periodId: period }),
    );
  }

  @Get('contracts/:code/computations')
  @Requires('computation:read')
  @ApiOperation({ summary: 'The computations of a contract, latest first' })
  list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() page: PageQuery,
  ): Promise<Page<ComputationView>> {
    return this.payments.list(actor, code, page);
  }

  @Post('computations/:id/rechecks')
  @Requires('computation:request')
  @IdempotencyKey()
  @ApiOperation({
    summary: 'Repeat a computation with what was known then, and see whether its digest agrees',
  })
  @ApiAcceptedResponse({ description: 'Accepted; Location names the job to watch.' })
  async recheck(
    @CommandOfRequest() command: Command,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ComputationView> {
    return answerAccepted(reply, await this.payments.recheck(command, id));
  }

  @Get('computations/:id/lines')
  @Requires('line:read')
  @ApiOperation({ summary: 'The lines of a computation, in order' })
  lines(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { kind, ...page }: LinesQuery,
  ): Promise<Page<LineView>> {
    return this.paymentLines.lines(actor, id, { ...page, kinds: kind });
  }
}
