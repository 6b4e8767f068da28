import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { MachineClientsService } from '../../access/keys/machine-clients.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { ClientsList, NarrowedKeyBody, NewClientView, type ClientView } from './key.dto.js';

@ApiTags('Keys')
@Controller('v1/me/clients')
export class OwnClientsController {
  constructor(
    private readonly clients: MachineClientsService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Makes a client that acts for whoever makes it; its secret is shown only in this answer. */
  @Requires('any')
  @Post()
  @ApiOperation({ summary: 'Make a client for your software (OAuth 2 client credentials)' })
  create(@CurrentActor() actor: Actor, @Body() body: NarrowedKeyBody): Promise<NewClientView> {
    return this.transactions.run(actor, (tx) => this.clients.create(tx, actor, body));
  }

  /** One's own clients, newest first. */
  @Requires('any')
  @Get()
  @ApiOperation({
    summary: 'Your clients, when each last asked for a token, and those no longer in force',
  })
  async list(@CurrentActor() actor: Actor): Promise<ClientsList> {
    const items = await this.transactions.readOnly(actor, (tx) => this.clients.list(tx, actor));
    return { items: items as ClientView[] };
  }

  /** Takes a client and all its tokens out of force, at once and for ever. */
  @Requires('any')
  @Delete(':clientId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a client of yours, and its tokens with it' })
  revoke(
    @CurrentActor() actor: Actor,
    @Param('clientId', IdInPath) clientId: string,
  ): Promise<void> {
    return this.transactions.run(actor, (tx) => this.clients.revoke(tx, actor, clientId));
  }
}
