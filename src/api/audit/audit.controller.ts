import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags, ApiOperation } from '@nestjs/swagger';
import { AccessService } from '../../access/access.service.js';
import { NotedEntryIncomplete } from '../../audit/audit.errors.js';
import { AuditService } from '../../audit/audit.service.js';
import type { Checkpoint, Verification } from '../../domain/audit/verify.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { auditorFor } from '../../platform/auth/acting.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { decodeNumberCursor, pageOf } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { AuditPage, VerificationQuery, VerificationView } from './audit.dto.js';

@ApiTags('Audit')
@Controller('v1/contracts/:code/audit')
export class AuditController {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Every act on the contract, oldest first, with the hashes that chain them. */
  @Requires('audit:read')
  @Get()
  @ApiOperation({ summary: 'The audit entries of a contract, in order' })
  async list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: PageQuery,
  ): Promise<AuditPage> {
    const after = decodeNumberCursor(query.cursor) ?? 0n;
    const entries = await this.transactions.readOnly(actor, async (tx) => {
      const { contractId } = await this.access.authoriseByCode(tx, actor, 'audit:read', code);
      return this.audit.entries(tx, contractId, after, query.limit);
    });
    const page = pageOf(
      entries,
      query.limit,
      (entry) => entry,
      ({ seq }) => [seq],
    );
    return { items: [...page.items], next: page.next };
  }

  /** Reads the whole trail and says whether it is as it was written; if not, which entry is the first bad one. */
  @Requires('audit:verify')
  @Get('verification')
  @ApiOperation({
    summary:
      'Verify the audit trail of a contract from its first entry; name an entry noted earlier to prove that it still stands',
  })
  async verify(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: VerificationQuery,
  ): Promise<VerificationView> {
    const { contractId } = await this.transactions.readOnly(actor, (tx) =>
      this.access.authoriseByCode(tx, actor, 'audit:verify', code),
    );
    return this.transactions.readOnly(auditorFor(actor.personId, contractId), async (tx) =>
      verificationView(await this.audit.verify(tx, contractId, notedOf(query))),
    );
  }
}

function notedOf({ notedSeq, notedHash }: VerificationQuery): Checkpoint | undefined {
  if (notedSeq === undefined && notedHash === undefined) return undefined;
  if (notedSeq === undefined || notedHash === undefined) throw new NotedEntryIncomplete();
  return { seq: BigInt(notedSeq), hash: Buffer.from(notedHash, 'hex') };
}

const verificationView = ({ stream, good, last, firstBad }: Verification): VerificationView => ({
  stream,
  verified: firstBad === null,
  entries: String(good),
  last: last && { seq: String(last.seq), hash: Buffer.from(last.hash).toString('hex') },
  firstBad: firstBad && { ...firstBad, seq: String(firstBad.seq) },
});
