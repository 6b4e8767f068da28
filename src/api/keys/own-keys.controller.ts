import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { KeysService } from '../../access/keys/keys.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { IssuedKeyView, NarrowedKeyBody, OwnKeysList, type OwnKeyView } from './key.dto.js';

@ApiTags('Keys')
@Controller('v1/me/keys')
export class OwnKeysController {
  constructor(
    private readonly keys: KeysService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Issues a key of one's own, shown only in this answer. */
  @Requires('any')
  @Post()
  @ApiOperation({
    summary: 'Issue a key of your own, narrowed and with an end; it is shown once, here',
  })
  issue(@CurrentActor() actor: Actor, @Body() body: NarrowedKeyBody): Promise<IssuedKeyView> {
    return this.transactions.run(actor, (tx) => this.keys.issueOwn(tx, actor, body));
  }

  /** One's own keys, newest first. */
  @Requires('any')
  @Get()
  @ApiOperation({ summary: 'Your keys, when each was last used, and those no longer in force' })
  async list(@CurrentActor() actor: Actor): Promise<OwnKeysList> {
    const items = await this.transactions.readOnly(actor, (tx) => this.keys.listOwn(tx, actor));
    return { items: items as OwnKeyView[] };
  }

  /** Takes one's own key out of force, at once and for ever. */
  @Requires('any')
  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key of your own' })
  revoke(@CurrentActor() actor: Actor, @Param('keyId', IdInPath) keyId: string): Promise<void> {
    return this.transactions.run(actor, (tx) => this.keys.revokeOwn(tx, actor, keyId));
  }
}
