import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  AccessReviewsService,
  type AccessToReview,
  type ReviewDecision,
} from '../../access/organisations/access-reviews.service.js';
import { ReviewIncomplete } from '../../access/organisations/organisations.errors.js';
import { OrganisationsService } from '../../access/organisations/organisations.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { hasErrors, page, redirect, type Answer, type FormErrors } from '../frame/answer.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readRows } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { roleName } from '../frame/roles.js';
import { paths, pathTo } from '../paths.js';
import { keyOf } from './access-item.js';
import { REVIEW, reviewPage, ROW } from './access-review.presenter.js';

type Choices = ReadonlyMap<string, string>;

/** The review of who may do what for an organisation: of each access it is said whether it stays. */
@Requires('organisation:manage')
@Pages()
@Controller(paths.accessReview)
export class AccessReviewController {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly reviews: AccessReviewsService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get()
  show(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
  ): Promise<Answer> {
    return this.page(actor, organisationId);
  }

  @Post()
  async review(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const choices = readRows(body, ROW);
    const { access } = await this.toReview(actor, organisationId);
    const undecided = undecidedOf(access, choices);
    if (hasErrors(undecided)) return this.page(actor, organisationId, choices, undecided);
    const isSame = access.length === choices.size;
    const decisions = isSame ? access.map((one) => decisionOf(one, choices)) : [];
    try {
      await this.transactions.run(actor, (tx) =>
        this.reviews.review(tx, actor, organisationId, decisions),
      );
    } catch (error) {
      const { errors } = refusalAt(error, [[ReviewIncomplete, 'form']]);
      return this.page(actor, organisationId, choices, errors);
    }
    return redirect(withNotice(pathTo(paths.organisation, { organisationId }), 'access-reviewed'));
  }

  private async page(
    actor: Actor,
    organisationId: string,
    choices: Choices = new Map(),
    errors?: FormErrors,
  ): Promise<Answer> {
    const organisation = await this.transactions.readOnly(actor, (tx) =>
      this.organisations.managed(tx, actor, organisationId),
    );
    const review = await this.toReview(actor, organisationId);
    return page(REVIEW, reviewPage(organisation, review, choices, errors));
  }

  private toReview(actor: Actor, organisationId: string): Promise<AccessToReview> {
    return this.transactions.readOnly(actor, (tx) =>
      this.reviews.toReview(tx, actor, organisationId),
    );
  }
}

const CHOICES = ['keep', 'end'];

const undecidedOf = (access: AccessToReview['access'], choices: Choices): FormErrors =>
  Object.fromEntries(
    access
      .filter((one) => !CHOICES.includes(choices.get(keyOf(one)) ?? ''))
      .map((one) => [
        ROW + keyOf(one),
        `Say whether ${one.name} stays ${roleName(one.role).toLowerCase()} in ${one.contract}`,
      ]),
  );

const decisionOf = (one: AccessToReview['access'][number], choices: Choices): ReviewDecision => ({
  personId: one.personId,
  contract: one.contract,
  role: one.role,
  keep: choices.get(keyOf(one)) === 'keep',
});
