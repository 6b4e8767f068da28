import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { contractTag } from '../../contracts/contract-tag.js';
import type { ContractSummary, ContractView, DraftOutcome } from '../../contracts/contract-view.js';
import { ContractsService } from '../../contracts/contracts.service.js';
import { DraftingService } from '../../contracts/drafting.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Command } from '../../platform/database/command-runner.js';
import { answerPerformed } from '../../platform/http/answer-performed.js';
import { CommandOfRequest, IdempotencyKey } from '../../platform/http/command-from-request.js';
import { decodeCursor, pageOf, type Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { NewContractBody } from './contract.dto.js';

/** Contracts. */
@ApiTags('contracts')
@Controller('v1/contracts')
export class ContractsController {
  constructor(
    private readonly contracts: ContractsService,
    private readonly drafting: DraftingService,
  ) {}

  @Post()
  @Requires('contract:draft')
  @IdempotencyKey()
  @ApiOperation({
    summary: 'Open a contract with a first draft of its terms, which may be incomplete',
  })
  async create(
    @CommandOfRequest() command: Command,
    @Body() { terms, actingFor }: NewContractBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftOutcome> {
    const performed = await this.drafting.create(command, terms, actingFor);
    const { code, revision } = performed.result;
    void reply.header('etag', contractTag(code, revision));
    return answerPerformed(reply, performed, `/v1/contracts/${code}`);
  }

  @Get()
  @Requires('any')
  @ApiOperation({ summary: 'The contracts in which you have a part, by code' })
  async list(
    @CurrentActor() actor: Actor,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ContractSummary>> {
    const after = decodeCursor(cursor, 1)?.[0] ?? null;
    const rows = await this.contracts.list(actor, after, limit);
    return pageOf(
      rows,
      limit,
      (contract) => contract,
      (contract) => [contract.code],
    );
  }

  @Get(':code')
  @Requires('contract:read')
  @ApiOperation({
    summary:
      'One contract: its editions, its open draft with differences in words, consents, and faults',
  })
  async get(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    const view = await this.contracts.get(actor, code);
    void reply.header('etag', contractTag(code, view.revision));
    return view;
  }
}
