import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { bundleFile, type BundleRequest } from '../../bundles/bundle-request.js';
import { BundlesService } from '../../bundles/bundles.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { spooledAnswer, type TextSink } from '../../platform/http/spooled-answer.js';
import { EntryInPath } from '../entry-in-path.pipe.js';
import { NumberInPath } from '../number-in-path.pipe.js';
import { BundleQuery } from './bundle.dto.js';

/** Bundles: files by which a stranger proves one thing offline, with the programs in verifier/ or one of their own. */
@ApiTags('Audit log')
@ApiProduces('application/jsonl')
@Controller('v1/contracts/:code')
export class BundlesController {
  constructor(private readonly bundles: BundlesService) {}

  @Requires('audit:read')
  @Get('proof')
  @ApiOperation({ summary: 'A bundle of every act on the contract, opened' })
  contract(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: BundleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.answer(reply, actor, code, { type: 'contract' }, query);
  }

  @Requires('statement:read')
  @Get('statements/:period/:number/proof')
  @ApiOperation({ summary: 'A bundle that proves a statement as it was issued' })
  statement(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('period') period: string,
    @Param('number', new NumberInPath('statement')) number: number,
    @Query() query: BundleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const request = { type: 'statement', period, number } as const;
    return this.answer(reply, actor, code, request, query);
  }

  @Requires('claim:read')
  @Get('claims/:number/proof')
  @ApiOperation({ summary: 'A bundle that proves a claim, its decisions and all their lines' })
  claim(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('number', new NumberInPath('claim')) number: number,
    @Query() query: BundleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const request = { type: 'claim', number } as const;
    return this.answer(reply, actor, code, request, query);
  }

  @Requires('line:read')
  @Get('lines/:reference/proof')
  @ApiOperation({ summary: 'A bundle that proves one payment line of a claim' })
  line(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') line: string,
    @Query() query: BundleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.answer(reply, actor, code, { type: 'line', line }, query);
  }

  @Requires('line:read')
  @Get('participants/:reference/proof')
  @ApiOperation({ summary: 'A bundle of the claimed lines of one participant, by reference' })
  participant(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
    @Query() query: BundleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.answer(reply, actor, code, { type: 'participant', reference }, query);
  }

  @Requires('audit:read')
  @Get('audit/entries/:seq/bundle')
  @ApiOperation({ summary: 'A bundle that proves one act: its entry opened, every other closed' })
  entry(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('seq', EntryInPath) seq: bigint,
    @Query() query: BundleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.answer(reply, actor, code, { type: 'entry', seq }, query);
  }

  private answer(
    reply: FastifyReply,
    actor: Actor,
    code: string,
    request: BundleRequest,
    { since = null }: { since?: number | null },
  ): Promise<Readable> {
    const write = (sink: TextSink) => this.bundles.write(actor, code, request, since, sink);
    return spooledAnswer(reply, bundleFile(code, request), write);
  }
}
