import { Controller, Get, Param } from '@nestjs/common';
import { NotVisible } from '../../access/access.errors.js';
import { ActivityService } from '../../activity/activity.service.js';
import { RecordCheckService } from '../../activity/record-check.service.js';
import { bundleFile, type BundleRequest } from '../../bundles/bundle-request.js';
import { BundlesService } from '../../bundles/bundles.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { FileAnswer, page, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { paths } from '../paths.js';
import { RECORD, recordPage } from './record.presenter.js';

/** One record of a contract, verified, and the file that proves it to others. */
@Requires('audit:read')
@Pages()
@Controller()
export class RecordPagesController {
  constructor(
    private readonly activity: ActivityService,
    private readonly checks: RecordCheckService,
    private readonly bundles: BundlesService,
  ) {}

  @Get(paths.record)
  async show(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('seq') given: string,
  ): Promise<Answer> {
    const seq = numberOf(given);
    const item = await this.activity.one(actor, code, seq);
    const check = await this.checks.check(actor, code, seq);
    return page(RECORD, recordPage(code, item, check, bundleFile(code, requestOf(seq)).name));
  }

  @Get(paths.recordProof)
  proof(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('seq') given: string,
  ): Answer {
    const request = requestOf(numberOf(given));
    return new FileAnswer(bundleFile(code, request), (sink) =>
      this.bundles.write(actor, code, request, null, sink),
    );
  }
}

const requestOf = (seq: bigint): BundleRequest => ({ type: 'entry', seq });

/** The number of an entry in an address; anything else names none. */
function numberOf(text: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new NotVisible('entry');
  return BigInt(text);
}
