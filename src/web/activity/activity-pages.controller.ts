import { Controller, Get, Param, Query } from '@nestjs/common';
import { NotVisible } from '../../access/access.errors.js';
import { ActivityExportService } from '../../activity/activity-export.service.js';
import { EVERYTHING } from '../../activity/activity-filter.js';
import type { ActivityItem } from '../../activity/activity-item.js';
import { ACTIVITY_FORMATS, activityFile } from '../../activity/activity-lines.js';
import { ActivityService } from '../../activity/activity.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import type { Page } from '../../platform/http/cursor.js';
import { FileAnswer, hasErrors, page, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { FormMalformed } from '../frame/web.errors.js';
import { paths } from '../paths.js';
import { readActivityForm } from './activity-form.js';
import { ACTIVITY, activityPage } from './activity.presenter.js';

const PAGE_LENGTH = 25;
const NOTHING: Page<ActivityItem> = { items: [], next: null };

/** What was done on a contract, for those who may read its trail. */
@Requires('audit:read')
@Pages()
@Controller()
export class ActivityPagesController {
  constructor(
    private readonly activity: ActivityService,
    private readonly exports: ActivityExportService,
  ) {}

  @Get(paths.activity)
  async list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: unknown,
  ): Promise<Answer> {
    const asked = readActivityForm(query);
    const span = { limit: PAGE_LENGTH, cursor: asked.form.after || null };
    if (hasErrors(asked.errors)) {
      await this.activity.ofContract(actor, code, EVERYTHING, { limit: 1, cursor: null });
      return page(ACTIVITY, activityPage(code, asked, NOTHING));
    }
    try {
      const found = await this.activity.ofContract(actor, code, asked.filter, span);
      return page(ACTIVITY, activityPage(code, asked, found));
    } catch (error) {
      const field = asked.filter.participant === null ? 'claim' : 'participant';
      if (!(error instanceof NotVisible) || asked.form[field].trim() === '') throw error;
      // of a contract that is not there this is refused again, and as such
      await this.activity.ofContract(actor, code, EVERYTHING, { limit: 1, cursor: null });
      return page(ACTIVITY, activityPage(code, asked, NOTHING, { [field]: error.message }));
    }
  }

  @Get(paths.activityFile)
  export(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Answer {
    const { format: asked, ...rest } = query;
    const format = ACTIVITY_FORMATS.find((one) => one === asked);
    const { filter, errors } = readActivityForm(rest);
    if (format === undefined || hasErrors(errors)) throw new FormMalformed();
    return new FileAnswer(activityFile(code, format), (sink) =>
      this.exports.export(actor, code, filter, format, sink),
    );
  }
}
