import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { AdministratorIsNoParty, PersonNotNamed } from '../../access/access.errors.js';
import { AccessReviewsService } from '../../access/organisations/access-reviews.service.js';
import { AffiliationsService } from '../../access/organisations/affiliations.service.js';
import {
  AffiliationExists,
  AffiliationUnknown,
  InvitationTakenUp,
  LastManager,
} from '../../access/organisations/organisations.errors.js';
import { OrganisationsService } from '../../access/organisations/organisations.service.js';
import { InvitationsService, type Invited } from '../../access/sign-in/invitations.service.js';
import { TooManyAttempts } from '../../access/sign-in/sign-in.errors.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { noticeOf, withNotice, type Notice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt, type ShownRefusal } from '../frame/refusals.js';
import { paths, pathTo } from '../paths.js';
import {
  AFFILIATE,
  affiliatePage,
  INVITE,
  invitePage,
  LEAVE,
  leavePage,
  withdrawPage,
} from './affiliates.presenter.js';

/** The people of an organisation: invited, looked after, and let go. */
@Requires('organisation:manage')
@Pages()
@Controller()
export class AffiliatesController {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly affiliations: AffiliationsService,
    private readonly invitations: InvitationsService,
    private readonly reviews: AccessReviewsService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get(paths.newAffiliate)
  async showInvite(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
  ): Promise<Answer> {
    return page(INVITE, invitePage(await this.organisation(actor, organisationId)));
  }

  @Post(paths.newAffiliate)
  async invite(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const form = readForm(body, ['email', 'name', 'kind'] as const);
    const organisation = await this.organisation(actor, organisationId);
    const [email, name] = [form.email.trim(), form.name.trim()];
    const wrong = errorsWhere(
      ['name', name === '', 'Enter a name'],
      ['name', /\p{C}/u.test(name), 'The name has characters that cannot be shown'],
      ['email', !isEmail(email), 'Enter an e-mail address, such as name@example.org'],
      ['kind', !['member', 'manager'].includes(form.kind), 'Choose what the person does'],
    );
    if (hasErrors(wrong)) return page(INVITE, invitePage(organisation, form, wrong));
    try {
      const isManager = form.kind === 'manager';
      const invited = await this.invitations.invite(actor, organisationId, {
        email,
        name,
        isManager,
      });
      const place = pathTo(paths.organisation, { organisationId });
      return redirect(withNotice(place, noticeOfInvited(invited)));
    } catch (error) {
      const { errors } = refusalAt(error, [
        [AffiliationExists, 'email'],
        [AdministratorIsNoParty, 'email'],
        [PersonNotNamed, 'name'],
        [LastManager, 'kind'],
      ]);
      return page(INVITE, invitePage(organisation, form, errors));
    }
  }

  @Get(paths.affiliate)
  show(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
    @Query('done') done: unknown,
  ): Promise<Answer> {
    return this.page(actor, organisationId, personId, { notice: noticeOf(done) });
  }

  @Post(paths.affiliateManager)
  async changeManager(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    const person = await this.person(actor, organisationId, personId);
    if (person.endedAt !== null) throw new AffiliationUnknown(); // to come back is to be invited anew
    const { email, name, isManager } = person;
    return this.act(actor, organisationId, personId, async () => {
      await this.transactions.run(actor, (tx) =>
        this.affiliations.add(tx, actor, organisationId, { email, name, isManager: !isManager }),
      );
      return isManager ? 'manager-unmade' : 'manager-made';
    });
  }

  @Post(paths.affiliateInvitation)
  async sendAgain(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return this.act(actor, organisationId, personId, async () =>
      (await this.invitations.sendAgain(actor, organisationId, personId))
        ? 'invitation-sent'
        : 'letter-not-sent',
    );
  }

  @Get(paths.affiliateWithdrawal)
  async showWithdrawal(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
  ): Promise<Answer> {
    const person = await this.person(actor, organisationId, personId);
    return page(LEAVE, withdrawPage(await this.organisation(actor, organisationId), person));
  }

  @Post(paths.affiliateWithdrawal)
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return this.act(actor, organisationId, personId, async () => {
      await this.invitations.withdraw(actor, organisationId, personId);
      return 'invitation-withdrawn';
    });
  }

  @Get(paths.affiliateEnd)
  async showEnd(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
  ): Promise<Answer> {
    const person = await this.person(actor, organisationId, personId);
    return page(LEAVE, leavePage(await this.organisation(actor, organisationId), person));
  }

  @Post(paths.affiliateEnd)
  async end(
    @CurrentActor() actor: Actor,
    @Param('organisationId', IdInPath) organisationId: string,
    @Param('personId', IdInPath) personId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    return this.act(actor, organisationId, personId, async () => {
      await this.transactions.run(actor, (tx) =>
        this.affiliations.end(tx, actor, organisationId, personId),
      );
      return 'person-left';
    });
  }

  /** Does something to a person, and shows them anew: with what was done, or with why it was not. */
  private async act(
    actor: Actor,
    organisationId: string,
    personId: string,
    work: () => Promise<Notice>,
  ): Promise<Answer> {
    try {
      const notice = await work();
      return redirect(withNotice(pathTo(paths.affiliate, { organisationId, personId }), notice));
    } catch (error) {
      const refused = refusalAt(error, [
        [LastManager, 'form'],
        [InvitationTakenUp, 'form'],
        [TooManyAttempts, 'form'],
      ]);
      return this.page(actor, organisationId, personId, { refused });
    }
  }

  private async page(
    actor: Actor,
    organisationId: string,
    personId: string,
    { notice = null, refused }: { notice?: string | null; refused?: ShownRefusal },
  ): Promise<Answer> {
    const organisation = await this.organisation(actor, organisationId);
    const person = await this.person(actor, organisationId, personId);
    const { access } = await this.transactions.readOnly(actor, (tx) =>
      this.reviews.toReview(tx, actor, organisationId),
    );
    const own = access.filter((one) => one.personId === personId);
    const model = affiliatePage(organisation, person, own, { notice, errors: refused?.errors });
    return page(AFFILIATE, model, refused?.options);
  }

  private organisation(actor: Actor, organisationId: string) {
    return this.transactions.readOnly(actor, (tx) =>
      this.organisations.managed(tx, actor, organisationId),
    );
  }

  /** Refuses AffiliationUnknown for somebody who never belonged. */
  private async person(actor: Actor, organisationId: string, personId: string) {
    const people = await this.invitations.people(actor, organisationId);
    const person = people.find((one) => one.personId === personId);
    if (!person) throw new AffiliationUnknown();
    return person;
  }
}

function noticeOfInvited({ isNew, isInvited }: Invited): Notice {
  if (!isNew) return 'person-belongs';
  return isInvited ? 'invited' : 'invited-without-letter';
}
