import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotVisible } from '../../access/access.errors.js';
import { AccessService } from '../../access/access.service.js';
import { AuditService } from '../../audit/audit.service.js';
import { toBase64 } from '../../domain/log/base64.js';
import { entryLeaf } from '../../domain/log/leaf-text.js';
import { LogReader } from '../../log/log-reader.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { EntryInPath } from '../entry-in-path.pipe.js';
import { EntryProofView } from './log.dto.js';

@ApiTags('Audit log')
@Controller('v1/contracts/:code/audit/entries')
export class EntryProofController {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly reader: LogReader,
    private readonly transactions: TransactionRunner,
  ) {}

  /** The entry opened, its leaf, and the way from there to the latest checkpoint. */
  @Requires('audit:read')
  @Get(':seq/proof')
  @ApiOkResponse({ type: EntryProofView })
  @ApiOperation({ summary: 'The proof that an entry of a contract is in the audit log' })
  proof(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('seq', EntryInPath) seq: bigint,
  ): Promise<EntryProofView> {
    return this.transactions.readOnly(actor, async (tx) => {
      const { contractId } = await this.access.authoriseByCode(tx, actor, 'audit:read', code);
      const opened = await this.audit.opened(tx, contractId, seq);
      if (opened === null) throw new NotVisible('entry');
      const index = await this.reader.indexOf(tx, contractId, opened.leaf.seq);
      const { note, size, isWitnessed } = await this.reader.latest(tx);
      const hashes = await this.reader.inclusion(tx, index, size);
      return {
        seq: String(seq),
        leaf: entryLeaf(opened.leaf),
        salt: Buffer.from(opened.salt).toString('hex'),
        body: opened.body,
        index: String(index),
        hashes: hashes.map(toBase64),
        checkpoint: note,
        witnessed: isWitnessed,
      };
    });
  }
}
