import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComputationView } from '../../payments/computation-view.js';
import { PaymentsService } from '../../payments/payments.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { JobEvents } from './job-events.js';

/** Computations as jobs: how far they are, and calling them off. */
@ApiTags('computations')
@Controller('v1/jobs')
export class JobsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly events: JobEvents,
  ) {}

  @Get(':id')
  @Requires('computation:read')
  @ApiOperation({ summary: 'A job: its state, participants done of all, and its result' })
  get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ComputationView> {
    return this.payments.get(actor, id);
  }

  @Get(':id/events')
  @Requires('computation:read')
  @ApiOperation({ summary: 'The job as server-sent events, until it has ended' })
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Sent by browsers that reconnect.',
  })
  @ApiOkResponse({ description: 'Events named progress, and one named ended.' })
  async watch(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const first = await this.payments.get(actor, id); // a refusal is answered before the stream begins
    const header = request.headers['last-event-id'];
    const lastId = typeof header === 'string' ? header : null;
    await this.events.stream(reply, { actor, first, lastId });
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Requires('computation:cancel')
  @ApiOperation({ summary: 'Cancel a job that has not ended; nothing of it is posted' })
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ComputationView> {
    // cancelling twice is refused, so a repetition needs no key to be harmless
    const command = { actor, idempotencyKey: null, requestHash: '' };
    return (await this.payments.cancel(command, id)).result;
  }
}
