import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { ActivityExportService } from '../../activity/activity-export.service.js';
import { activityFile } from '../../activity/activity-lines.js';
import { ActivityService } from '../../activity/activity.service.js';
import { RecordCheckService } from '../../activity/record-check.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { spooledAnswer } from '../../platform/http/spooled-answer.js';
import { EntryInPath } from '../entry-in-path.pipe.js';
import {
  ActivityExportQuery,
  ActivityPage,
  ActivityQuery,
  filterOf,
  PersonActivityQuery,
  RecordView,
} from './activity.dto.js';

/** The audit trail as people read it: one plain sentence for each act. */
@ApiTags('Activity')
@Controller('v1')
export class ActivityController {
  constructor(
    private readonly activity: ActivityService,
    private readonly exports: ActivityExportService,
    private readonly checks: RecordCheckService,
  ) {}

  @Requires('audit:read')
  @Get('contracts/:code/activity')
  @ApiOperation({
    summary: 'What was done on a contract, latest first, in plain sentences',
    description:
      'Narrowed to types, a person, a participant, a claim, days on which it was recorded, or numbers of entries.',
  })
  @ApiOkResponse({ type: ActivityPage })
  async ofContract(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: ActivityQuery,
  ): Promise<ActivityPage> {
    const { limit, cursor = null } = query;
    const page = await this.activity.ofContract(actor, code, filterOf(query), { limit, cursor });
    return { items: [...page.items], next: page.next };
  }

  @Requires('audit:read')
  @Get('contracts/:code/activity/export')
  @ApiOperation({ summary: 'The same as a file, oldest first; every export is an act itself' })
  @ApiProduces('text/csv', 'application/jsonl')
  @ApiOkResponse({ schema: { type: 'string' } })
  export(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() { format, limit: _, cursor: __, ...query }: ActivityExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return spooledAnswer(reply, activityFile(code, format), (sink) =>
      this.exports.export(actor, code, filterOf(query as ActivityQuery), format, sink),
    );
  }

  @Requires('audit:read')
  @Get('contracts/:code/activity/:seq')
  @ApiOperation({
    summary: 'Verify one record: whether it stands as it was written, and where its proof is',
  })
  @ApiOkResponse({ type: RecordView })
  async record(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('seq', EntryInPath) seq: bigint,
  ): Promise<RecordView> {
    const item = await this.activity.one(actor, code, seq);
    const entry = `/v1/contracts/${code}/audit/entries/${seq}`;
    return {
      ...item,
      verification: await this.checks.check(actor, code, seq),
      links: { proof: `${entry}/proof`, bundle: `${entry}/bundle` },
    };
  }

  @Requires('any')
  @Get('people/:personId/activity')
  @ApiOperation({
    summary: 'What a person did, on every contract whose trail the reader may read, latest first',
    description: 'Administrators read acts that belong to no contract, such as adding a person.',
  })
  @ApiOkResponse({ type: ActivityPage })
  async ofPerson(
    @CurrentActor() actor: Actor,
    @Param('personId') personId: string,
    @Query() query: PersonActivityQuery,
  ): Promise<ActivityPage> {
    const { limit, cursor = null } = query;
    const page = await this.activity.ofPerson(actor, personId, filterOf(query), { limit, cursor });
    return { items: [...page.items], next: page.next };
  }
}
