import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { toBase64 } from '../../domain/log/base64.js';
import { formatVkey } from '../../domain/log/note-key.js';
import { LogReader } from '../../log/log-reader.service.js';
import { SigningKey } from '../../log/signing-key.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { ConsistencyQuery, ConsistencyView } from './log.dto.js';

const NOTE = 'text/plain; charset=utf-8';

/** What anybody may see of the audit log: its checkpoints and that they continue each other. See docs/audit-log.md. */
@ApiTags('Audit log')
@Controller('v1/log')
export class LogController {
  constructor(
    private readonly reader: LogReader,
    private readonly key: SigningKey,
    private readonly transactions: TransactionRunner,
  ) {}

  /** With the cosignatures that there are by now; the header Outturn-Witnessed says whether they are enough. */
  @Public()
  @Get('checkpoint')
  @ApiOperation({ summary: 'The latest checkpoint of the audit log, as a signed note' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async checkpoint(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const latest = await this.transactions.readOnly(SERVICE.stranger, (tx) =>
      this.reader.latest(tx),
    );
    void reply
      .type(NOTE)
      .header('cache-control', 'no-store')
      .header('outturn-witnessed', String(latest.isWitnessed));
    return latest.note;
  }

  /** For a policy file; trust it only if it comes from somewhere else as well. */
  @Public()
  @Get('key')
  @ApiOperation({ summary: 'The key that the audit log signs with, as a verifier key' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  show(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type(NOTE).header('cache-control', 'no-store');
    return `${formatVkey(this.key.signer().key)}\n`;
  }

  @Public()
  @Get('consistency')
  @ApiOperation({ summary: 'The proof that the audit log of one size continues that of another' })
  async consistency(@Query() query: ConsistencyQuery): Promise<ConsistencyView> {
    const [from, to] = [Number(query.from), Number(query.to)];
    const hashes = await this.transactions.readOnly(SERVICE.stranger, (tx) =>
      this.reader.consistency(tx, from, to),
    );
    return { from: query.from, to: query.to, hashes: hashes.map(toBase64) };
  }
}
